"""Who of several workers makes what: a claim on a number, held by the kernel until it is given back or its holder dies.

Locks of single bytes of one file, each of an open file (not of a process, so that two threads exclude each other).
Where the system has no such locks, one worker holds all numbers at a time.
"""

import fcntl
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_SET: Final[int | None] = getattr(fcntl, "F_OFD_SETLK", None)
# `struct flock` with 64-bit offsets: type, whence, start, length, process.
_LOCK: Final = "hhqqi4x"


class Claims:
    """The claims of one run. Numbers are those of rows."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._held: set[int] = set()

    def take(self, number: int) -> bool:
        """Claim a number. False where another holds it; it is not waited."""
        if number in self._held:
            return True
        try:
            if _SET is None:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            else:
                self._set(fcntl.F_WRLCK, number, 1)
        except (BlockingIOError, PermissionError):
            return False
        self._held.add(number)
        return True

    def give_back(self) -> None:
        """Hold nothing any more."""
        if _SET is None:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)
        else:
            self._set(fcntl.F_UNLCK, 0, 0)
        self._held.clear()

    def _set(self, kind: int, start: int, length: int) -> None:
        if _SET is not None:
            fcntl.fcntl(self._descriptor, _SET, struct.pack(_LOCK, kind, os.SEEK_SET, start, length, 0))


@contextmanager
def claims_in(file: Path) -> Iterator[Claims]:
    """Open the file of claims, and give all of them back at the end."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        yield Claims(descriptor)
    finally:
        os.close(descriptor)
