"""Which pieces a reader of one might like: what they are about, not where they stand. Pure.

Source: cosine of words weighed by how rare they are among the candidates (Salton and Buckley 1988), with the topics
that an editor gave counting more than any word.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from math import log, sqrt
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
# A topic in common weighs as much as being told in nearly the same words; the section breaks ties.
TOPIC, SECTION, AGE = 0.5, 0.1, 0.002
STEM: Final = 6


@dataclass(frozen=True)
class Told:
    """What is known of a piece. key: whose it is; story: empty where it is gathered in none; days: its age."""

    key: int
    words: str
    topics: frozenset[int] = field(default_factory=frozenset)
    section: int | None = None
    story: int | None = None
    days: float = 0


def nearest(piece: Told, others: Sequence[Told], *, most: int, without: Collection[int] = ()) -> list[int]:
    """Return the keys of the nearest pieces, the nearest first: at most one of each story, none of the piece's own.

    without: stories that are shown already.
    """
    rare = _rarity([piece, *others])
    mine = _weighed(piece.words, rare)
    ranked = sorted(others, key=lambda one: (-_score(piece, mine, one, rare), one.days, one.key))
    seen = set(without) | ({piece.story} if piece.story is not None else set())
    found: list[int] = []
    for one in ranked:
        if len(found) == most:
            break
        if one.key == piece.key or one.story in seen:
            continue
        found.append(one.key)
        if one.story is not None:
            seen.add(one.story)
    return found


def _score(piece: Told, mine: dict[str, float], other: Told, rare: dict[str, float]) -> float:
    shared = len(piece.topics & other.topics)
    near = _cosine(mine, _weighed(other.words, rare))
    same_section = piece.section is not None and piece.section == other.section
    return near + TOPIC * shared + SECTION * same_section - AGE * other.days


def _stems(words: str) -> Iterable[str]:
    """Beginnings of words: endings differ in the languages that we print, beginnings seldom do."""
    return (word[:STEM] for word in _WORD.findall(words.casefold()))


def _rarity(pieces: Sequence[Told]) -> dict[str, float]:
    counted = Counter(stem for one in pieces for stem in set(_stems(one.words)))
    return {stem: log(1 + len(pieces) / count) for stem, count in counted.items()}


def _weighed(words: str, rare: dict[str, float]) -> dict[str, float]:
    return {stem: count * rare[stem] for stem, count in Counter(_stems(words)).items()}


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    shared = sum(weight * other[stem] for stem, weight in one.items() if stem in other)
    length = sqrt(sum(w * w for w in one.values())) * sqrt(sum(w * w for w in other.values()))
    return shared / length if length else 0.0
