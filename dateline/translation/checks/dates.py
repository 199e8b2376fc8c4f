"""Months and days of the week: the translation names those of the source, not others.

Names come from Unicode CLDR; in languages that inflect them, by their beginning.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from babel import Locale, UnknownLocaleError

from dateline.lib.scripts import primary
from dateline.translation.checks.base import Finding, Pair, Severity
from dateline.translation.checks.tables import NOTHING
from dateline.translation.spelling import low

_NAME: Final = "dates"
_SHORTEST_STEM: Final = 4
# Words that are months or days only where a number stands beside them.
_AMBIGUOUS: Final = frozenset({"march", "may", "mart", "mars", "mai", "maio", "mayo", "май", "sun", "oca"})
_LENGTH_OF_ENDING: Final = 2


class Dates:
    """Another month, another day."""

    name = _NAME

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield months and days of the translation that stand where the source names others."""
        for kind in ("months", "days"):
            asked = {number for number, _place in _named(pair.source, pair.source_language, kind)}
            told = list(_named(pair.text, pair.language, kind))
            if not asked or not told or asked & {number for number, _place in told}:
                continue
            _number, (start, end) = told[0]
            yield Finding(_NAME, f"other-{kind[:-1]}", Severity.WARN, start, end, (pair.text[start:end],))


def _named(text: str, language: str, kind: str) -> Iterator[tuple[int, tuple[int, int]]]:
    pattern, numbers = _names(primary(language), kind)
    lowered = low(text)
    for found in pattern.finditer(lowered):
        word = found.group(1)
        if (
            word in _AMBIGUOUS
            and not re.search(
                r"\d\W{0,3}$|^\W{0,3}\d", lowered[max(0, found.start() - 4) : found.start()] or " "
            )
            and not re.match(r"\W{0,3}\d", lowered[found.end() :])
        ):
            continue
        yield numbers[word], found.span()


def is_date(word: str, language: str) -> bool:
    """Return whether `word` is a month or a day of the week."""
    return any(_names(primary(language), kind)[0].fullmatch(low(word)) for kind in ("months", "days"))


@cache
def _names(language: str, kind: str) -> tuple[re.Pattern[str], dict[str, int]]:
    """Return a pattern of the names of months or days in a language, and what each counts."""
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return NOTHING, {}
    numbers: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for number, name in getattr(locale, kind)[context]["wide"].items():
            numbers.setdefault(_stem(low(name)), number)
    words = "|".join(sorted(map(re.escape, numbers), key=len, reverse=True))
    return re.compile(rf"(?<!\w)({words})\w{{0,4}}(?!\w)"), numbers


def _stem(name: str) -> str:
    """Return a name without what an inflected language may change of it."""
    if " " in name or len(name) < _SHORTEST_STEM + _LENGTH_OF_ENDING or name.isascii():
        return name
    return name[:-1]


CHECK: Final = Dates()
