"""RSS 2.0 as readers and partners want it: who wrote it, who translated it, where it first stood.

Source: the RSS 2.0 specification; the Atom, Dublin Core and content modules.
"""

from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import Final

from lxml import etree

from dateline.lib.text import without_controls

ATOM: Final = "http://www.w3.org/2005/Atom"
DC: Final = "http://purl.org/dc/elements/1.1/"
CONTENT: Final = "http://purl.org/rss/1.0/modules/content/"
MEDIA: Final = "http://search.yahoo.com/mrss/"
XML: Final = "http://www.w3.org/XML/1998/namespace"
# Ours: the seal of a feed, and the hash of the record that a piece is described by (`formats.sealed`).
SEAL: Final = "urn:dateline:seal:1"
RECORD_TYPE: Final = "application/vnd.dateline.record+json"
SPACES: Final = {"atom": ATOM, "dc": DC, "content": CONTENT, "media": MEDIA, "seal": SEAL}


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture beside an entry, with its own credit."""

    href: str
    mime: str
    width: int
    alt: str = ""
    credit: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A piece in a feed. All addresses are absolute; `html` is empty where only an excerpt may stand.

    source: name and address of the outlet where it first stood. updated_at: when something was put right in it,
    with what (`notes`, sentences, oldest first).
    """

    href: str
    guid: str
    title: str
    published_at: datetime
    language: str
    summary: str = ""
    html: str = ""
    authors: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    source: tuple[str, str] | None = None
    categories: tuple[str, ...] = ()
    via: str = ""
    picture: Picture | None = None
    updated_at: datetime | None = None
    notes: tuple[str, ...] = ()
    # Where its signed record is, and the hash of it.
    record: tuple[str, str] | None = None
    # The address of the licence under which others may take it; empty where they have to ask.
    licence: str = ""


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A feed: its own address, the page that it follows, and its entries, newest first.

    hubs: who tells those who have subscribed of a change (WebSub). publisher: the site's name.
    """

    href: str
    page: str
    title: str
    summary: str
    language: str
    entries: tuple[Entry, ...]
    rights: str = ""
    hubs: tuple[str, ...] = ()
    publisher: str = ""

    @property
    def changed_at(self) -> datetime | None:
        """When something in it was last put out or put right; None where it is empty."""
        return max((one.updated_at or one.published_at for one in self.entries), default=None)


def write(feed: Feed) -> bytes:
    """Return the feed as RSS 2.0. Characters that XML cannot hold are left out."""
    root = etree.Element("rss", nsmap=SPACES)
    root.set("version", "2.0")
    root.set(_name(XML, "lang"), feed.language)
    channel = etree.SubElement(root, "channel")
    _say(channel, "title", feed.title)
    _say(channel, "link", feed.page)
    _say(channel, "description", feed.summary or feed.title)
    _say(channel, "language", feed.language)
    _say(channel, "copyright", feed.rights)
    if feed.changed_at:
        _say(channel, "lastBuildDate", format_datetime(feed.changed_at))
    _link(channel, "self", feed.href, mime="application/rss+xml")
    for hub in feed.hubs:
        _link(channel, "hub", hub)
    for entry in feed.entries:
        _write_entry(etree.SubElement(channel, "item"), entry, feed_language=feed.language)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _write_entry(item: etree._Element, entry: Entry, *, feed_language: str) -> None:
    if entry.language != feed_language:
        item.set(_name(XML, "lang"), entry.language)
    _say(item, "title", entry.title)
    _say(item, "link", entry.href)
    guid = _say(item, "guid", entry.guid)
    if guid is not None:
        guid.set("isPermaLink", "true" if entry.guid == entry.href else "false")
    _say(item, "pubDate", format_datetime(entry.published_at))
    if entry.updated_at:
        _say(item, _name(ATOM, "updated"), entry.updated_at.isoformat(timespec="seconds"))
    _say_names(item, entry)
    _say(item, "description", "\n".join((*entry.notes, entry.summary)).strip())
    notes = "".join(f"<p><em>{escape(note)}</em></p>\n" for note in entry.notes)
    _say(item, _name(CONTENT, "encoded"), notes + entry.html if entry.html else "")
    for category in entry.categories:
        _say(item, "category", category)
    if entry.source:
        source = _say(item, "source", entry.source[0])
        if source is not None:
            source.set("url", entry.source[1])
    if entry.via:
        _link(item, "via", entry.via)
    if entry.record:
        link = _link(item, "describedby", entry.record[0], mime=RECORD_TYPE)
        link.set(_name(SEAL, "sha256"), entry.record[1])
    if entry.picture:
        _write_picture(item, entry.picture)


def _say_names(item: etree._Element, entry: Entry) -> None:
    for author in entry.authors:
        _say(item, _name(DC, "creator"), author)
    for contributor in entry.contributors:
        _say(item, _name(DC, "contributor"), contributor)


def _write_picture(item: etree._Element, picture: Picture) -> None:
    content = etree.SubElement(
        item,
        _name(MEDIA, "content"),
        url=picture.href,
        type=picture.mime,
        medium="image",
        width=str(picture.width),
    )
    _say(content, _name(MEDIA, "description"), picture.alt)
    _say(content, _name(MEDIA, "credit"), picture.credit)


def _link(parent: etree._Element, rel: str, href: str, *, mime: str = "") -> etree._Element:
    link = etree.SubElement(parent, _name(ATOM, "link"), rel=rel, href=href)
    if mime:
        link.set("type", mime)
    return link


def _say(parent: etree._Element, tag: str, text: str) -> etree._Element | None:
    clean = without_controls(text)
    if not clean:
        return None
    element = etree.SubElement(parent, tag)
    element.text = clean
    return element


def _name(space: str, tag: str) -> str:
    return f"{{{space}}}{tag}"
