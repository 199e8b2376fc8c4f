"""The store on disk: baked files below one folder, each whole or absent, beside its compressed forms.

A page and its forms carry one time stamp to the nanosecond: a server gives out a form only where its stamp
is the page's. The forms are put in place first, the page last, so that nobody is given an old form of a new page.
What answers with another status than 200 has a file `.status` beside it: written before the page comes,
taken away after another has come.
"""

import errno
import fcntl
import os
import secrets
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

import brotli  # type: ignore[import-untyped]
import deflate

from dateline.lib.files import UNFINISHED, remove_unfinished, sync_folder, write_atomically
from dateline.publishing.stores.claims import Claims, claims_in

STATUS: Final = ".status"
# Kept in the folder and never served: locks, redirects.
BACKSTAGE: Final = "_"
STATIC: Final = "static"
TEXTS: Final = (".html", ".xml", ".txt", ".md", ".json", ".activity", ".css", ".js", ".svg", ".webmanifest")
DATA: Final = (".json", ".activity")
FORMS: Final = (".gz", ".br")
# Made long after the page (squeezing.py), of the same stamp; gone before another page comes, so that no server that
# does not look at stamps gives out an old one.
LATER: Final = (".zst",)
_GZIP_LEVEL: Final = 6
_BROTLI_QUALITY: Final = 5
# They go in one packet anyhow.
_FEW_DATA: Final = 2_500
_LOCKS: Final = 64
OK: Final = 200
_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class NoRoom(OSError):
    """The disk is full, or a limit on it is reached."""

    def __str__(self) -> str:
        return (
            "There is no room left on the disk for pages. Readers keep the old ones; make room, and the rest is made"
            " by itself."
        )


@contextmanager
def told_if_full() -> Iterator[None]:
    """Say in words that there is no room: what fails inside for that reason raises NoRoom."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise NoRoom(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        raise


class DiskStore:
    """Files below `root`, by their names relative to it."""

    def __init__(self, root: Path, *, is_synced: bool = True) -> None:
        self.root = root
        # Not, where so much is made anew that a power cut would have all of it made again anyway.
        self._is_synced = is_synced

    def put(self, name: str, content: bytes, *, status: int = OK) -> None:
        """Put a file in place, with its compressed forms. Raises OSError; then the old one stands."""
        file = self.root / name
        marker = _beside(file, STATUS)
        if status != OK:
            write_atomically(marker, str(status).encode())
        _place_with_forms(file, content, is_synced=self._is_synced)
        if status == OK and marker.exists():
            marker.unlink()
            # A server may have read the new page together with the old marker: to it this is another file.
            _stamp(file)

    def remove(self, name: str) -> None:
        """Take a file away with all that stands beside it. Safe to repeat."""
        file = self.root / name
        for one in (file, *(_beside(file, suffix) for suffix in (*FORMS, *LATER, STATUS))):
            with suppress(FileNotFoundError, NotADirectoryError):
                one.unlink()

    def status_of(self, name: str) -> int:
        """Return with which status the file is served."""
        try:
            return int(_beside(self.root / name, STATUS).read_text())
        except (FileNotFoundError, NotADirectoryError):
            return OK

    def digest(self, name: str) -> str:
        """Return the SHA-256 of a file, as hexadecimal digits; nothing where there is none."""
        try:
            return sha256((self.root / name).read_bytes()).hexdigest()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return ""

    def holds(self, name: str) -> bool:
        """Is there such a file?"""
        return (self.root / name).is_file()

    def names(self, *, before: float) -> Iterator[str]:
        """Yield the names of all pages in place since before a moment (seconds since 1970), sorted by folder."""
        for folder, folders, files in os.walk(self.root):
            here = Path(folder)
            if here == self.root:
                folders[:] = [name for name in folders if name not in {BACKSTAGE, STATIC}]
            folders.sort()
            for name in sorted(files):
                if not name.endswith((*FORMS, *LATER, STATUS, UNFINISHED)) and _is_older(here / name, before):
                    yield str((here / name).relative_to(self.root))

    def unsqueezed(self, name: str) -> int | None:
        """Return the stamp of a text whose smallest forms were not made yet; None where there is nothing to do."""
        file = self.root / name
        try:
            stamp = file.stat().st_mtime_ns
            _beside(file, FORMS[0]).stat()
        except (FileNotFoundError, NotADirectoryError):
            return None  # it has no forms, or stands no more
        try:
            return stamp if _beside(file, LATER[0]).stat().st_mtime_ns != stamp else None
        except FileNotFoundError:
            return stamp

    def press_down(self, name: str, forms: Mapping[str, bytes], *, stamp: int) -> bool:
        """Put smaller forms beside a page, if it is the one that had this stamp. Call it under the page's lock.

        Forms first, then the page's new stamp: a server that looks in between finds no form that fits, and the plain
        page; from then on it is another file to it, whose forms are read anew. Raises OSError.
        """
        file, now = self.root / name, time.time_ns()
        if self.unsqueezed(name) != stamp:
            return False
        for suffix, form in forms.items():
            before = _beside(file, suffix)
            if not before.exists() or before.stat().st_size > len(form):
                place(before, form, now, is_synced=False)
        for one in (*(_beside(file, suffix) for suffix in (*FORMS, *LATER)), file):
            with suppress(FileNotFoundError):
                os.utime(one, ns=(now, now))
        return True

    def sweep(self, *, before: float) -> int:
        """Remove what killed writers left unfinished before a moment; return how many files."""
        return remove_unfinished(self.root, before=before)

    def compress_static(self) -> int:
        """Give each static text its compressed forms; return how many were missing or old."""
        made = 0
        for folder, _folders, files in os.walk(self.root / STATIC):
            for name in files:
                file = Path(folder) / name
                if name.endswith(TEXTS) and not _has_forms(file):
                    _place_with_forms(file, file.read_bytes())
                    made += 1
        return made

    @contextmanager
    def holding(self, name: str) -> Iterator[None]:
        """Let nobody else, in any process, make what is called `name` meanwhile.

        Who reads the database inside, and then writes, never puts an old page over a newer one.
        """
        with self.holding_all([name]):
            yield

    @contextmanager
    def holding_all(self, names: Iterable[str]) -> Iterator[None]:
        """Let nobody else make any of these meanwhile. Always taken in one order, so that two never wait in a ring."""
        numbers = {int.from_bytes(sha256(name.encode()).digest()[:2]) % _LOCKS for name in names}
        with ExitStack() as held:
            for number in sorted(numbers):
                held.enter_context(self._locked(f"{number:02}"))
            yield

    def changing(self) -> AbstractContextManager[None]:
        """Let nobody else change many pages at one stroke meanwhile. Taken before the pages' own locks."""
        return self._locked("stroke")

    def making_ready(self) -> AbstractContextManager[None]:
        """Let nobody look for what is made ready while somebody makes it. Taken before all others."""
        return self._locked("ahead")

    def claims(self) -> AbstractContextManager[Claims]:
        """Return the claims of a run on what is due."""
        return claims_in(self.root / BACKSTAGE / "locks" / "due")

    def gathering(self) -> AbstractContextManager[None]:
        """Let nobody else make what is around the pieces that wait. Taken before the lock of strokes."""
        return self._locked("pieces")

    def bringing(self) -> AbstractContextManager[bool]:
        """Let nobody else bring files to the store elsewhere meanwhile. False where somebody does: it is not waited."""
        return self._tried("elsewhere")

    @contextmanager
    def _tried(self, name: str) -> Iterator[bool]:
        folder = self.root / BACKSTAGE / "locks"
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / name).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True

    @contextmanager
    def _locked(self, name: str) -> Iterator[None]:
        folder = self.root / BACKSTAGE / "locks"
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / name).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def forms_for(file: Path, content: bytes) -> dict[str, bytes]:
    """Return the compressed forms that a file has by their suffixes: none where it is no text, or a few data."""
    is_worth_it = file.suffix in TEXTS and (file.suffix not in DATA or len(content) >= _FEW_DATA)
    return forms_of(content) if is_worth_it else {}


