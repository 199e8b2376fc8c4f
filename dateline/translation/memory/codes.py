"""Marks of a sentence as inline codes of other tools, and back. What another tool's code held is kept, never obeyed."""

from collections.abc import Mapping
from html import escape
from typing import Any, Final

from dateline.lib.formats.inline import CLOSE, OPEN, SINGLE, Code, Parts, parts_of

Codes = dict[str, dict[str, str]]
KINDS: Final = {"a": "link", "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "br": "lb"}


def codes_of(marks: Mapping[str, Mapping[str, str]]) -> Codes:
    """Return the markup that a segment's marks stand for, by token."""
    found: Codes = {}
    for number, mark in marks.items():
        element = mark["element"]
        kind = KINDS.get(element, "")
        if element == "br":
            found[Code(SINGLE, number).token] = {"data": "<br/>", "kind": kind}
            continue
        href = f' href="{escape(mark["href"])}"' if mark.get("href") else ""
        found[Code(OPEN, number).token] = {"data": f"<{element}{href}>", "kind": kind}
        found[Code(CLOSE, number).token] = {"data": f"</{element}>", "kind": ""}
    return found


def with_codes(text: str, codes: Mapping[str, Mapping[str, Any]]) -> Parts:
    """Return a text of ours as words and codes with their markup."""
    parts = parts_of(text)
    return tuple(
        part
        if isinstance(part, str)
        else Code(
            part.shape, part.number, **{name: str(told) for name, told in codes.get(part.token, {}).items()}
        )
        for part in parts
    )
