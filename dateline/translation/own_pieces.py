"""One of our own pieces as markup, to be read like an original. Pure.

Pictures stay what they are in every language, so they are not read: `pictures_between` puts them back.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

RawBlock = Mapping[str, Any]


def body_markup(blocks: Sequence[RawBlock]) -> str:
    """Return the blocks of a body, as its StreamField keeps them, as markup that `reading` reads."""
    return "".join(_markup(str(block["type"]), block["value"]) for block in blocks)


def _markup(kind: str, value: Any) -> str:
    if kind == "heading":
        return f"<h2>{escape(str(value))}</h2>"
    if kind == "quote":
        by = str(value.get("attribution") or "")
        footer = f"<footer>{escape(by)}</footer>" if by else ""
        return f"<blockquote>{value.get('text') or ''}{footer}</blockquote>"
    return "" if kind == "picture" else str(value)


def with_pictures(body: list[dict[str, Any]], source: Sequence[RawBlock]) -> list[dict[str, Any]]:
    """Return a translated body with the pictures of its source, each behind as many blocks as it stands there."""
    found = [dict(block) for block in body if block["type"] != "picture"]
    told = sum(1 for block in source if block["type"] != "picture")
    behind, placed = 0, 0
    for block in source:
        if block["type"] == "picture":
            at = round(behind / told * len(body)) if told and len(body) != told else behind
            found.insert(min(at + placed, len(found)), dict(block))
            placed += 1
        else:
            behind += 1
    return found
