"""Charts and what stands elsewhere, for templates of a body."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.translation import get_language

from dateline.articles.charts import Bar, NotATable, Point, Row, bars, height, points, read_rows
from dateline.articles.embeds import player_of
from dateline.lib.scripts import direction

register = template.Library()


@dataclass(frozen=True)
class Chart:
    """A chart ready to be drawn."""

    rows: tuple[Row, ...]
    bars: tuple[Bar, ...]
    points: tuple[Point, ...]
    height: int


@register.simple_tag
def drawn(value: Any) -> Chart | None:
    """Return a chart of the desk as places on the page; None where its table cannot be read."""
    try:
        rows = read_rows(str(value.get("table") or ""))
    except NotATable:
        return None
    is_rtl = direction(get_language() or "en") == "rtl"
    kind = str(value.get("kind") or "")
    is_line = kind == "line"
    return Chart(
        rows=rows,
        bars=() if is_line else bars(rows, is_rtl=is_rtl),
        points=points(rows, is_rtl=is_rtl) if is_line else (),
        height=height(kind, rows),
    )


@register.filter
def player(address: str) -> str:
    """Return where the player for a film is; empty where it can only be linked."""
    return player_of(str(address or ""))


@register.filter
def mark(number: float) -> str:
    """Return a number as drawings have it, whatever the language of the page."""
    return f"{number:g}"
