"""Sitemaps: which addresses there are, when they last changed, and in which languages they also stand.

Source: the sitemaps.org protocol 0.9; Google's xhtml:link alternates and news sitemaps 0.9.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from lxml import etree

from dateline.lib.text import without_controls

SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML: Final = "http://www.w3.org/1999/xhtml"
NEWS: Final = "http://www.google.com/schemas/sitemap-news/0.9"
MOST_ADDRESSES: Final = 50_000
MOST_NEWS: Final = 1_000
MOST_BYTES: Final = 50 * 1024 * 1024

# lxml takes None as the prefix that is not written; its stubs do not know.
_PLAIN: Final[Any] = {None: SITEMAP}
_BOTH: Final[Any] = {None: SITEMAP, "xhtml": XHTML}
_HEAD: Final = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{SITEMAP}" xmlns:xhtml="{XHTML}">\n'.encode()
)
_FOOT: Final = b"</urlset>\n"


@dataclass(frozen=True)
class Place:
    """An address. `alternates` are (language, absolute address), its own among them."""

    loc: str
    changed_at: datetime | None = None
    alternates: tuple[tuple[str, str], ...] = ()


def sitemaps(
    places: Iterable[Place], *, most_addresses: int = MOST_ADDRESSES, most_bytes: int = MOST_BYTES
) -> Iterator[bytes]:
    """Yield one sitemap or several, none larger than the protocol allows, places in their order.

    Without any place there is one empty sitemap.
    """
    held: list[bytes] = []
    size = len(_HEAD) + len(_FOOT)
    was_any = False
    for place in places:
        line = _line(place)
        if held and (len(held) == most_addresses or size + len(line) > most_bytes):
            yield _HEAD + b"".join(held) + _FOOT
            held, size, was_any = [], len(_HEAD) + len(_FOOT), True
        held.append(line)
        size += len(line)
    if held or not was_any:
        yield _HEAD + b"".join(held) + _FOOT


@dataclass(frozen=True)
class News:
    """A piece of the last two days. publication: the site's name in the piece's language."""

    loc: str
    publication: str
    language: str
    published_at: datetime
    title: str


def news_sitemaps(pieces: Sequence[News]) -> list[bytes]:
    """Return one news sitemap or several, none with more pieces than are read; one that is empty without any."""
    return [
        _news_sitemap(pieces[start : start + MOST_NEWS]) for start in range(0, len(pieces) or 1, MOST_NEWS)
    ]


def _news_sitemap(pieces: Sequence[News]) -> bytes:
    spaces: Any = {None: SITEMAP, "news": NEWS}
    root = etree.Element(_name(SITEMAP, "urlset"), nsmap=spaces)
    for piece in pieces:
        url = etree.SubElement(root, _name(SITEMAP, "url"))
        _say(url, piece.loc, None)
        told = etree.SubElement(url, _name(NEWS, "news"))
        by = etree.SubElement(told, _name(NEWS, "publication"))
        etree.SubElement(by, _name(NEWS, "name")).text = without_controls(piece.publication)
        etree.SubElement(by, _name(NEWS, "language")).text = piece.language
        date = piece.published_at.isoformat(timespec="seconds")
        etree.SubElement(told, _name(NEWS, "publication_date")).text = date
        etree.SubElement(told, _name(NEWS, "title")).text = without_controls(piece.title)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def index(files: Sequence[tuple[str, datetime | None]]) -> bytes:
    """Return the index of several sitemaps: absolute addresses and when each last changed."""
    root = etree.Element(_name(SITEMAP, "sitemapindex"), nsmap=_PLAIN)
    for address, changed_at in files:
        one = etree.SubElement(root, _name(SITEMAP, "sitemap"))
        _say(one, address, changed_at)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _line(place: Place) -> bytes:
    url = etree.Element(_name(SITEMAP, "url"), nsmap=_BOTH)
    _say(url, place.loc, place.changed_at)
    for language, href in place.alternates:
        etree.SubElement(url, _name(XHTML, "link"), rel="alternate", hreflang=language, href=href)
    # Each line is built and written apart, so that a file of 50,000 is never a tree in memory.
    declared = f' xmlns="{SITEMAP}" xmlns:xhtml="{XHTML}"'.encode()
    other = f' xmlns:xhtml="{XHTML}" xmlns="{SITEMAP}"'.encode()
    return etree.tostring(url).replace(declared, b"", 1).replace(other, b"", 1) + b"\n"


def _say(parent: etree._Element, address: str, changed_at: datetime | None) -> None:
    etree.SubElement(parent, _name(SITEMAP, "loc")).text = address
    if changed_at:
        etree.SubElement(parent, _name(SITEMAP, "lastmod")).text = changed_at.isoformat(timespec="seconds")


def _name(space: str, tag: str) -> str:
    return f"{{{space}}}{tag}"
