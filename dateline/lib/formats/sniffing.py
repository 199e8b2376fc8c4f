"""Which format a delivered file is in, by its first bytes: names and content types lie too often."""

import os
import re
from functools import lru_cache
from pathlib import Path
from typing import IO, Final

from dateline.lib.formats import newsml, ninjs, wxr
from dateline.lib.formats.pieces import Delivered, Unreadable

# What is read at once; an export of WordPress is read item by item and may be larger.
LARGEST: Final = 32 * 1024 * 1024
LARGEST_EXPORT: Final = 256 * 1024 * 1024
_HEAD: Final = 65_536
_PACKED: Final = {
    b"PK": "a ZIP archive",
    b"\x1f\x8b": "packed with gzip",
    b"BZh": "packed with bzip2",
    b"\xfd7zXZ": "packed with xz",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"(\xb5/\xfd": "packed with zstd",
    b"%PDF": "a PDF",
}
_ROOT = re.compile(rb"<(?![?!])(?:[\w.-]{1,100}:)?([A-Za-z][\w.-]{0,100})")
_MARKS: Final = b"\xef\xbb\xbf \t\r\n"


class UnknownForm(Unreadable):
    """A file in no format that is read here."""


def read_file(path: Path, *, start: int = 0, count: int = 500) -> Delivered:
    """Return what a delivered file holds; of an export, `count` items from the item `start` on.

    Raises Unreadable with what is wrong; OSError.
    """
    with opened(path) as source:
        told = os.fstat(source.fileno())
        known = (str(path), told.st_mtime_ns, told.st_size)
        return read(source, start=start, count=count, known=known)


def opened(path: Path) -> IO[bytes]:
    """Open a file that a partner laid there; a link that somebody put in its place is not followed."""
    return os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb")


def read(
    source: IO[bytes], *, start: int = 0, count: int = 500, known: tuple[str, int, int] | None = None
) -> Delivered:
    """Return what a delivered file holds, as `read_file`. known: path, time and size by which it is known again."""
    head = source.read(_HEAD)
    form = form_of(head)
    size = source.seek(0, 2)
    _refuse_large(size, LARGEST_EXPORT if form == "wxr" else LARGEST)
    source.seek(0)
    if form == "wxr":
        site = _site_of(*known) if known and start else None
        return wxr.read(source, start=start, count=count, site=site)
    content = source.read()
    return ninjs.read(content) if form == "ninjs" else newsml.read(content)


@lru_cache(maxsize=1)
def _site_of(path: str, _changed_at: int, _size: int) -> wxr.Site:
    """Keep what a large export says of its authors and pictures while it is read page by page."""
    with opened(Path(path)) as source:
        return wxr.site_of(source)


def form_of(head: bytes) -> str:
    """Return `ninjs`, `newsml` or `wxr`. head: the first bytes. Raises UnknownForm."""
    for magic, packing in _PACKED.items():
        if head.startswith(magic):
            raise UnknownForm(f"It is {packing}. Send the text itself, unpacked: ninjs, NewsML-G2 or WXR.")
    plain = head.replace(b"\x00", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head
    start = plain.lstrip(_MARKS)[:1]
    if start in (b"{", b"["):
        return "ninjs"
    found = _ROOT.search(plain)
    name = found[1].lower() if found else b""
    if name == b"rss" and (b"wordpress.org/export" in plain or b"wxr_version" in plain):
        return "wxr"
    if name in (b"newsitem", b"newsmessage", b"packageitem", b"nitf"):
        return "newsml"
    raise UnknownForm(_what_it_is(head, name))


def _what_it_is(head: bytes, root: bytes) -> str:
    known = "Known are ninjs (JSON), NewsML-G2 and NITF (XML) and WXR (WordPress's export)."
    if not head.strip():
        return f"It is empty. {known}"
    if root in (b"rss", b"feed", b"rdf"):
        return f"It is a feed; add its address as a channel instead. {known}"
    if root:
        return f"Its root element is «{root.decode('ascii', 'replace')[:60]}». {known}"
    return f"It is neither JSON nor XML. {known}"


def _refuse_large(size: int, largest: int) -> None:
    if size > largest:
        raise UnknownForm(f"It has {size // 2**20} MiB; {largest // 2**20} MiB is the most that is read.")
