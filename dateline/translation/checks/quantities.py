"""Numbers as they stand in a text: digits of any script, with what they may mean, and numbers in words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from dateline.translation.checks.tables import Table
from dateline.translation.spelling import WORD, low

_DIGITS: Final = str.maketrans(
    "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬０１２３４５６７８９", "01234567890123456789.,0123456789"
)  # fmt: skip
_SPACES: Final = "\u00a0\u202f\u2009 "
_NUMBER: Final = re.compile(
    rf"(?<!\d)\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?![\d{_SPACES}]?\d)(?:[.,]\d+)?"
    r"|\d+(?:[.,'’]\d+)*"
)
_ROMAN: Final = re.compile(r"(?<!\w)(?=[IVXLC])(C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})(?:e|ème|er)?(?!\w)")
_ROMAN_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_LETTER_SCALES: Final = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
_SCALE_BEHIND: Final = re.compile(rf"[{_SPACES}]?[-–]?([^\W\d_]+)")
_THOUSAND: Final = 1000
_HUNDRED: Final = 100
_GROUP: Final = 3
_LONGEST_ENDING: Final = 5
_TIME: Final = re.compile(r"\d{1,2}[:.h]\d{2}(?!\d)|\d{1,2}\s?(?:[ap]\.?\s?m\b|h\b|uhr\b)", re.IGNORECASE)


@dataclass(frozen=True)
class Number:
    """A number in digits: its place, and every value that it may mean (1.234 is a thousand or a bit over one)."""

    text: str
    start: int
    end: int
    values: frozenset[float]
    is_time: bool = False


def western(text: str) -> str:
    """Return `text` with Western digits and separators, character for character."""
    return text.translate(_DIGITS)


def numbers_in(text: str, table: Table) -> list[Number]:
    """Return the numbers in digits, in order; a scale behind one (2 million) gives it a second value."""
    plain = western(text)
    times = [found.span() for found in _TIME.finditer(plain)]
    return [_number(text, plain, found, table, times) for found in _NUMBER.finditer(plain)]


def _number(
    text: str, plain: str, found: re.Match[str], table: Table, times: list[tuple[int, int]]
) -> Number:
    values = frozenset(_values(found.group(), table.decimal))
    scale = _scale(plain, found.end(), table)
    if scale:
        values |= {round(value * scale, 6) for value in values}
    place = found.start()
    is_time = any(start <= place < end for start, end in times)
    return Number(text[place : found.end()], place, found.end(), values, is_time=is_time)


def _values(written: str, decimal: str) -> Iterator[float]:
    """Yield what a run of digits and separators may mean. decimal: what the language writes before a fraction."""
    groups = re.split(rf"[{_SPACES}.,'’]", written)
    marks = re.findall(rf"[{_SPACES}.,'’]", written)
    if not marks:
        yield float(written)
        return
    is_grouped = all(len(group) == _GROUP for group in groups[1:]) and len(groups[0]) <= _GROUP
    if is_grouped and len(set(marks)) == 1:
        yield float("".join(groups))
        if marks != [decimal] and marks[0] in ".,":
            return
    if len(marks) == 1 or marks[-1] != marks[0]:
        yield float("".join(groups[:-1]) + "." + groups[-1])
    elif len(groups[-1]) != _GROUP:  # a date: 5.11.2014
        yield from (float(group) for group in groups)


def _scale(plain: str, end: int, table: Table) -> float:
    found = _SCALE_BEHIND.match(plain, end)
    if found is None:
        return 0
    word = low(found[1])
    if word in _LETTER_SCALES:
        return _LETTER_SCALES[word]
    value = word_value(word, table)
    return value if value is not None and value >= _THOUSAND else 0


def word_value(word: str, table: Table) -> int | None:
    """Return what a word in lower case counts, or None."""
    if word in table.numbers:
        return table.numbers[word]
    for start, value in table.number_starts:
        if word.startswith(start):
            return value
    for prefix in table.prefixes:
        if word.startswith(prefix) and word[len(prefix) :] in table.numbers:
            return table.numbers[word[len(prefix) :]]
    if table.endings:
        return _with_ending(word, table)
    return _compound(word, table) if table.has_compounds else None


def _with_ending(word: str, table: Table) -> int | None:
    places = range(max(2, len(word) - _LONGEST_ENDING), len(word))
    return next(
        (
            table.numbers[word[:at]]
            for at in places
            if word[at:] in table.endings and word[:at] in table.numbers
        ),
        None,
    )


def _compound(word: str, table: Table) -> int | None:
    """Read fünfundvierzig: numbers and joins, one after the other, to the end of the word."""
    values, rest = [], word
    while rest:
        rest = next((rest.removeprefix(join) for join in table.joins if rest.startswith(join)), rest)
        known = [*table.numbers.items(), *table.number_starts]
        found = max(
            (pair for pair in known if rest.startswith(pair[0])), key=lambda pair: len(pair[0]), default=None
        )
        if found is None:
            return None
        values.append(found[1])
        rest = rest[len(found[0]) :]
    return _composed(values) if len(values) > 1 else None


@dataclass(frozen=True)
class Spelled:
    """A number in words: where its first word begins and its last one ends, and what it may mean."""

    start: int
    end: int
    value: int


def spelled_in(text: str, table: Table) -> list[Spelled]:
    """Return the numbers in words: each word's own value, and that of a run of them (twenty-five)."""
    found: list[Spelled] = []
    run: list[Spelled] = []
    for match in WORD.finditer(low(text)):
        value = word_value(match.group(), table)
        if value is None and match.group() in table.joins and run:
            continue
        if value is None or (run and not _are_near(text, run[-1].end, match.start(), table)):
            found += _of_run(run)
            run = []
        if value is not None:
            run.append(Spelled(match.start(), match.end(), value))
    return found + _of_run(run)


def _are_near(text: str, end: int, start: int, table: Table) -> bool:
    between = low(text[end:start]).strip(f"{_SPACES}-–‐\u200c")
    return not between or between in table.joins


def _of_run(run: list[Spelled]) -> list[Spelled]:
    if len(run) < 2:  # noqa: PLR2004 - a run is of two
        return list(run)
    pairs = [Spelled(a.start, b.end, _composed([a.value, b.value])) for a, b in pairwise(run)]
    whole = Spelled(run[0].start, run[-1].end, _composed([one.value for one in run]))
    return [*run, *pairs, whole]


def _composed(values: list[int]) -> int:
    """Return what number words one after the other mean together, in whatever order a language says them."""
    total = current = 0
    for value in values:
        if value >= _THOUSAND:
            total += max(current, 1) * value
            current = 0
        elif value == _HUNDRED:
            current = max(current, 1) * value
        else:
            current += value
    return total + current


def romans_in(text: str) -> frozenset[float]:
    """Return the values of Roman numerals that stand by themselves."""
    return frozenset(float(_roman(found[1] + found[2] + found[3])) for found in _ROMAN.finditer(text))


def _roman(numeral: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in numeral]
    return sum(-a if a < b else a for a, b in pairwise([*values, 0]))
