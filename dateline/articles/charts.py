"""Charts from a small table: where each bar or point stands, in shares of the width. Pure.

A template draws them; sizes across are percentages, so that letters keep their size on every screen.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

MOST_ROWS: Final = 24
_ROW: Final = re.compile(r"(?P<label>.+?)\s*[;\t|]\s*(?P<value>[-−+]?[\d\s.,’']+)(?P<guess>\*?)\s*")
_ROW_HEIGHT: Final = 44
_LINE_HEIGHT: Final = 220


class NotATable(ValueError):
    """A line is no label with a number; the message says which."""


@dataclass(frozen=True)
class Row:
    """A line of the table. shown: the number as it was written; is_guess: an estimate or forecast."""

    label: str
    value: float
    shown: str
    is_guess: bool = False


@dataclass(frozen=True)
class Bar:
    """A bar. start, width: percent of the width; y: pixels from the top."""

    row: Row
    start: float
    width: float
    y: int

    @property
    def label_y(self) -> int:
        """Where the foot of its label stands."""
        return self.y + 14

    @property
    def bar_y(self) -> int:
        """Where its upper edge stands."""
        return self.y + 20


@dataclass(frozen=True)
class Point:
    """A point of a line, with the way to the one before it. x: percent; y: pixels."""

    row: Row
    x: float
    y: float
    before_x: float | None = None
    before_y: float | None = None

    @property
    def value_y(self) -> float:
        """Where the foot of its number stands."""
        return round(self.y - 9, 1)


def read_rows(text: str) -> tuple[Row, ...]:
    """Return the rows of lines such as `Ansel; 1,204`. A star marks an estimate. Raises NotATable."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines or len(lines) > MOST_ROWS:
        raise NotATable(f"A chart has one to {MOST_ROWS} lines, each a label and a number.")
    return tuple(_row(line) for line in lines)


def _row(line: str) -> Row:
    found = _ROW.fullmatch(line)
    if found is None:
        raise NotATable(f"{line!r} is no label and number: write “Ansel; 304”.")
    shown = found["value"].strip()
    return Row(label=found["label"], value=_number(shown, line), shown=shown, is_guess=bool(found["guess"]))


def _number(shown: str, line: str) -> float:
    """Read 1,204 and 1.204 as thousands, 3,5 and 3.5 as fractions."""
    plain = re.sub(r"[\s’']", "", shown.replace("−", "-"))
    if re.fullmatch(r"[-+]?\d{1,3}([.,]\d{3})+", plain):
        plain = re.sub(r"[.,]", "", plain)
    try:
        return float(plain.replace(",", "."))
    except ValueError as error:
        raise NotATable(f"{shown!r} in {line!r} is no number.") from error


def bars(rows: Sequence[Row], *, is_rtl: bool = False) -> tuple[Bar, ...]:
    """Return a bar a row, from the side on which the page begins; bars below zero go the other way."""
    least, most = min(0.0, *(row.value for row in rows)), max(0.0, *(row.value for row in rows))
    span = (most - least) or 1.0
    found = []
    for at, row in enumerate(rows):
        width = abs(row.value) / span * 100
        start = (min(row.value, 0) - least) / span * 100
        found.append(
            Bar(row, round(100 - start - width if is_rtl else start, 2), round(width, 2), at * _ROW_HEIGHT)
        )
    return tuple(found)


def points(rows: Sequence[Row], *, is_rtl: bool = False) -> tuple[Point, ...]:
    """Return a point a row, each with the one before it."""
    least, most = min(0.0, *(row.value for row in rows)), max(row.value for row in rows)
    span = (most - least) or 1.0
    found: list[Point] = []
    for at, row in enumerate(rows):
        share = at / max(len(rows) - 1, 1) * 92 + 4
        x = round(100 - share if is_rtl else share, 2)
        y = round(24 + (1 - (row.value - least) / span) * (_LINE_HEIGHT - 60), 1)
        before = found[-1] if found else None
        found.append(Point(row, x, y, before.x if before else None, before.y if before else None))
    return tuple(found)


def height(kind: str, rows: Sequence[Row]) -> int:
    """Return the height of a chart in pixels."""
    return _LINE_HEIGHT if kind == "line" else len(rows) * _ROW_HEIGHT
