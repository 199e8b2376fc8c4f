"""The mean vector of each language, kept running: what pieces share only because they are written in it."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from dateline.intake.embeddings.base import Vectors

# A language that was seen little is taken to be like all others: their mean counts as so many pieces of it.
_LIKE_ALL: Final = 1.0


class LanguageMeans:
    """Languages by number, in the order they were met, with their sums."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._numbers: dict[str, int] = {}
        self._sums = np.zeros((0, size))
        self._counts = np.zeros(0)

    def number(self, language: str) -> int:
        """Return a language's number; a new one gets the next."""
        number = self._numbers.setdefault(language, len(self._numbers))
        if number == len(self._sums):
            self._sums = np.vstack([self._sums, np.zeros(self._size)])
            self._counts = np.append(self._counts, 0.0)
        return number

    def name(self, number: int) -> str:
        """Return the language with this number."""
        return list(self._numbers)[number]

    def learn(self, vector: Vectors, language: str) -> int:
        """Count the vector of one piece; return its language's number."""
        number = self.number(language)
        self._sums[number] += vector
        self._counts[number] += 1
        return number

    def put(self, language: str, *, total: NDArray[np.float64], pieces: int) -> None:
        """Set what is known of a language."""
        number = self.number(language)
        self._sums[number], self._counts[number] = total, pieces

    def of(self, language: str) -> tuple[NDArray[np.float64], int]:
        """Return the sum of a language's vectors, and of how many."""
        number = self.number(language)
        return self._sums[number], int(self._counts[number])

    def all(self) -> NDArray[np.float32]:
        """Return the mean of each language by its number."""
        everything = self._sums.sum(axis=0) / max(1.0, self._counts.sum())
        means = (self._sums + _LIKE_ALL * everything) / (self._counts + _LIKE_ALL)[:, None]
        return np.asarray(means, dtype=np.float32)