def forms_of(content: bytes) -> dict[str, bytes]:
    """Return the compressed forms of a text by the suffix of their files; the same bytes for the same text."""
    return {
        ".gz": bytes(deflate.gzip_compress(content, _GZIP_LEVEL)),
        ".br": brotli.compress(content, quality=_BROTLI_QUALITY),
    }


def _place_with_forms(file: Path, content: bytes, *, is_synced: bool = True) -> None:
    stamp = time.time_ns()
    file.parent.mkdir(parents=True, exist_ok=True)
    forms = forms_for(file, content)
    forget_later(file)
    for suffix, form in forms.items():
        place(_beside(file, suffix), form, stamp, is_synced=is_synced)
    place(file, content, stamp, is_synced=is_synced)
    for suffix in FORMS if file.suffix in TEXTS and not forms else ():
        _beside(file, suffix).unlink(missing_ok=True)  # of an older file that was larger
    if is_synced:
        sync_folder(file.parent)


def place(file: Path, content: bytes, stamp: int, *, is_synced: bool = True) -> None:
    """Put a file in place, written through to the disk, with this time stamp (ns). Raises OSError, NoRoom."""
    unfinished = f"{file.parent}/.{secrets.token_hex(8)}{UNFINISHED}"
    try:
        _write(unfinished, content, stamp, is_synced=is_synced)
        os.replace(unfinished, file)  # noqa: PTH105 — hundreds of thousands of times in a whole bake
    except BaseException as error:
        with suppress(OSError):
            os.unlink(unfinished)  # noqa: PTH108 — as above
        if isinstance(error, OSError) and error.errno in _FULL:
            raise NoRoom(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        raise


def _write(unfinished: str, content: bytes, stamp: int, *, is_synced: bool) -> None:
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    with open(descriptor, "wb", buffering=0) as opened:  # noqa: PTH123 — a descriptor, not a path
        left = memoryview(content)
        while left:
            left = left[opened.write(left) :]
        if is_synced:
            os.fsync(descriptor)
    os.utime(unfinished, ns=(stamp, stamp))


def forget_later(file: Path) -> None:
    """Take away the forms that were made long after a page, before another comes in its place."""
    for suffix in LATER:
        with suppress(FileNotFoundError, NotADirectoryError):
            os.unlink(f"{file}{suffix}")  # noqa: PTH108 — for each page of a whole bake


def _stamp(file: Path) -> None:
    stamp = time.time_ns()
    for one in (*(_beside(file, suffix) for suffix in (*FORMS, *LATER)), file):
        with suppress(FileNotFoundError):
            os.utime(one, ns=(stamp, stamp))


def _has_forms(file: Path) -> bool:
    try:
        stamp = file.stat().st_mtime_ns
        return all(_beside(file, suffix).stat().st_mtime_ns == stamp for suffix in FORMS)
    except FileNotFoundError:
        return False


def _is_older(file: Path, moment: float) -> bool:
    try:
        return file.stat().st_mtime < moment
    except FileNotFoundError:
        return False


def _beside(file: Path, suffix: str) -> Path:
    return file.with_name(file.name + suffix)
