"""Vectors and witnesses as columns hold them."""

import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.intake.embeddings.base import Vectors
from dateline.intake.stories_witness import Said


def packed(vector: Vectors) -> bytes:
    """Return a vector in half precision, compressed: most of a sparse one is nothing."""
    return zlib.compress(np.asarray(vector, dtype="<f2").tobytes(), 1)


def unpacked(column: bytes | memoryview) -> Vectors:
    """Return the vector in a column."""
    return np.frombuffer(zlib.decompress(bytes(column)), dtype="<f2").astype(np.float32)


def rounded(vector: Vectors) -> Vectors:
    """Return a vector as it will come back from its column."""
    return np.asarray(vector, dtype="<f2").astype(np.float32)


def packed_sum(total: NDArray[np.float64]) -> bytes:
    """Return a running sum, exactly."""
    return zlib.compress(np.asarray(total, dtype="<f8").tobytes(), 1)


def unpacked_sum(column: bytes | memoryview) -> NDArray[np.float64]:
    """Return the running sum in a column."""
    return np.frombuffer(zlib.decompress(bytes(column)), dtype="<f8").astype(np.float64)


def written(said: Said) -> dict[str, Any]:
    """Return witnesses as JSON has them."""
    return {
        "words": said.words,
        "headline": sorted(said.headline),
        "stems": sorted(said.stems),
        "counted": {thing: sorted(numbers) for thing, numbers in said.counted.items()},
    }


def read(told: dict[str, Any]) -> Said:
    """Return witnesses from JSON."""
    return Said(
        words=told["words"],
        headline=frozenset(told["headline"]),
        stems=frozenset(told["stems"]),
        counted={thing: frozenset(numbers) for thing, numbers in told["counted"].items()},
    )
