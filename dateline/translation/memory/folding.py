"""Text as the memory compares it, and its words."""

import re
import sys
import unicodedata
from functools import cache
from typing import Final

_FOLDS: Final = (("İ", "i"), ("ı", "i"), ("ё", "е"), ("Ё", "е"), ("’", "'"), ("ʼ", "'"))
# Scripts that put no spaces between words: each of their letters is a word.
_UNSPACED: Final = (
    "\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
_BASIC_PLANE: Final = 0xFFFF


def folded(text: str) -> str:
    """Return `text` in lower case, with letters as one that people write in either way. Lengths may change."""
    if not text.isascii():
        for letter, fold in _FOLDS:  # many times as quick as a table
            text = text.replace(letter, fold)
    return text.lower()


def words(text: str) -> list[str]:
    """Return the words of a folded text in order."""
    return word_pattern().findall(text)


@cache
def word_pattern() -> re.Pattern[str]:
    """Return what matches one word: letters and digits with their accents, or one letter of an unspaced script."""
    return re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}][\w{_accents()}]*", re.UNICODE)


def _accents() -> str:
    """Return the combining marks, which are part of a word and no letters to `re`, outside unspaced scripts."""
    plane = map(chr, range(min(_BASIC_PLANE, sys.maxunicode)))
    return "".join(
        re.escape(sign)
        for sign in plane
        if unicodedata.category(sign) in {"Mn", "Mc"} and not _is_unspaced(sign)
    )


def _is_unspaced(sign: str) -> bool:
    return re.match(f"[{_UNSPACED}]", sign) is not None
