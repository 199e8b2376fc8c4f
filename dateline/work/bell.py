"""The bell: who commits a job rings, and idle workers on this machine look at once.

Each worker process has a pipe with a name (a FIFO) in one folder, `settings.WORK_BELLS`; a ring is one byte into each.
It carries nothing: what there is to do stands in the rows. Where a ring is lost, or comes from another machine, the
workers' own look every half second finds the job.
"""

import errno
import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from django.conf import settings

SUFFIX: Final = ".bell"
_MUCH: Final = 4096
_RING: Final = b"."
_END: Final = b"!"


class Bell:
    """What the threads of one process listen to. Each ring wakes all who wait, and is kept for who is about to."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._rings = 0

    def rings(self) -> int:
        """Return how often it has rung: asked before a look, so that no ring is lost between look and wait."""
        return self._rings

    def ring(self) -> None:
        """Wake all who wait."""
        with self._changed:
            self._rings += 1
            self._changed.notify_all()

    def wait(self, *, since: int, seconds: float) -> None:
        """Wait until it has rung since then, at most so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._rings != since, timeout=seconds)


def ring_all() -> None:
    """Ring for every worker process of this machine. Raises nothing: the workers look by themselves, too."""
    folder = _folder()
    if folder is None:
        return
    with suppress(OSError):
        for name in os.listdir(folder):  # noqa: PTH208 — for each job that is enqueued
            if name.endswith(SUFFIX):
                _ring_one(folder / name)


def _ring_one(file: Path) -> None:
    try:
        pipe = os.open(file, os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if error.errno == errno.ENXIO:  # nobody listens: its process was killed
            file.unlink(missing_ok=True)
        return
    try:
        # It may be full of rings already, or have just been closed.
        with suppress(BlockingIOError, BrokenPipeError):
            os.write(pipe, _RING)
    finally:
        os.close(pipe)


@contextmanager
def hung_up() -> Iterator[Bell]:
    """Hang up a bell for this process, and take it down at the end. Where no pipe can be made it only never rings."""
    bell, file, pipe = Bell(), None, -1
    folder = _folder()
    if folder is not None:
        file = folder / f"{os.getpid()}-{secrets.token_hex(4)}{SUFFIX}"
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            pipe = _opened(file)
    if pipe >= 0:
        threading.Thread(target=_listen, args=(pipe, bell), name="bell", daemon=True).start()
    try:
        yield bell
    finally:
        if file is not None:
            file.unlink(missing_ok=True)
        if pipe >= 0:
            os.write(pipe, _END)


def _opened(file: Path) -> int:
    """Make a pipe and open it. It gets its name last: one that nobody listens to yet would be cleared away."""
    unnamed = file.with_suffix(".new")
    os.mkfifo(unnamed, 0o600)
    try:
        # Read and written by ourselves, so that it never ends while nobody else has it open.
        pipe = os.open(unnamed, os.O_RDWR | os.O_CLOEXEC)
        unnamed.rename(file)
    except OSError:
        unnamed.unlink(missing_ok=True)
        raise
    return pipe


def _listen(pipe: int, bell: Bell) -> None:
    while _END not in os.read(pipe, _MUCH):
        bell.ring()
    os.close(pipe)


def _folder() -> Path | None:
    found: Path | None = getattr(settings, "WORK_BELLS", None)
    return found
