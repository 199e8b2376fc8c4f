"""Parts of sentences: where the words of a fragment stand, and which run of words two sentences share."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from dateline.translation.marks import plain
from dateline.translation.memory.folding import folded, words
from dateline.translation.memory.keys import STEM, key_words

SHORTEST_RUN: Final = 3
_NUMBER: Final = r"\d+(?:[.,\s]\d+)*"


class Span(NamedTuple):
    """A part of a plain text, by its letters."""

    start: int
    end: int


def fragment_pattern(fragment: str, *, language: str) -> re.Pattern[str] | None:
    """Return what matches the words of a fragment side by side, with any endings; None where it has none."""
    parts = [
        _NUMBER if word == "0" else re.escape(word) + (r"\w*" if len(word) >= STEM else "")
        for word in key_words(fragment, language=language)
    ]
    return re.compile(r"(?<!\w)" + r"\W+".join(parts)) if parts else None


def place_of(pattern: re.Pattern[str], text: str) -> Span | None:
    """Return where a fragment stands in a text without marks; None where it does not."""
    low = folded(text)
    found = pattern.search(low if len(low) == len(text) else text)
    return Span(*found.span()) if found else None


class Runs:
    """The runs of words of one sentence, to be found again in many others."""

    def __init__(self, sentence: str) -> None:
        self.words = words(folded(plain(sentence)))
        self.places: dict[tuple[str, ...], list[int]] = {}
        for place, start in _starts(self.words):
            self.places.setdefault(start, []).append(place)

    def longest_in(self, other: str) -> tuple[str, Span] | None:
        """Return the longest run that another sentence shares, and where it stands there, without marks.

        None where that is shorter than SHORTEST_RUN words.
        """
        if not self.places:
            return None
        theirs = words(folded(plain(other)))
        best: Sequence[str] = ()
        for place, start in _starts(theirs):
            for mine in self.places.get(start, ()):
                size = self._size(mine, theirs, place)
                if size > len(best):
                    best = theirs[place : place + size]
        if not best:
            return None
        span = place_of(re.compile(r"(?<!\w)" + r"\W+".join(map(re.escape, best)) + r"(?!\w)"), plain(other))
        return (" ".join(best), span) if span else None

    def _size(self, mine: int, theirs: Sequence[str], place: int) -> int:
        size = SHORTEST_RUN
        while self.words[mine + size : mine + size + 1] == theirs[place + size : place + size + 1] != []:
            size += 1
        return size


def _starts(of: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield each place in a sentence at which a run may begin, with the words that it begins with."""
    return enumerate(zip(*(of[skip:] for skip in range(SHORTEST_RUN)), strict=False))
