"""More keys than fit into memory, in their order: chunks sorted on disk, read together range by range."""

import tempfile
from collections.abc import Iterator
from types import TracebackType
from typing import IO, Self

import numpy as np
from numpy.typing import NDArray

from dateline.translation.memory.keys import Posted, distinct

_ID_BITS = np.uint64(32)
_ID_MASK = np.uint64(0xFFFFFFFF)
# How many keys are held at a time, about.
_HELD = 1_000_000


class Sorter:
    """Takes keys in chunks and gives them back in ranges of keys, each whole. Removes its file at the end."""

    def __init__(self) -> None:
        """Open the file."""
        self._file: IO[bytes] = tempfile.TemporaryFile(prefix="dateline-memory-")  # noqa: SIM115 - closed by __exit__
        self._chunks: list[tuple[int, int]] = []
        self._length = 0

    def __enter__(self) -> Self:
        """Be used in a `with`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the file."""
        self._file.close()

    def add(self, chunk: Posted) -> None:
        """Take a chunk, which is sorted."""
        together = chunk.keys.astype(np.uint64) << _ID_BITS | chunk.ids.astype(np.uint64)
        self._file.write(together.tobytes())
        self._chunks.append((self._length, len(together)))
        self._length += len(together)

    def ranges(self) -> Iterator[Posted]:
        """Yield everything that was added, sorted, in ranges that share no key."""
        self._file.flush()
        count = self._length // _HELD + 1
        borders = [np.uint64((1 << 32) * number // count) << _ID_BITS for number in range(1, count)]
        lows = [0] * len(self._chunks)
        for border in [*borders, None]:
            parts = [self._part(place, lows, border) for place in range(len(self._chunks))]
            together = distinct(np.concatenate(parts)) if parts else np.zeros(0, dtype=np.uint64)
            yield Posted((together >> _ID_BITS).astype(np.uint32), (together & _ID_MASK).astype(np.int32))

    def _part(self, place: int, lows: list[int], border: np.uint64 | None) -> NDArray[np.uint64]:
        """Return what a chunk has from where it was left up to `border`, and leave it there."""
        start, length = self._chunks[place]
        if not length:
            return np.zeros(0, dtype=np.uint64)
        chunk = np.memmap(self._file, dtype=np.uint64, mode="r", offset=start * 8, shape=(length,))
        high = length if border is None else int(np.searchsorted(chunk, border))
        part = np.array(chunk[lows[place] : high])
        lows[place] = high
        return part
