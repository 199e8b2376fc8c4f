"""Numbers: each in the source is in the translation, in digits or in words, in local form; and none more.

Excused are what translators do on purpose: scales (2 million, 2.000.000), decades (1990s, 90-е), Roman centuries,
clocks of twelve and twenty-four hours, miles as kilometres, small numbers in words.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rapidfuzz.fuzz import ratio

from dateline.translation.checks.base import Finding, Pair, Severity, whole
from dateline.translation.checks.quantities import Number, numbers_in, romans_in, spelled_in
from dateline.translation.checks.tables import table_of

# How much of the second unit is one of the first, by words that stand behind a number of the source.
_UNITS: Final = (
    (re.compile(r"[\s-]?(?:mile|mi\b|mph|mil[hl]a|mil(?:i|y)|миль|мил[ияь]|ميل)", re.IGNORECASE), 1.609),
    (re.compile(r"[\s-]?(?:f(?:ee|oo)t\b|ft\b|pieds?\b|pies?\b|pés?\b|фут|قدم)", re.IGNORECASE), 0.3048),
    (re.compile(r"[\s-]?(?:inch|inç|in\.|pouces?|pulgadas?|polegadas?|дюйм|بوصة)", re.IGNORECASE), 2.54),
    (re.compile(r"[\s-]?(?:pounds?\b|lbs?\b|livres?\b|libras?\b|фунт)", re.IGNORECASE), 0.4536),
    (re.compile(r"[\s-]?(?:acres?\b|акр)", re.IGNORECASE), 0.4047),
    (re.compile(r"[\s-]?(?:yards?\b|yd\b|ярд)", re.IGNORECASE), 0.9144),
    (re.compile(r"[\s-]?(?:gallons?\b|галлон)", re.IGNORECASE), 3.785),
    (re.compile(r"[\s-]?(?:ounces?\b|oz\b|унци)", re.IGNORECASE), 28.35),
)
_NUMBERED: Final = re.compile(r"(?:(?<!\w)n(?:o|r)?[.°º]|№|#)[\s\u00a0]?$", re.IGNORECASE)
_ONE: Final = frozenset({1.0})
_NAME: Final = "numbers"
_NEAR: Final = 0.06
_CENTURIES: Final = (1000, 2100)
_HALF_A_DAY: Final = 12
_SMALL: Final = 12
_DECADE: Final = 10
_CENTURY: Final = 100


@dataclass
class _Side:
    """One text: its numbers in digits, what its words count, what its Roman numerals do."""

    digits: list[Number]
    spelled: Counter[float]
    romans: frozenset[float]

    @property
    def words(self) -> frozenset[float]:
        return frozenset(self.spelled) | self.romans

    def tells(self, value: float, *, beside: "_Side") -> bool:
        """Return whether its words count `value`, once more than those of the other side: each word tells of one."""
        if value in self.romans or value <= 1:
            return value in self.words
        return self.spelled[value] > beside.spelled[value]


class Numbers:
    """Each number in, each number out."""

    name = _NAME

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield numbers that are missing, changed or new."""
        source, target = _side(pair.source, pair.source_language), _side(pair.text, pair.language)
        missing, extra = _unmatched(source.digits, target.digits)
        missing = [one for one in missing if not _is_told(one, pair.source, source, target)]
        extra = [one for one in extra if not _is_told(one, pair.text, target, source)]
        yield from _findings(pair, missing, extra)


def _side(text: str, language: str) -> _Side:
    table = table_of(language)
    spelled = Counter(float(one.value) for one in spelled_in(text, table))
    return _Side(numbers_in(text, table), spelled, romans_in(text))


def _unmatched(first: list[Number], second: list[Number]) -> tuple[list[Number], list[Number]]:
    """Return the numbers of each side that the other has not, each used once, then those that repeat."""
    left, missing = list(second), []
    for one in first:
        match = next((other for other in left if one.values & other.values), None)
        if match is None:
            missing.append(one)
        else:
            left.remove(match)
    return missing, left


