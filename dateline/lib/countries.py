"""Countries: known by their codes or by their names in many languages, shown in the reader's.

Source: ISO 3166-1 and the Unicode CLDR, as the package Babel carries them.
"""

from functools import cache
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from dateline.lib.text import one_line

# Which languages' names of countries are understood. A language more costs some twenty milliseconds, once.
_READ: Final = (
    "en", "fr", "de", "es", "pt", "it", "nl", "sv", "ru", "uk", "tr", "az", "fa", "ar", "hy", "ka", "ku", "ckb",
    "kk", "uz", "pl", "el", "ro", "hi", "ja", "ko", "zh",
)  # fmt: skip
_PLAIN: Final = {"uk": "GB", "usa": "US", "uae": "AE", "czech republic": "CZ", "turkey": "TR"}
_CODE_LENGTHS: Final = (2, 3)


def country_code(text: str) -> str:
    """Return the two-letter ISO 3166 code of a country given by a code of two or three letters, or by a name.

    Names are read in the languages of the press around the world, whatever their case. Empty where `text`
    names no country that we know.
    """
    wanted = one_line(text)
    if len(wanted) in _CODE_LENGTHS and wanted.isascii() and wanted.isalpha():
        code = _by_code(wanted.upper())
        if code:
            return code
    key = wanted.casefold()
    return _PLAIN.get(key) or (_names().get(key, "") if key else "")


def country_name(code: str, language: str) -> str:
    """Return the name of the country with this code in a language; what is no code comes back as it is."""
    if len(code) != _CODE_LENGTHS[0] or not code.isupper():
        return code
    told = _territories(language).get(code) or _territories("en").get(code)
    return told or code


def _by_code(code: str) -> str:
    if code in _codes():
        return code
    successors = get_global("territory_aliases").get(code, ())
    # Where a country fell apart its old code names none of those that came after.
    return str(successors[0]) if len(successors) == 1 and successors[0] in _codes() else ""


@cache
def _codes() -> frozenset[str]:
    return frozenset(code for code in _territories("en") if len(code) == _CODE_LENGTHS[0] and code != "ZZ")


@cache
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in _READ:
        for code, name in _territories(language).items():
            if code in _codes():
                found.setdefault(name.casefold(), code)
    return found


@cache
def _territories(language: str) -> dict[str, str]:
    try:
        return dict(Locale.parse(language.replace("-", "_")).territories)
    except (UnknownLocaleError, ValueError):
        return {}
