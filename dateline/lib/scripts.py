"""Scripts of languages: which one a language is written in, the way it runs, its digits."""

from typing import Final

LATIN: Final = "Latn"
# Languages that are not written in Latin letters, by the ISO 15924 code of their script.
SCRIPTS: Final = {
    "Arab": ("ar", "ckb", "fa", "ps", "sd", "ug", "ur"),
    "Armn": ("hy",),
    "Cyrl": ("be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "tt", "uk"),
    "Geor": ("ka",),
    "Grek": ("el",),
    "Hans": ("zh",),
    "Hebr": ("he", "yi"),
    "Jpan": ("ja",),
    "Kore": ("ko",),
    "Syrc": ("arc", "syr"),
    "Thaa": ("dv",),
}
_SCRIPT_OF = {language: script for script, languages in SCRIPTS.items() for language in languages}
_RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"})
_SUBTAG_LETTERS = 4
_DIGITS = {
    "fa": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"),
    "ckb": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
}


def primary(language: str) -> str:
    """Return the first part of a BCP 47 tag, in lower case: pt of pt-BR."""
    return language.lower().replace("_", "-").split("-")[0]


def script_of(language: str) -> str:
    """Return the script of a BCP 47 tag; one that is named in it (`sr-Latn`) goes first."""
    for part in language.replace("_", "-").split("-")[1:]:
        if len(part) == _SUBTAG_LETTERS and part.isalpha():
            return part.title()
    return _SCRIPT_OF.get(primary(language), LATIN)


def direction(language: str) -> str:
    """Return `rtl` or `ltr`."""
    return "rtl" if script_of(language) in _RIGHT_TO_LEFT else "ltr"


def in_digits_of(language: str, text: str) -> str:
    """Return `text` with the digits that readers of the language write."""
    digits = _DIGITS.get(primary(language))
    return text.translate(digits) if digits else text