def _is_told(one: Number, text: str, own: _Side, other: _Side) -> bool:
    """True where the other side says the same number in another way.

    A one that is part of a name (F1, No. 1) is not told by an article, which many languages write as they write one.
    """
    return (
        (
            any(other.tells(value, beside=own) for value in one.values)
            and not (one.values == _ONE and _is_in_a_name(one, text))
        )
        or _is_decade(one, other)
        or _is_clock(one, other)
        or _is_converted(one, text, other)
    )


def _is_in_a_name(one: Number, text: str) -> bool:
    before = text[: one.start]
    return before[-1:].isalpha() or bool(_NUMBERED.search(before))


def _is_decade(one: Number, other: _Side) -> bool:
    told = {value for number in other.digits for value in number.values} | other.words
    low, high = _CENTURIES
    for value in one.values:
        if low <= value < high and value % _DECADE == 0 and value % _CENTURY in told:
            return True
        if (
            value < _CENTURY
            and value % _DECADE == 0
            and any(low <= year < high and year % _CENTURY == value for year in told)
        ):
            return True
        if low <= value < high and value % _CENTURY == 0 and value / _CENTURY + 1 in told:
            return True
    return False


def _is_clock(one: Number, other: _Side) -> bool:
    """True for a part of a time of day that the other side writes with other separators, or in other hours."""
    if not one.is_time and not any(number.is_time for number in other.digits):
        return False
    told = {
        part for number in other.digits for value in number.values for part in _hours(value)
    } | other.words
    return all(part in told for part in _hours(next(iter(one.values)))) or any(
        hour in told for value in one.values for hour in (value + _HALF_A_DAY, value - _HALF_A_DAY)
    )


def _hours(value: float) -> set[float]:
    """Return the hour, in both counts, or the hour and the minutes of 6.30; a full hour has no minutes."""
    hour, minutes = divmod(round(value * 100), 100)
    return {float(hour), float(minutes)} - {0.0} if minutes else {value} - {0.0}


def _is_converted(one: Number, text: str, other: _Side) -> bool:
    """True where a unit behind the number was changed for another, and the number with it."""
    told = [value for number in other.digits for value in number.values]
    for unit, rate in _UNITS:
        for factor in (rate, 1 / rate):
            is_near = any(
                abs(value * factor - heard) <= _NEAR * heard
                for value in one.values
                for heard in told
                if heard
            )
            if (
                is_near
                and (unit.match(text, one.end) or factor < 1 < rate or rate < 1 < factor)
                and _has_unit(text, one)
            ):
                return True
    return False


_ANY_UNIT: Final = re.compile(
    r"[\s\u00a0-]?(?:mile|mi\b|mph|km|kilom|килом|км|feet|foot|ft\b|m\b|met|mèt|мет|м\b|متر|كيلو|cm|см|centi|inch|inç"
    r"|pound|lb|kg|kilo|кг|кило|acre|h[ae]|га|yard|gallon|lit|л\b|ounce|oz|g\b|mil|мил|ميل|фут|قدم|pi|pé|fuß|дюйм|фунт)",
    re.IGNORECASE,
)


def _has_unit(text: str, one: Number) -> bool:
    return _ANY_UNIT.match(text, one.end) is not None


def _findings(pair: Pair, missing: list[Number], extra: list[Number]) -> Iterator[Finding]:
    """Yield pairs of a missing number and the one most like it as one change, and what is left."""
    left = list(missing)
    for other in extra:
        if not left:
            yield Finding(_NAME, "number-added", Severity.WARN, other.start, other.end, (other.text,))
            continue
        one = _most_like(other, left)
        left.remove(one)
        yield Finding(_NAME, "number-changed", Severity.BLOCK, other.start, other.end, (one.text, other.text))
    for one in left:
        yield Finding(_NAME, "number-missing", Severity.WARN, *whole(pair), (one.text,))


def _most_like(other: Number, numbers: list[Number]) -> Number:
    return max(numbers, key=lambda one: ratio(one.text, other.text))


CHECK: Final = Numbers()
