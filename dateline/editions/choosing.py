"""Which of a story's originals speak in a press review: many papers, countries and languages, no copy. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from dateline.editions.excerpts import MOST_VOICES

NEW_LANGUAGE: Final = 3.0
NEW_COUNTRY: Final = 2.0
OF_AN_AGREEMENT: Final = 1.5
ENOUGH_TO_QUOTE: Final = 1.0
LEAST_SENTENCES: Final = 2


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An original of the story. is_copy: of another's text. sentences: that it has. told: its place in time."""

    original: int
    outlet: int
    country: str
    language: str
    is_copy: bool
    is_covered: bool
    sentences: int
    told: int


def chosen(candidates: Iterable[Candidate], *, most: int = MOST_VOICES) -> list[int]:
    """Return the originals that are proposed as voices, the most telling first: one of each outlet, and no copies."""
    left = [one for one in candidates if not one.is_copy]
    picked: list[Candidate] = []
    while left and len(picked) < most:
        best = max(left, key=lambda one: (_worth(one, picked), -one.told))
        picked.append(best)
        left = [one for one in left if one.outlet != best.outlet]
    return [one.original for one in picked]


def _worth(one: Candidate, picked: Sequence[Candidate]) -> float:
    worth = OF_AN_AGREEMENT * one.is_covered + ENOUGH_TO_QUOTE * (one.sentences >= LEAST_SENTENCES)
    worth += NEW_LANGUAGE * all(one.language != other.language for other in picked)
    worth += NEW_COUNTRY * all(one.country != other.country for other in picked)
    return worth
