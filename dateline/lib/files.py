"""Files that are whole or absent: nobody ever sees half of one, not even after a power cut."""

import contextlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Final

# Unfinished files begin with a dot, so that no web server serves them, and end like this.
UNFINISHED: Final = ".unfinished"


def write_atomically(path: Path, data: bytes) -> None:
    """Put `data` into the file `path`, whole or not at all, and return when it is on the disk.

    Missing folders are made. An older file of that name stays readable until the moment it is
    replaced, and stays for good where writing fails. Raises OSError (a full disk, no right to write).
    """
    stream_atomically(path, [data])


def stream_atomically(path: Path, parts: Iterable[bytes]) -> None:
    """Do as `write_atomically` with what comes part by part; where the parts break off, nothing was written."""
    _make_folder(path.parent)
    unfinished = path.parent / f".{secrets.token_hex(8)}{UNFINISHED}"
    try:
        _write_through(unfinished, parts)
        unfinished.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _write_through(path: Path, parts: Iterable[bytes]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    with open(descriptor, "wb", closefd=True) as file:  # noqa: PTH123 — a descriptor, not a path
        file.writelines(parts)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Bring the names in `folder` to the disk: a rename is only lasting after that."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def remove_unfinished(folder: Path, *, before: float) -> int:
    """Remove what a killed writer left anywhere below `folder`, and return how many files that were.

    before: seconds since 1970; younger files may be a living writer's and stay.
    """
    removed = 0
    for file in folder.rglob(f".*{UNFINISHED}"):
        with contextlib.suppress(FileNotFoundError):  # its writer has just finished
            if file.stat().st_mtime < before:
                file.unlink()
                removed += 1
    return removed
