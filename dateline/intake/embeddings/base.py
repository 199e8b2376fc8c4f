"""What every embedder is to the stories: text in, one vector for each, near where the sense is near.

To add one: copy the nearest into this folder (into `machines/` where it loads something of the world), name it in
`choice.EMBEDDERS`, and give it a line in the benchmark `benchmarks/intake/stories.py`, which finds its `links_from`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class NotInstalled(Exception):
    """The embedder's package is not here; the message names the extra that brings it."""


@dataclass(frozen=True)
class Traits:
    """What the stories have to know of an embedder.

    name: as it is written in settings and in what is stored: vectors of two names are never compared.
    size: numbers in a vector. links_from: score from which two headlines are of one story. text_margin: how much
    more it takes where both have a text; tongue_margin: and how much more still where that is in one language, for
    two reports of one event then share its words too.
    is_centred: whether the mean of each language is subtracted first. learns: whether a text's vector depends on the
    texts before it, so that one who starts anew must read those again.
    witness_weight: what shared names, rare words and numbers add at most to the similarity; tongue_witness_weight:
    the same between two texts in one language. answered_weight: what it adds there that each text speaks of the
    other's headline; frame_weight: what it takes off that the headlines are one form filled in twice; number_weight:
    what it takes off that they count the same thing differently. fading: what is taken off at a distance of six
    hours, growing with the root of the time.
    """

    name: str
    size: int
    links_from: float
    text_margin: float
    tongue_margin: float
    is_centred: bool
    witness_weight: float
    learns: bool = False
    tongue_witness_weight: float = 0.0
    answered_weight: float = 0.0
    frame_weight: float = 0.0
    number_weight: float = 0.0
    fading: float = 0.0


class Embedder(Protocol):
    """Turns texts into vectors of length one."""

    @property
    def traits(self) -> Traits:
        """Say what it is."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return a row for each text, in order. An embedder may learn from what it has seen, online."""
