"""Letters of names and words, made alike before they are compared."""

import re
import unicodedata
from typing import Final, NamedTuple

_ALIKE: Final = str.maketrans(
    {
        # Arabic and Persian write some letters in two ways; Kurdish and Urdu have their own.
        "ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "ە": "ه", "ھ": "ه", "ہ": "ه", "أ": "ا", "إ": "ا",
        "آ": "ا", "ٱ": "ا", "ؤ": "و", "ۆ": "و", "ێ": "ی", "ڕ": "ر", "ڵ": "ل", "ـ": "",
        "ı": "i", "ё": "е", "ґ": "г", "ў": "у", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe",
        "և": "եւ", "ς": "σ", "\u00ad": "", "\u200d": "", "\u200e": "", "\u200f": "", "ʻ": "'", "ʼ": "'", "‘": "'",
        "’": "'", "`": "'", "´": "'", "ʹ": "'",
    }
)  # fmt: skip
# Marks that are part of a letter in their script are no accent: й, ї, Indic vowels.
_KEPT_MARKS: Final = re.compile(
    "[\u0400-\u04ff\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff]"
)
_WORD: Final = re.compile(r"[^\W_]+")
_INNER_APOSTROPHE: Final = re.compile(r"(?<=[\u0400-\u04ff])'(?=[\u0400-\u04ff])")
# Scripts without spaces between words, and Korean, whose particles are written on.
UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
_LONGEST: Final = 200_000


class Token(NamedTuple):
    """A word as it is compared. is_capital: it was written in capitals alone; is_name: with a capital first."""

    word: str
    is_capital: bool
    is_name: bool


def alike(text: str) -> str:
    """Return `text` in small letters without accents, with one letter for each that is written in several ways.

    Doing it again changes nothing.
    """
    if text.isascii():
        return text.lower().replace("`", "'")
    folded = unicodedata.normalize("NFKC", text.replace("İ", "i")).casefold().translate(_ALIKE)
    plain = "".join(sign if _KEPT_MARKS.match(sign) else _bare(sign) for sign in folded)
    plain = unicodedata.normalize("NFC", plain).translate(_ALIKE)
    return _INNER_APOSTROPHE.sub("", plain)


def tokens(text: str) -> list[Token]:
    """Return the words of `text` in order. A word and what an apostrophe joins to it are two."""
    found = []
    for match in _WORD.finditer(_joined(text[:_LONGEST])):
        written = match.group()
        word = written.lower() if written.isascii() else alike(written)
        if word:
            found.append(Token(word, written.isupper(), written[:1].isupper()))
    return found


def _joined(text: str) -> str:
    """Take away what stands within words: accents written apart, joiners, and apostrophes between Cyrillic letters."""
    if text.isascii():
        return text
    whole = unicodedata.normalize("NFC", text.replace("’", "'").replace("ʼ", "'"))
    marked = (
        "".join(sign for sign in whole if not unicodedata.combining(sign) or _KEPT_MARKS.match(sign))
        if _HAS_MARKS.search(whole)
        else whole
    )
    return _INNER_APOSTROPHE.sub("", _JOINERS.sub("", marked))


_HAS_MARKS: Final = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
_JOINERS: Final = re.compile("[\u00ad\u0640\u200d-\u200f\u202a-\u202e\u2066-\u2069]")


def _bare(sign: str) -> str:
    if sign < "\u00c0":
        return sign
    return "".join(part for part in unicodedata.normalize("NFD", sign) if not unicodedata.combining(part))
