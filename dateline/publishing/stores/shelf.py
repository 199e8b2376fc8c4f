"""The shelf from which readers are served: baked files, held in memory, ready to send.

A page is read from disk once, with its compressed forms and its headers. Each request costs one `stat`:
a file that was put in place since (another inode, time or size) is read anew, so that several processes
agree without speaking to each other. Django is not needed here.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG
from typing import Final
from urllib.parse import unquote

from dateline.publishing.stores.headers import Headers, headers_of, media_type

Stamp = tuple[int, int, int]

# Best first: what a client accepts is tried in this order.
ENCODINGS: Final = (("br", ".br"), ("zstd", ".zst"), ("gzip", ".gz"))
# What is larger is streamed from disk and never held.
LARGEST_HELD: Final = 2_000_000
SHELF_BYTES: Final = 96_000_000
LARGEST_HEADER: Final = 8_000
OK: Final = 200


@dataclass(frozen=True, slots=True)
class Form:
    """A page in one encoding, ready to send."""

    etag: str
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class Held:
    """A file on the shelf. `forms` by content encoding, "" for none; empty where it is streamed from `file`.

    etag, headers: of a file that is streamed. is_in_parts: it is given out in parts, too.
    """

    file: str
    stamp: Stamp
    status: int
    forms: dict[str, Form]
    headers: Headers
    size: int
    etag: str = ""
    is_in_parts: bool = False


class Shelf:
    """Baked files below one folder, by the paths that readers ask for.

    prefix: the part of a request's path that names this folder. `is_upload` marks what people uploaded.
    also: headers of every answer, beside those that a file has everywhere; said_of_pages: those of pages and data,
    which are asked for again each time.
    """

    def __init__(
        self,
        root: Path,
        *,
        prefix: str = "/",
        is_upload: bool = False,
        also: Sequence[tuple[str, str]] = (),
        said_of_pages: Sequence[tuple[str, str]] = (),
    ) -> None:
        self._root = str(root.resolve())
        self._prefix = prefix
        self._is_upload = is_upload
        self._also = [*also, *(said_of_pages if prefix == "/" else ())]
        self._held: dict[str, Held] = {}
        self._bytes = 0

    def find(self, path: str) -> Held | None:
        """Return what stands at `path` now, or None where there is nothing to serve."""
        held = self._held.get(path)
        file = held.file if held else self.file_of(path)
        stamp = stamp_of(file) if file else None
        if held and held.stamp == stamp:
            return held
        if held:
            self._bytes -= held.size
            del self._held[path]
        return self._take(path, file, stamp) if file and stamp else None

    def file_of(self, path: str) -> str | None:
        """Return the file that `path` means, or None where it leads out of the folder or to what is never served."""
        relative = path[len(self._prefix) :]
        if "%" in relative:
            try:
                relative = unquote(relative, errors="strict")
            except UnicodeDecodeError:
                return None
        if "\0" in relative or "\\" in relative or relative.startswith(("/", "_/")):
            return None
        parts = relative.split("/")
        if any(
            part in {".", ".."} or (part == "" and number < len(parts) - 1)
            for number, part in enumerate(parts)
        ):
            return None
        if relative.endswith((".gz", ".br", ".zst", ".status")):
            return None
        return os.path.join(self._root, relative + "index.html" if parts[-1] == "" else relative)  # noqa: PTH118

    def _take(self, path: str, file: str, stamp: Stamp) -> Held | None:
        status = self._status_of(file)
        if stamp[2] > LARGEST_HELD:
            return self._streamed(file, stamp, status)
        try:
            held = self._read(file, stamp, status)
        except FileNotFoundError:  # taken down between the two looks
            return None
        if self._bytes + held.size > SHELF_BYTES:
            self._held.clear()
            self._bytes = 0
        self._held[path] = held
        self._bytes += held.size
        return held

    def _read(self, file: str, stamp: Stamp, status: int) -> Held:
        plain = Path(file).read_bytes()
        headers = self._headers_of(file, plain)
        in_parts = status == OK and not media_type(file).startswith("text/")
        if in_parts:
            headers.append(("accept-ranges", "bytes"))
        forms = {"": _form(plain, headers, "")}
        for encoding, suffix in ENCODINGS:
            beside = stamp_of(file + suffix)
            # A compressed form that was not put in place together with its page is not its form.
            if beside and beside[1] == stamp[1]:
                forms[encoding] = _form(Path(file + suffix).read_bytes(), headers, encoding)
        size = sum(len(form.body) for form in forms.values())
        return Held(file, stamp, status, forms=forms, headers=headers, size=size, is_in_parts=in_parts)

    def _streamed(self, file: str, stamp: Stamp, status: int) -> Held:
        etag = f'"{stamp[1]:x}-{stamp[2]:x}"'
        headers = [*self._headers_of(file, b""), ("etag", etag), ("accept-ranges", "bytes")]
        return Held(
            file, stamp, status, forms={}, headers=headers, size=0, etag=etag, is_in_parts=status == OK
        )

    def _headers_of(self, file: str, content: bytes) -> Headers:
        path = self._prefix + os.path.relpath(file, self._root)
        return [*headers_of(path, content, is_upload=self._is_upload), *self._also]

    def _status_of(self, file: str) -> int:
        try:
            return int(Path(file + ".status").read_text())
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return OK


def stamp_of(file: str) -> Stamp | None:
    """Return what changes when another file is put in this place: inode, time in ns, bytes; None without one."""
    try:
        found = os.stat(file)  # noqa: PTH116  # on every request: the plain call is half the cost
    except (OSError, ValueError):
        return None
    return (found.st_ino, found.st_mtime_ns, found.st_size) if S_ISREG(found.st_mode) else None


def choose(accepted: str, forms: dict[str, Form]) -> Form:
    """Return the best form for an `Accept-Encoding` header."""
    for encoding, _suffix in ENCODINGS:
        if encoding in forms and accepts(accepted, encoding):
            return forms[encoding]
    return forms[""]


def accepts(header: str, encoding: str) -> bool:
    """Does an `Accept-Encoding` header allow this encoding? `q=0` forbids."""
    if encoding not in header or len(header) > LARGEST_HEADER:
        return False
    for part in header.split(","):
        name, _, parameters = part.partition(";")
        if name.strip().lower() == encoding:
            return parameters.replace(" ", "").lower() not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def is_known(if_none_match: str, etag: str) -> bool:
    """Does the client have this form already? Compared weakly, as RFC 9110, 13.1.2, says."""
    if not if_none_match or len(if_none_match) > LARGEST_HEADER:
        return False
    return if_none_match.strip() == "*" or any(
        tag.strip().removeprefix("W/") == etag for tag in if_none_match.split(",")
    )


def _form(body: bytes, headers: Headers, encoding: str) -> Form:
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    own = [*headers, ("etag", etag), ("content-length", str(len(body)))]
    if encoding:
        own.append(("content-encoding", encoding))
    return Form(etag=etag, headers=own, body=body)
