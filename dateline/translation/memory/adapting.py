"""Putting the numbers, dates and addresses of a new sentence into the translation of an old one.

Each that changed must be found in the old translation, as often as in its source, written as its language does
there: what cannot be found cannot be changed, and nothing is guessed.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from dateline.translation.memory.calendars import Calendar, calendar
from dateline.translation.memory.classes import ADDRESS, MONTH, NUMBER, WEEKDAY, Loose, loose_parts
from dateline.translation.memory.folding import folded

_DIGITS = re.compile(r"\d+")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d+[:/]\d+.*")
_GROUPS = " .,'’\u00a0\u202f\u2009٬"
_GROUP_OF = 3


@dataclass(frozen=True)
class Pair:
    """The languages of a translation."""

    source: str
    target: str


def adapted(*, old: str, text: str, new: str, pair: Pair) -> str | None:
    """Return `text`, the translation of `old`, with what differs in `new`; None where that cannot be done.

    All three are without marks, or have them at the same words. Equal sentences give `text`.
    """
    before, now = _loose(old, pair.source), _loose(new, pair.source)
    if [part.kind for part in before] != [part.kind for part in now]:
        return None
    changes = {
        _meaning(one): (one, other) for one, other in zip(before, now, strict=True) if one.text != other.text
    }
    wanted = Counter(_meaning(one) for one in before)
    if any(
        _meaning(before[at]) in changes and changes[_meaning(before[at])][1].text != now[at].text
        for at in range(len(now))
    ):
        return None
    return _replaced(text, changes, wanted, pair) if changes else text


def _loose(text: str, language: str) -> list[Loose]:
    return list(loose_parts(text, language=language))


def _meaning(part: Loose) -> tuple[str, str]:
    """Return what a part says, however its language writes it: the digits, the number of the month, the address."""
    if part.kind == NUMBER:
        return NUMBER, _digits(part.text)
    return part.kind, part.text if part.kind == ADDRESS else str(part.value)


def _replaced(
    text: str,
    changes: dict[tuple[str, str], tuple[Loose, Loose]],
    wanted: Counter[tuple[str, str]],
    pair: Pair,
) -> str | None:
    found = [(start, end, meaning) for start, end, meaning in _places(text, changes, pair)]
    if Counter(meaning for _, _, meaning in found) != Counter({one: wanted[one] for one in changes}):
        return None
    out, last = [], 0
    for start, end, meaning in found:
        written = _written(text[start:end], *changes[meaning], pair=pair)
        if written is None:
            return None
        out += [text[last:start], written]
        last = end
    return "".join([*out, text[last:]])


def _places(
    text: str, changes: dict[tuple[str, str], tuple[Loose, Loose]], pair: Pair
) -> list[tuple[int, int, tuple[str, str]]]:
    """Return where in a translation the parts stand that have to change, in order."""
    there = [
        (part.start, part.end, _meaning(part))
        for part in _loose(text, pair.target)
        if part.kind in {NUMBER, ADDRESS}
    ]
    names = [
        place
        for meaning in changes
        if meaning[0] in {MONTH, WEEKDAY}
        for place in _named(text, meaning, pair)
    ]
    return sorted(place for place in (*there, *names) if place[2] in changes)


def _named(text: str, meaning: tuple[str, str], pair: Pair) -> list[tuple[int, int, tuple[str, str]]]:
    """Return where the name of a month or weekday begins a word of the translation; endings stay behind it."""
    name = (
        folded(_names(calendar(pair.target), meaning[0])[int(meaning[1])])
        if calendar(pair.target).is_known
        else ""
    )
    low = folded(text)
    if not name or len(low) != len(text):
        return []
    return [(found.start(), found.end(), meaning) for found in re.finditer(rf"(?<!\w){re.escape(name)}", low)]


def _written(there: str, old: Loose, new: Loose, *, pair: Pair) -> str | None:
    """Return the new part as the translation writes the old one."""
    if new.kind == ADDRESS:
        return new.text
    if new.kind in {MONTH, WEEKDAY}:
        name = _names(calendar(pair.target), new.kind)[new.value]
        return name[:1].upper() + name[1:] if there[:1].isupper() else name
    return _number(there, old.text, new.text, pair)


def _names(days: Calendar, kind: str) -> tuple[str, ...]:
    return days.month_names if kind == MONTH else days.weekday_names


def _number(there: str, old: str, new: str, pair: Pair) -> str | None:
    if _DATE.fullmatch(old) or _DATE.fullmatch(new):
        return _date(there, old, new)
    whole, fraction = _parts(new, calendar(pair.source))
    target = calendar(pair.target)
    digits = _grouped(whole, there, target)
    written = digits + (target.decimal + fraction if fraction else "")
    return _in_digits_of(there, written)


def _date(there: str, old: str, new: str) -> str | None:
    """A date keeps the order and the signs of its translation: part by part, where the parts are as many."""
    before, after, written = _DIGITS.findall(old), _DIGITS.findall(new), _DIGITS.findall(there)
    if not (len(before) == len(after) == len(written)) or [*map(_plain_digits, written)] != before:
        return None
    parts = iter(after)
    return _in_digits_of(there, _DIGITS.sub(lambda _: next(parts), there))


def _parts(number: str, language: Calendar) -> tuple[str, str]:
    """Return the digits before and after the decimal sign of a number in its language."""
    number = _plain_digits(number)
    whole, sign, fraction = number.rpartition(language.decimal)
    is_grouped = language.decimal == "." and len(fraction) == _GROUP_OF and whole.count(".") > 0
    if not sign or not fraction.isdigit() or is_grouped:
        return _digits(number), ""
    return _digits(whole), fraction


def _grouped(whole: str, there: str, language: Calendar) -> str:
    """Return digits in threes where the old translation had them so, or was too short to show, as its language does."""
    signs = [sign for sign in there if not sign.isdigit() and sign != language.decimal]
    group = signs[0] if signs and signs[0] in _GROUPS else language.group
    if len(whole) <= _GROUP_OF or (not signs and _is_plain_four(whole, there)):
        return whole
    head = len(whole) % _GROUP_OF
    parts = [whole[:head]] * bool(head) + [
        whole[at : at + _GROUP_OF] for at in range(head, len(whole), _GROUP_OF)
    ]
    return group.join(parts)


def _is_plain_four(whole: str, there: str) -> bool:
    """A number without signs shows that its language needs none if it is long; four digits are as well a year."""
    return len(_digits(there)) > _GROUP_OF or len(whole) == _GROUP_OF + 1


def _digits(text: str) -> str:
    return "".join(_DIGITS.findall(_plain_digits(text)))


def _plain_digits(text: str) -> str:
    return "".join(str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in text)


def _in_digits_of(there: str, written: str) -> str:
    """Return `written` with the digits that the old translation uses: Arabic, Persian, or ours."""
    zero = next((ord(sign) - unicodedata.digit(sign) for sign in there if sign.isdecimal()), ord("0"))
    return "".join(chr(zero + int(sign)) if sign.isascii() and sign.isdigit() else sign for sign in written)
