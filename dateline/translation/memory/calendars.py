"""How a language writes dates and numbers.

Source: Unicode CLDR, in Babel. Only the full names inside a date are used: Babel answers the others, where a
language has none of its own, with those of whichever language was asked first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol, get_group_symbol

from dateline.translation.memory.folding import folded


@dataclass(frozen=True)
class Calendar:
    """What a language calls its months and days, numbered from 0: numbers by folded name, and the names in order.

    decimal, group: the signs in its numbers.
    """

    months: Mapping[str, int] = field(default_factory=dict)
    weekdays: Mapping[str, int] = field(default_factory=dict)
    month_names: tuple[str, ...] = ()
    weekday_names: tuple[str, ...] = ()
    decimal: str = "."
    group: str = ","

    @property
    def is_known(self) -> bool:
        """True for a language that CLDR has names for."""
        return bool(self.months)


@lru_cache(maxsize=64)
def calendar(language: str) -> Calendar:
    """Return the names in `language` (a BCP 47 tag); none where nobody knows them."""
    locale = _locale(language)
    if locale is None:
        return Calendar()
    months = _in_order(locale.months["format"]["wide"])
    weekdays = _in_order(locale.days["format"]["wide"])
    return Calendar(
        months={folded(name): number for number, name in enumerate(months)},
        weekdays={folded(name): number for number, name in enumerate(weekdays)},
        month_names=months,
        weekday_names=weekdays,
        decimal=get_decimal_symbol(locale),
        group=get_group_symbol(locale),
    )


def _locale(language: str) -> Locale | None:
    try:
        return Locale.parse(language.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        short = language.replace("_", "-").split("-", maxsplit=1)[0]
        return _locale(short) if short and short != language else None


def _in_order(names: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(str(names[number]) for number in sorted(names))
