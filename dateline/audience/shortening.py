"""A count as readers see it: whole below a thousand, then shortened by the rules of the language. Pure."""

import re
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.numbers import format_compact_decimal

from dateline.lib.scripts import in_digits_of

_THOUSAND: Final = 1_000
_WHOLE: Final = re.compile(r"\d+")


def shortened(number: int, language: str) -> str:
    """Return a count: 1.2K in English, 1,2 тыс. in Russian, in the digits of the language. Source: CLDR."""
    if number < _THOUSAND:
        return in_digits_of(language, str(number))
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    short: str = format_compact_decimal(number, locale=locale, fraction_digits=1)
    if len(_WHOLE.findall(short)[0]) > 1:
        short = format_compact_decimal(number, locale=locale, fraction_digits=0)
    return in_digits_of(language, short)
