"""The bench of witnesses: which piece holds which names, rare words and numbers, and how rare those are."""

import math
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

# Pieces that are taken as seen before the first, so that the first ones are not weighed by chance.
_SEEN_BEFORE: Final = 20


class Bench:
    """Witnesses of the pieces on a shelf, by the same places."""

    def __init__(self) -> None:
        self._places: dict[str, list[int]] = defaultdict(list)
        self._heard: dict[str, int] = defaultdict(int)
        self._of: list[frozenset[str]] = []
        self._seen = 0

    def hear(self, found: Iterable[str]) -> None:
        """Remember the witnesses of the piece at the next place."""
        self._of.append(frozenset(found))
        self._seen += 1
        for key in self._of[-1]:
            self._places[key].append(len(self._of) - 1)
            self._heard[key] += 1

    def keep(self, chosen: NDArray[np.bool_]) -> None:
        """Forget all but the chosen places; how rare words are stays known."""
        self._of = [found for found, stays in zip(self._of, chosen, strict=True) if stays]
        self._places.clear()
        for place, found in enumerate(self._of):
            for key in found:
                self._places[key].append(place)

    def weight(self, key: str) -> float:
        """Return how much a witness counts: more the rarer it is, nothing where nearly every piece has it."""
        return max(0.0, math.log((self._seen + _SEEN_BEFORE) / (self._heard.get(key, 0) + 1))) ** 2

    def agreement(self, found: Iterable[str]) -> NDArray[np.float32]:
        """Return how much of their witnesses each place shares with `found`, 0 to 1 (cosine of the weights)."""
        asked = {key: self.weight(key) for key in found}
        shared = np.zeros(len(self._of), dtype=np.float32)
        for key, weight in asked.items():
            shared[self._places.get(key, [])] += weight
        own = math.sqrt(sum(asked.values()))
        for place in np.flatnonzero(shared):
            shared[place] /= max(1e-9, own * math.sqrt(sum(map(self.weight, self._of[place]))))
        return shared

    def shared(self, one: int, found: Iterable[str]) -> list[str]:
        """Return the witnesses that the piece at a place shares with `found`, the rarest first."""
        return sorted(self._of[one] & set(found), key=lambda key: (-self.weight(key), key))
