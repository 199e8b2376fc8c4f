"""What the stories remember of the pieces of their window: rows of numbers that are compared at once."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dateline.intake.embeddings.base import Vectors

# At most so many pieces are remembered, where no times tell how old they are.
MOST: Final = 20_000
_FIRST: Final = 256
Floats = NDArray[np.float32]


class Shelf:
    """Pieces by place: vector, language, story, whether it has a text, and time in seconds (NaN: unknown)."""

    def __init__(self, size: int) -> None:
        self.count = 0
        self._vectors = np.zeros((_FIRST, size), dtype=np.float32)
        self._numbers = np.zeros((_FIRST, 3), dtype=np.int64)
        self._times = np.zeros(_FIRST, dtype=np.float64)

    @property
    def is_full(self) -> bool:
        """Whether pieces must be dropped before another one is put."""
        return self.count >= MOST

    @property
    def stories(self) -> NDArray[np.int64]:
        """Return the story of each piece."""
        return self._numbers[: self.count, 1]

    @property
    def languages(self) -> NDArray[np.int64]:
        """Return the language of each piece."""
        return self._numbers[: self.count, 0]

    @property
    def texts(self) -> NDArray[np.int64]:
        """Return 1 for each piece with a text, 0 for a headline alone."""
        return self._numbers[: self.count, 2]

    @property
    def times(self) -> NDArray[np.float64]:
        """Return the time of each piece."""
        return self._times[: self.count]

    def put(self, vector: Vectors, *, language: int, story: int, has_text: bool, time: float) -> None:
        """Remember a piece at the next place."""
        if self.count == len(self._times):
            self._vectors = np.concatenate([self._vectors, np.zeros_like(self._vectors)])
            self._numbers = np.concatenate([self._numbers, np.zeros_like(self._numbers)])
            self._times = np.concatenate([self._times, np.zeros_like(self._times)])
        self._vectors[self.count] = vector
        self._numbers[self.count] = language, story, has_text
        self._times[self.count] = time
        self.count += 1

    def move(self, places: Sequence[int], *, story: int) -> None:
        """Put the pieces at these places into a story."""
        self._numbers[list(places), 1] = story

    def keep(self, chosen: NDArray[np.bool_]) -> None:
        """Forget all but the chosen places; those move together in their order."""
        left = int(chosen.sum())
        for rows in (self._vectors, self._numbers, self._times):
            rows[:left] = rows[: self.count][chosen]
        self.count = left

    def nearness(self, vector: Vectors, *, language: int, means: Floats) -> Floats:
        """Return how near each piece is to `vector` in direction, after each language's mean is taken off."""
        moved = self._vectors[: self.count] - means[self._numbers[: self.count, 0]]
        asked = vector - means[language]
        lengths = np.linalg.norm(moved, axis=1) * np.linalg.norm(asked)
        near = (moved @ asked) / np.maximum(lengths, 1e-9)
        return np.asarray(near, dtype=np.float32)

    def vector(self, place: int) -> Vectors:
        """Return the vector at a place."""
        return np.asarray(self._vectors[place], dtype=np.float32)
