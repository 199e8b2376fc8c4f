"""Whether words are written as their language is: a model that answers in another language is often found so. Pure."""

import unicodedata
from typing import Final

from dateline.lib.scripts import script_of

# How the Unicode names of a script's letters begin.
_NAMES: Final = {
    "Arab": ("ARABIC",), "Armn": ("ARMENIAN",), "Cyrl": ("CYRILLIC",), "Geor": ("GEORGIAN",), "Grek": ("GREEK",),
    "Hans": ("CJK",), "Hant": ("CJK",), "Hebr": ("HEBREW",), "Jpan": ("CJK", "HIRAGANA", "KATAKANA"),
    "Kore": ("HANGUL",), "Latn": ("LATIN",), "Syrc": ("SYRIAC",), "Thaa": ("THAANA",),
}  # fmt: skip
# Names and abbreviations may stand in foreign letters alone; so many letters are a sentence.
A_SENTENCE: Final = 20


def is_written_otherwise(text: str, language: str) -> bool:
    """Return whether `text` is long enough to judge and has not one letter of the script of a BCP 47 tag."""
    names = _NAMES.get(script_of(language))
    letters = [letter for letter in text if letter.isalpha()]
    if names is None or len(letters) < A_SENTENCE:
        return False
    return not any(unicodedata.name(letter, "").startswith(names) for letter in letters)
