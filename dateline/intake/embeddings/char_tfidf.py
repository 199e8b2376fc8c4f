"""Runs of 3 to 5 characters, weighed by how rare they are in what came before: knows no language, needs no model."""

import zlib
from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np

from dateline.intake.embeddings.base import Traits, Vectors
from dateline.lib.text import words

_SIZE: Final = 4096
_RUNS: Final = (3, 4, 5)
# So many texts are taken as seen before the first, so that the first ones are not weighed by chance.
_SEEN_BEFORE: Final = 50


class CharTfidf:
    """The embedder that is always there. One language at a time: it sees no sense, only letters."""

    traits = Traits(
        name="char-tfidf",
        size=_SIZE,
        links_from=0.23,
        text_margin=0.0,
        tongue_margin=0.26,
        is_centred=False,
        witness_weight=0.3,
        learns=True,
        tongue_witness_weight=0.3,
        answered_weight=0.3,
        frame_weight=0.5,
        number_weight=0.2,
        fading=0.03,
    )

    def __init__(self) -> None:
        self._seen = 0
        self._in_texts = np.zeros(_SIZE, dtype=np.float32)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return a row for each text; each one is counted before it is weighed."""
        return np.stack([self._row(text) for text in texts]) if texts else np.zeros((0, _SIZE), np.float32)

    def _row(self, text: str) -> Vectors:
        counted = Counter(zlib.crc32(run.encode("utf-8", "replace")) % _SIZE for run in _runs(text))
        row = np.zeros(_SIZE, dtype=np.float32)
        if not counted:
            return row
        places = np.fromiter(counted, dtype=np.int64)
        self._seen += 1
        self._in_texts[places] += 1
        rarity = np.log((self._seen + _SEEN_BEFORE) / (self._in_texts[places] + 0.5))
        row[places] = (1 + np.log(np.fromiter(counted.values(), dtype=np.float32))) * rarity
        length = np.linalg.norm(row)
        return (row / length).astype(np.float32) if length else row


def _runs(text: str) -> list[str]:
    padded = [f" {word} " for word in words(text)]
    return [word[at : at + size] for word in padded for size in _RUNS for at in range(len(word) - size + 1)]
