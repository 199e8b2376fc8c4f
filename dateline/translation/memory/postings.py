"""Lists of sentence numbers by key, packed; and the choice of those that are worth reading."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dateline.translation.memory.keys import Ids, Posted

_PACKED: Final = np.dtype("<i4")
# A key that so many sentences have says nothing of one: only its count is kept.
TOO_COMMON: Final = 20_000
# How many numbers are read for one sentence, and how many sentences are compared with it.
BUDGET: Final = 8_000
COMPARED: Final = 120


def packed(ids: Ids) -> bytes:
    """Return sentence numbers as bytes, four each."""
    return bytes(ids.astype(_PACKED).tobytes())


def unpacked(content: bytes | memoryview) -> Ids:
    """Return the numbers that `packed` wrote."""
    return np.frombuffer(content, dtype=_PACKED)


def merged(lists: Iterable[bytes | memoryview], *, count: int) -> bytes:
    """Return several lists of a key as one, sorted; nothing where there would be too many of it."""
    if count > TOO_COMMON:
        return b""
    found = [unpacked(one) for one in lists]
    return packed(np.unique(np.concatenate(found))) if found else b""


def without(content: bytes | memoryview, gone: Ids) -> tuple[bytes, int]:
    """Return a list without some numbers, and how many it lost."""
    ids = unpacked(content)
    left = ids[~np.isin(ids, gone)]
    return packed(left), len(ids) - len(left)


def lists(postings: Posted) -> Iterator[tuple[int, Ids]]:
    """Yield each key with its sentence numbers, in the order of keys."""
    if not len(postings.keys):
        return
    starts = np.flatnonzero(np.diff(postings.keys, prepend=postings.keys[0] ^ np.uint32(1)))
    ends = np.append(starts[1:], len(postings.keys))
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        yield int(postings.keys[start]), postings.ids[start:end]


def worth_reading(counts: Mapping[int, int], *, budget: int = BUDGET) -> list[int]:
    """Return the rarest keys, until their lists together would be longer than `budget`. At least one, if any."""
    chosen, spent = list[int](), 0
    for count, key in sorted((count, key) for key, count in counts.items() if count <= TOO_COMMON):
        if chosen and spent + count > budget:
            break
        chosen.append(key)
        spent += count
    return chosen


def most_shared(found: Sequence[NDArray[np.int32]], *, most: int = COMPARED) -> list[int]:
    """Return the numbers that stand in most of the lists, most first, the newest of equals first."""
    if not found:
        return []
    ids, counts = np.unique(np.concatenate(found), return_counts=True)
    order = np.lexsort((-ids, -counts))[:most]
    return [int(one) for one in ids[order]]
