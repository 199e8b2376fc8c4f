"""Sitemaps read: which pages a site names, when each changed, and what its news say of themselves.

Source: the sitemaps.org protocol 0.9; Google's news, image extensions.
"""

import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from dateline.lib.decoding import decode
from dateline.lib.text import one_line

LONGEST_BYTES: Final = 50 * 1024 * 1024
MOST_PAGES: Final = 50_000
_GZIP: Final = b"\x1f\x8b"
_DECLARES: Final = re.compile(rb"<!ENTITY|<!DOCTYPE[^>\[]{0,1000}\[", re.IGNORECASE)
_LOOKED_AT: Final = 65_536
# What a page's element may hold, by its local name within its parent's.
_PAGE, _CHILD = "url", "sitemap"
_FIELDS: Final = {
    ("url", "loc"): "loc",
    ("url", "lastmod"): "changed",
    ("url", "changefreq"): "frequency",
    ("sitemap", "loc"): "loc",
    ("sitemap", "lastmod"): "changed",
    ("news", "title"): "title",
    ("news", "publication_date"): "published",
    ("publication", "name"): "outlet",
    ("publication", "language"): "language",
    ("image", "loc"): "picture",
}


class NotASitemap(ValueError):
    """The bytes are no sitemap; the message says what they look like and what to do."""


@dataclass(frozen=True, kw_only=True)
class PlaceRead:
    """A page of a sitemap, or a sitemap of an index. All as written, on one line; empty where it is not said.

    outlet, language: of the publication, as the news extension tells them.
    """

    loc: str
    changed: str = ""
    frequency: str = ""
    title: str = ""
    published: str = ""
    outlet: str = ""
    language: str = ""
    picture: str = ""

    @property
    def is_news(self) -> bool:
        """Whether the site says that it is a piece of news."""
        return bool(self.title or self.published)


@dataclass(frozen=True)
class SitemapRead:
    """A sitemap's pages, or an index's sitemaps, in their order."""

    pages: tuple[PlaceRead, ...] = ()
    children: tuple[PlaceRead, ...] = ()


def read(content: bytes) -> SitemapRead:
    """Return what a sitemap or an index of sitemaps lists, unpacked where it came packed, cut at MOST_PAGES.

    A plain text with an address a line is a sitemap too. Damaged ones are read as far as they go.
    Raises NotASitemap.
    """
    content = unpacked(content).lstrip(b"\xef\xbb\xbf \t\r\n")
    if not content:
        raise NotASitemap("The answer is empty; is the address complete?")
    if content[:1] != b"<":
        return _plain(content)
    if _DECLARES.search(content[:_LOOKED_AT].replace(b"\x00", b"")):
        raise NotASitemap(
            "The document declares entities of its own, which no sitemap needs; it is not read."
        )
    pages: list[PlaceRead] = []
    children: list[PlaceRead] = []
    for is_child, place in _places(content):
        (children if is_child else pages).append(place)
        if len(pages) + len(children) == MOST_PAGES:
            break
    if (
        not pages
        and not children
        and not re.search(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b", content[:_LOOKED_AT])
    ):
        raise NotASitemap(_what_it_is(content))
    return SitemapRead(tuple(pages), tuple(children))


def unpacked(content: bytes) -> bytes:
    """Return `content` without its gzip. Raises NotASitemap where it is damaged or swells past LONGEST_BYTES."""
    if not content.startswith(_GZIP):
        return content
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            plain = packed.read(LONGEST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise NotASitemap("The packed sitemap is damaged and cannot be unpacked.") from error
    if len(plain) > LONGEST_BYTES:
        raise NotASitemap(f"The packed sitemap swells to more than {LONGEST_BYTES} bytes; it is not read.")
    return plain


def _plain(content: bytes) -> SitemapRead:
    lines = [line.strip() for line in decode(content[:LONGEST_BYTES]).splitlines() if line.strip()]
    if not lines or not all(
        line.startswith(("http://", "https://")) and " " not in line for line in lines[:20]
    ):
        raise NotASitemap("This is no sitemap: neither XML nor a text with an address in each line.")
    return SitemapRead(pages=tuple(PlaceRead(loc=line) for line in lines[:MOST_PAGES]))


def _places(content: bytes) -> Iterator[tuple[bool, PlaceRead]]:
    parsing = etree.iterparse(
        io.BytesIO(content),
        events=("end",),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )
    try:
        for _event, element in parsing:
            name = _local(element)
            if name in {_PAGE, _CHILD}:
                place = _place(element)
                if place.loc:
                    yield name == _CHILD, place
                _let_go(element)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return  # what was read before the damage counts


def _place(element: etree._Element) -> PlaceRead:
    told: dict[str, str] = {}
    for inner in element.iter():
        parent = inner.getparent()
        within = _local(parent) if parent is not None else ""
        known = _FIELDS.get((within, _local(inner))) if inner is not element else None
        if known:
            told.setdefault(known, one_line(inner.text or ""))
    return PlaceRead(**{"loc": "", **told})


def _let_go(element: etree._Element) -> None:
    """Free what was read, so that 50,000 pages are never one tree."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _what_it_is(content: bytes) -> str:
    start = content[:2000].lower()
    if b"<rss" in start or b"<feed" in start or b"<rdf" in start:
        return "This is a feed, not a sitemap. Add it as a feed."
    if b"<html" in start or b"<!doctype html" in start:
        return "This looks like a web page, not a sitemap."
    return "This is XML, but no sitemap."
