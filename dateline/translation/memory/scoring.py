"""How alike two sentences are, as the best of three looks.

Letters; words; words with marks and punctuation. Numbers, dates and addresses count as equal: what differs in them
is taken off by whoever shows the match. Source: OmegaT's three scores; Levenshtein distance by RapidFuzz.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from dateline.translation.marks import tokens
from dateline.translation.memory.classes import classed
from dateline.translation.memory.folding import folded, words

# So many of those that a quick look finds best are looked at closely.
CLOSELY: Final = 16
# The quick look is blind to numbers and single marks: it may see this much less than there is.
BLIND: Final = 25
_SIGN = re.compile(r"[^\w\s]")


@dataclass(frozen=True)
class Look:
    """A sentence prepared to be compared."""

    letters: str
    words: tuple[str, ...]
    signs: tuple[str, ...]


def look(source: str, *, language: str) -> Look:
    """Prepare a sentence."""
    letters = classed(source, language=language)
    found = tuple(words(letters))
    return Look(letters, found, (*found, *_SIGN.findall(letters), *(token.text for token in tokens(source))))


def alike(one: Look, other: Look, *, least: float) -> float:
    """Return how alike two sentences are, from 0 to 100; 0 where it is less than `least`."""
    cutoff = least / 100
    best = 0.0
    for left, right in ((one.letters, other.letters), (one.words, other.words), (one.signs, other.signs)):
        if left and right:
            best = max(best, Levenshtein.normalized_similarity(left, right, score_cutoff=max(cutoff, best)))
    return 100 * best


def closest(
    source: str, others: Sequence[str], *, least: float, language: str
) -> Iterable[tuple[int, float]]:
    """Return the place and likeness of those of `others` that are like `source`, the most alike first."""
    quick = process.extract(
        folded(source),
        [folded(other) for other in others],
        scorer=Levenshtein.normalized_similarity,
        processor=None,
        limit=CLOSELY,
        score_cutoff=max(least - BLIND, 0) / 100,
    )
    asked = look(source, language=language)
    scored = [
        (place, alike(asked, look(others[place], language=language), least=least)) for _, _, place in quick
    ]
    return sorted(
        ((place, score) for place, score in scored if score >= least), key=lambda one: (-one[1], one[0])
    )
