"""Parts of sentences: where the words of a fragment stand, and which run of words two sentences share."""

import re
from difflib import SequenceMatcher
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


def shared_run(one: str, other: str) -> tuple[str, Span] | None:
    """Return the longest run of words that two sentences share, and where it stands in `other`, without marks.

    None where that is shorter than SHORTEST_RUN words.
    """
    left, right = words(folded(plain(one))), words(folded(plain(other)))
    found = SequenceMatcher(None, left, right, autojunk=False).find_longest_match()
    if found.size < SHORTEST_RUN:
        return None
    run = right[found.b : found.b + found.size]
    span = place_of(re.compile(r"(?<!\w)" + r"\W+".join(map(re.escape, run)) + r"(?!\w)"), plain(other))
    return (" ".join(run), span) if span else None
