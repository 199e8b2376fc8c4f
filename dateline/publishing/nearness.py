"""Which pieces a reader of one might like: what they are about, not where they stand. Pure.

Source: cosine of words weighed by how rare they are among the candidates (Salton and Buckley 1988), with the topics
that an editor gave counting more than any word.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
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
    near = _cosine(mine, other.words, rare)
    same_section = piece.section is not None and piece.section == other.section
    return near + TOPIC * shared + SECTION * same_section - AGE * other.days


def _stems(words: str) -> Iterable[str]:
    """Beginnings of words: endings differ in the languages that we print, beginnings seldom do."""
    return (word[:STEM] for word in _WORD.findall(words.casefold()))


@lru_cache(maxsize=4096)
def _counted(words: str) -> dict[str, int]:
    """A piece is weighed against many, and each time in the same words."""
    return dict(Counter(_stems(words)))


def _rarity(pieces: Sequence[Told]) -> dict[str, float]:
    counted = Counter(chain.from_iterable(_counted(one.words) for one in pieces))
    return {stem: log(1 + len(pieces) / count) for stem, count in counted.items()}


def _weighed(words: str, rare: dict[str, float]) -> dict[str, float]:
    return {stem: count * rare[stem] for stem, count in _counted(words).items()}


def _cosine(mine: dict[str, float], words: str, rare: dict[str, float]) -> float:
    theirs = _counted(words)
    shared = sum([mine[stem] * theirs[stem] * rare[stem] for stem in mine.keys() & theirs.keys()])
    if not shared:
        return 0.0
    own = sqrt(sum([weight * weight for weight in mine.values()]))
    return shared / (own * sqrt(sum([(count * rare[stem]) ** 2 for stem, count in theirs.items()])))
