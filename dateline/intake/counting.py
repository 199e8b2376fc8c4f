"""Counting words as people do, in scripts with spaces and without."""

import re
from collections import Counter
from functools import lru_cache
from typing import Final

from dateline.lib.text import words

# Source: Unicode UAX 29, in what matters for a length: Han and kana are counted by character pairs as dictionaries
# split them on average, Thai, Lao, Khmer and Burmese by the average length of their words.
_HAN_AND_KANA: Final = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_SOUTH_EAST: Final = re.compile("[\u0e01-\u0e2e\u0e81-\u0eae\u1000-\u102a\u1780-\u17a2]")
_ANY: Final = re.compile(f"{_HAN_AND_KANA.pattern}|{_SOUTH_EAST.pattern}")
_HAN_PER_WORD: Final = 1.7
_CONSONANTS_PER_WORD: Final = 3.0


@lru_cache(maxsize=8)
def counted(text: str) -> Counter[str]:
    """Return the words of a long text with their counts; kept, since several witnesses are held against one text."""
    return Counter(words(text))


def count_words(text: str) -> int:
    """Return how many words `text` has; an estimate within a tenth for scripts that write them without spaces."""
    if not _ANY.search(text):
        return counted(text).total()
    han, south_east = len(_HAN_AND_KANA.findall(text)), len(_SOUTH_EAST.findall(text))
    spaced = _HAN_AND_KANA.sub(" ", text)
    rest = [word for word in words(spaced) if not _SOUTH_EAST.search(word)]
    return len(rest) + round(han / _HAN_PER_WORD + south_east / _CONSONANTS_PER_WORD)
