"""What the page must know of a language's script: its direction, its digits, the fonts to load first."""

LATIN = "Latn"
# Languages of the house that are not written in Latin letters, by the ISO 15924 code of their script.
SCRIPTS = {
    "Arab": ("ar", "ckb", "fa", "ps", "sd", "ug", "ur"),
    "Armn": ("hy",),
    "Cyrl": ("be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "tt", "uk"),
    "Geor": ("ka",),
    "Grek": ("el",),
    "Hans": ("zh",),
    "Hebr": ("he", "yi"),
    "Jpan": ("ja",),
    "Kore": ("ko",),
}
_SCRIPT_OF = {language: script for script, languages in SCRIPTS.items() for language in languages}
_RIGHT_TO_LEFT = frozenset({"Arab", "Hebr"})
_FIRST_FONTS = {
    "Latn": ("serif-lat", "sans-lat"),
    "Cyrl": ("serif-cyr", "sans-cyr"),
    "Arab": ("naskh", "vazir"),
    "Hebr": ("hebrew",),
    "Armn": ("armenian",),
    "Geor": ("georgian",),
}
_DIGITS = {
    "fa": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"),
    "ckb": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
}


def script_of(language: str) -> str:
    """Return the script of a language tag; one that is named in it (`sr-Latn`) goes first."""
    base, *rest = language.split("-")
    for part in rest:
        if len(part) == 4 and part.isalpha():  # noqa: PLR2004 - script subtags have four letters
            return part.title()
    return _SCRIPT_OF.get(base.lower(), LATIN)


def direction_of(language: str) -> str:
    """Return `rtl` or `ltr`."""
    return "rtl" if script_of(language) in _RIGHT_TO_LEFT else "ltr"


def first_fonts(language: str) -> tuple[str, ...]:
    """Return the font files that a page in this language shows at once; empty where the reader's own serve."""
    return _FIRST_FONTS.get(script_of(language), ())


def in_digits_of(language: str, text: str) -> str:
    """Return `text` with the digits that readers of the language write."""
    digits = _DIGITS.get(language.split("-", maxsplit=1)[0].lower())
    return text.translate(digits) if digits else text
