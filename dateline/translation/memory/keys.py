"""The keys under which the memory looks for what is alike: the beginnings of words, and pairs of neighbours.

Two sentences that share much share many of them, also where words changed, were left out or got another ending.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from dateline.translation.memory.classes import classed
from dateline.translation.memory.folding import words

Keys = NDArray[np.uint32]
Ids = NDArray[np.int32]

# Another way to make keys needs another number here: what was kept under the old ones is made anew.
VERSION: Final = 1
# So much of a word counts; what is behind it is mostly its ending.
STEM: Final = 6
_LEFT, _RIGHT, _EDGE = np.uint32(0x9E3779B1), np.uint32(0x85EBCA77), np.uint32(0x27D4EB2F)


@dataclass(frozen=True)
class Posted:
    """Keys of many sentences, and beside each the number of its sentence, sorted by both."""

    keys: Keys
    ids: Ids


def key_words(source: str, *, language: str) -> list[str]:
    """Return the words of a sentence as its keys see them: beginnings, numbers as one, without marks."""
    return [word[:STEM] for word in words(classed(source, language=language))]


def keys_of(source: str, *, language: str) -> Keys:
    """Return the keys of one sentence, sorted, each once."""
    hashes = np.array(_hashes(key_words(source, language=language)), dtype=np.uint32)
    return np.unique(np.concatenate([hashes, _pairs(np.insert(hashes, 0, _EDGE), np.append(hashes, _EDGE))]))


def fragment_keys(fragment: str, *, language: str) -> Keys:
    """Return the keys that every sentence has in which the words of `fragment` stand side by side."""
    hashes = np.array(_hashes(key_words(fragment, language=language)), dtype=np.uint32)
    return np.unique(np.concatenate([hashes, _pairs(hashes[:-1], hashes[1:])]))


def posted(sources: Iterable[tuple[int, str]], *, language: str) -> Posted:
    """Return the keys of many sentences, by the number of each. Source: sort-based inversion, Witten et al. 1999."""
    ids: list[int] = []
    hashes: list[int] = []
    ends: list[int] = []
    for number, source in sources:
        hashes += _hashes(key_words(source, language=language))
        ids.append(number)
        ends.append(len(hashes))
    return _sorted(
        np.array(hashes, dtype=np.uint32), np.array(ends, dtype=np.int64), np.array(ids, dtype=np.int32)
    )


def distinct(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return `values` sorted, each once: what `np.unique` does, without its detour over a table of hashes."""
    values = np.sort(values)
    return values[np.concatenate([[True], values[1:] != values[:-1]])] if len(values) else values


def _hashes(found: Sequence[str]) -> list[int]:
    return [_hash(word) for word in found]


@lru_cache(maxsize=200_000)
def _hash(word: str) -> int:
    return crc32(word.encode())


def _pairs(left: Keys, right: Keys) -> Keys:
    mixed = left * _LEFT ^ (right * _RIGHT + _EDGE)
    return np.asarray(mixed ^ (mixed >> np.uint32(15)), dtype=np.uint32)


def _sorted(hashes: Keys, ends: NDArray[np.int64], ids: Ids) -> Posted:
    counts = np.diff(ends, prepend=0)
    owners = np.repeat(ids, counts)
    left, right, pair_owners = _neighbours(hashes, ends, counts, ids)
    keys = np.concatenate([hashes, _pairs(left, right)])
    together = keys.astype(np.uint64) << np.uint64(32) | np.concatenate([owners, pair_owners]).astype(
        np.uint64
    )
    together = distinct(together)
    return Posted(
        (together >> np.uint64(32)).astype(np.uint32), (together & np.uint64(0xFFFFFFFF)).astype(np.int32)
    )


def _neighbours(
    hashes: Keys, ends: NDArray[np.int64], counts: NDArray[np.int64], ids: Ids
) -> tuple[Keys, Keys, Ids]:
    """Return the left and right of each pair, over all sentences at once: one pair more than a sentence has words."""
    starts = ends - counts
    left = np.insert(hashes, starts, _EDGE)
    right = np.insert(hashes, ends, _EDGE)
    return left, right, np.repeat(ids, counts + 1)
