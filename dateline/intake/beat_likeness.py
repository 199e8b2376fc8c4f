"""How like a piece is to what a beat is about, and to its examples, as an embedder sees it."""

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from dateline.intake.beat import Beat, Example, Piece
from dateline.intake.embeddings.base import Embedder, Vectors
from dateline.lib.text import one_line

LEDE: Final = 400
# What the press writes of: a piece is as like the beat as it is more like it than like these.
ANCHORS: Final = (
    "Politics: parties, parliament and elections.",
    "The economy, companies and markets.",
    "Crime, police and courts.",
    "Sports: games, players and results.",
    "Films, music and celebrities.",
    "Science, health and medicine.",
    "Technology, phones and software.",
    "War, armies and diplomacy.",
    "Weather, nature and animals.",
    "Accidents and fires.",
    "Schools, families and daily life.",
    "Fashion, food and travel.",
    "Cars, planes and railways.",
    "Religion, history and books.",
)
_NEAREST: Final = 3
_NAMES_TOLD: Final = 12


@dataclass(frozen=True)
class Alike:
    """How like a piece is to the beat's own words, to its examples for it, and against it; 0 is as like as any."""

    about: float = 0.0
    examples_for: float = 0.0
    examples_against: float = 0.0


class Likeness:
    """A beat made ready for an embedder. What all texts have in common is taken off: the mean of the anchors."""

    def __init__(self, beat: Beat, embedder: Embedder) -> None:
        self._embedder = embedder
        self._sees_sense = embedder.traits.is_centred
        self._anchor_mean = self._mean_of_anchors()
        self._about = self._rows([Example(text) for text in _own_words(beat)]) if self._sees_sense else None
        self._anchors = self._rows([Example(text) for text in ANCHORS]) if self._sees_sense else None
        self._for = self._rows(beat.examples_for)
        self._against = self._rows(beat.examples_against)

    @property
    def is_asked(self) -> bool:
        """Whether there is anything to compare with."""
        return self._sees_sense or self._for is not None

    def of(self, piece: Piece, vector: Vectors | None = None) -> Alike:
        """Return how like the piece is. vector: the embedder's of the piece, where it is known already."""
        # An embedder may learn from what it reads; a score must not depend on what was scored before.
        reader = self._embedder if self._sees_sense else copy.deepcopy(self._embedder)
        read = reader.embed([first_words(piece)]) if vector is None else np.atleast_2d(vector)
        row = self._centred(read)[0]
        around = float(np.max(self._anchors @ row)) if self._anchors is not None else 0.0
        return Alike(
            about=_nearest(self._about, row, 1) - around if self._sees_sense else 0.0,
            examples_for=_nearest(self._for, row, _NEAREST),
            examples_against=_nearest(self._against, row, _NEAREST),
        )

    def _rows(self, examples: Sequence[Example]) -> Vectors | None:
        if not examples:
            return None
        vectors = self._embedder.embed([one.text[:LEDE] for one in examples])
        return self._centred(vectors)

    def _mean_of_anchors(self) -> Vectors:
        if not self._sees_sense:
            return np.zeros(self._embedder.traits.size, np.float32)
        mean: Vectors = self._embedder.embed(list(ANCHORS)).mean(axis=0)
        return mean

    def _centred(self, vectors: Vectors) -> Vectors:
        if not self._sees_sense:
            return vectors
        rows = vectors - self._anchor_mean
        lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-6))
        found: Vectors = np.asarray(rows / lengths, dtype=np.float32)
        return found


def first_words(piece: Piece) -> str:
    """Return what an embedder reads of a piece: its headline and how it begins."""
    lede = one_line(f"{piece.standfirst} {piece.text[: 2 * LEDE]}")[:LEDE]
    return f"{one_line(piece.title)}\n{lede}" if lede else one_line(piece.title)


def _own_words(beat: Beat) -> list[str]:
    told = [concept for concept in beat.concepts if concept.weight != "weak"][:_NAMES_TOLD]
    named = ", ".join(concept.name for concept in told)
    return [f"{beat.name}. {beat.about}".strip(), f"{beat.name}: {named}"]


def _nearest(rows: Vectors | None, row: Vectors, count: int) -> float:
    if rows is None:
        return 0.0
    found = np.sort(rows @ row)[-count:]
    return float(found.mean())
