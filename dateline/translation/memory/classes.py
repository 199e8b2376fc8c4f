"""What may differ in two sentences that say the same of another day: numbers, dates, addresses, inline marks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from dateline.translation.marks import plain
from dateline.translation.memory.calendars import calendar
from dateline.translation.memory.folding import folded

NUMBER: Final = "number"
ADDRESS: Final = "address"
MONTH: Final = "month"
WEEKDAY: Final = "weekday"
_SIGNS: Final = {NUMBER: "0", ADDRESS: "@", MONTH: "§m", WEEKDAY: "§d"}

NEAR: Final = 4
_ADDRESS = r"(?P<address>https?://\S+[^\s.,;:!?)»”\"']|[\w.+-]+@[\w-]+\.[\w.-]*\w)"
_NUMBER = r"(?P<number>\d+(?:[.,:/'’٫٬-]\d+|[ \u00a0\u202f\u2009]\d{3}(?!\d))*)"


@dataclass(frozen=True)
class Loose:
    """A part of a sentence that may differ. `value` is a month's or weekday's number, from 0."""

    kind: str
    text: str
    start: int
    end: int
    value: int = -1


def loose_parts(text: str, *, language: str) -> Iterator[Loose]:
    """Yield the numbers, addresses, weekdays, and months beside a number, in order."""
    low = folded(text)
    yield from _found(text, low if len(low) == len(text) else text, language)


@lru_cache(maxsize=4096)
def classed(text: str, *, language: str) -> str:
    """Return `text` in lower case, without marks, with a sign for each part that may differ."""
    bare = folded(plain(text)) if "⟦" in text else folded(text)
    out, end = [], 0
    for part in _found(bare, bare, language):
        out += [bare[end : part.start], _SIGNS[part.kind]]
        end = part.end
    return "".join([*out, bare[end:]])


def _found(text: str, low: str, language: str) -> Iterator[Loose]:
    found = list(_pattern(language, "@" in low or "://" in low).finditer(low))
    for place, match in enumerate(found):
        kind = match.lastgroup or ""
        if kind == MONTH and not _is_beside_a_number(found, place):
            continue
        start, end = match.span()
        yield Loose(kind, text[start:end], start, end, _value(kind, match[0], language))


def _value(kind: str, name: str, language: str) -> int:
    days = calendar(language)
    return {MONTH: days.months, WEEKDAY: days.weekdays}.get(kind, {}).get(name, -1)


@lru_cache(maxsize=64)
def _pattern(language: str, has_address: bool) -> re.Pattern[str]:  # noqa: FBT001 - asked by position for speed
    """Match what is loose in folded text; looking for addresses costs more than all the rest."""
    days = calendar(language)
    names = [
        rf"|(?<!\w)(?P<{kind}>{'|'.join(map(re.escape, sorted(found, key=len, reverse=True)))})(?!\w)"
        for kind, found in ((MONTH, days.months), (WEEKDAY, days.weekdays))
        if found
    ]
    return re.compile((_ADDRESS + "|" if has_address else "") + _NUMBER + "".join(names))


def _is_beside_a_number(found: list[re.Match[str]], place: int) -> bool:
    """True where a number stands within a few letters: “12 de marzo”, “March 12”."""
    return any(
        other.lastgroup == NUMBER
        and min(abs(other.start() - found[place].end()), abs(found[place].start() - other.end())) <= NEAR
        for other in found[max(place - 1, 0) : place + 2]
    )
