"""Unpacks gzip, deflate and brotli bit by bit, so that a bomb is cut while it is still small.

Told apart from the client's own unpacking: a body that breaks off half-way is an error here, and
not a shorter article.
"""

import zlib
from collections.abc import Iterator
from typing import Final, Protocol

import brotli  # type: ignore[import-untyped]

from dateline.lib.urls import gettext_noop

PIECE_BYTES: Final = 64 * 1024
MOST_MEMBERS: Final = 100
GZIP_MARK: Final = b"\x1f\x8b"
ACCEPTED: Final = "gzip, deflate, br"


class BadPacking(ValueError):
    """The body is not packed as its header says, or breaks off. The message is the end of a sentence."""


class Unpacker(Protocol):
    """Takes a body as it comes and gives it unpacked, in pieces of at most PIECE_BYTES or as it came."""

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Yield what `chunk` unpacks to. Raises BadPacking."""
        ...

    def finish(self) -> None:
        """Check that the body was whole; nothing at all is whole. Raises BadPacking."""
        ...


def unpacker(encoding: str) -> Unpacker:
    """Return the unpacker for a Content-Encoding header, which may be empty. Raises BadPacking."""
    names = [
        name
        for name in (part.strip().lower() for part in encoding.split(","))
        if name not in {"", "identity"}
    ]
    if not names:
        return Plain()
    if len(names) == 1 and names[0] in {"gzip", "x-gzip"}:
        return Gzip()
    if names == ["deflate"]:
        return Deflate()
    if names == ["br"]:
        return Brotli()
    raise BadPacking(gettext_noop("is packed in a way that was not asked for"))


class Plain:
    """A body that is not packed."""

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Yield the chunk."""
        yield chunk

    def finish(self) -> None:
        """Nothing can be missing that the client would not notice."""


class Gzip:
    """RFC 1952: one member after another. What follows and is no member is dropped, as browsers do."""

    def __init__(self) -> None:
        self._members = 0
        self._member: zlib._Decompress | None = None
        self._rest = b""
        self._over = False

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Yield what `chunk` unpacks to. Raises BadPacking."""
        self._rest = b"" if self._over else self._rest + chunk
        while self._rest and (member := self._member or self._next_member()):
            yield from _inflated(member, self._rest)
            self._rest = member.unused_data
            self._member = None if member.eof else member

    def _next_member(self) -> "zlib._Decompress | None":
        if self._members and len(self._rest) < len(GZIP_MARK) and GZIP_MARK.startswith(self._rest):
            return None
        self._over = bool(self._members) and not self._rest.startswith(GZIP_MARK)
        self._members += 1
        if self._members > MOST_MEMBERS:
            raise BadPacking(gettext_noop("is packed in too many parts"))
        return None if self._over else zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)

    def finish(self) -> None:
        """Check that no member is half. Raises BadPacking."""
        if self._member is not None:
            raise BadPacking(gettext_noop("breaks off in the middle"))


class Deflate:
    """Both things that servers call deflate: with zlib's header (RFC 9110), and without."""

    def __init__(self) -> None:
        self._inflate: zlib._Decompress | None = None

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Yield what `chunk` unpacks to. Raises BadPacking."""
        if not chunk:
            return
        if self._inflate is None:
            has_header = chunk[0] & 0x0F == 8  # noqa: PLR2004 — RFC 1950: the method is 8
            self._inflate = zlib.decompressobj(wbits=zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS)
        if not self._inflate.eof:
            yield from _inflated(self._inflate, chunk)

    def finish(self) -> None:
        """Check that the stream came to its end. Raises BadPacking."""
        if self._inflate is not None and not self._inflate.eof:
            raise BadPacking(gettext_noop("breaks off in the middle"))


class Brotli:
    """RFC 7932."""

    def __init__(self) -> None:
        self._decoder = brotli.Decompressor()
        self._begun = False

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Yield what `chunk` unpacks to. Raises BadPacking."""
        self._begun = self._begun or bool(chunk)
        try:
            piece = self._decoder.process(chunk, output_buffer_limit=PIECE_BYTES)
            while piece:
                yield piece
                piece = self._decoder.process(b"", output_buffer_limit=PIECE_BYTES)
        except brotli.error as error:
            raise BadPacking(gettext_noop("is not packed as it says (brotli)")) from error

    def finish(self) -> None:
        """Check that the stream came to its end. Raises BadPacking."""
        if self._begun and not self._decoder.is_finished():
            raise BadPacking(gettext_noop("breaks off in the middle"))


def _inflated(inflate: "zlib._Decompress", chunk: bytes) -> Iterator[bytes]:
    try:
        piece = inflate.decompress(chunk, PIECE_BYTES)
        while piece:
            yield piece
            piece = b"" if inflate.eof else inflate.decompress(inflate.unconsumed_tail, PIECE_BYTES)
    except zlib.error as error:
        raise BadPacking(gettext_noop("is not packed as it says (gzip or deflate)")) from error
