"""Atom as readers and partners want it: each piece in its language, with its translator and where it first stood.

Source: RFC 4287; RFC 4946 (licence links); the media module of RSS; WebSub for hubs.
"""

from datetime import datetime
from html import escape
from typing import Final

from lxml import etree

from dateline.lib.formats.rss import ATOM, MEDIA, RECORD_TYPE, SEAL, XML, Entry, Feed, Picture
from dateline.lib.text import without_controls

MIME: Final = "application/atom+xml"
# lxml takes None as the prefix that is not written; its stubs do not know.
_SPACES: Final = {None: ATOM, "media": MEDIA, "seal": SEAL}


def write(feed: Feed) -> bytes:
    """Return the feed as Atom 1.0. Characters that XML cannot hold are left out."""
    root = etree.Element(_atom("feed"), nsmap=_SPACES)  # type: ignore[arg-type]
    root.set(f"{{{XML}}}lang", feed.language)
    _say(root, "id", feed.href)
    _say(root, "title", feed.title)
    _say(root, "subtitle", feed.summary)
    _say(root, "updated", _iso(feed.changed_at) if feed.changed_at else _NEVER)
    _link(root, "self", feed.href, mime=MIME)
    _link(root, "alternate", feed.page, mime="text/html", language=feed.language)
    for hub in feed.hubs:
        _link(root, "hub", hub)
    _say(root, "rights", feed.rights)
    author = etree.SubElement(root, _atom("author"))
    _say(author, "name", feed.publisher or feed.title)
    for entry in feed.entries:
        _write_entry(etree.SubElement(root, _atom("entry")), entry, feed_language=feed.language)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


# A feed without any piece was never updated; Atom wants a moment all the same.
_NEVER: Final = "1970-01-01T00:00:00Z"


def _write_entry(item: etree._Element, entry: Entry, *, feed_language: str) -> None:
    if entry.language != feed_language:
        item.set(f"{{{XML}}}lang", entry.language)
    for name, text in (
        ("id", entry.guid),
        ("title", entry.title),
        ("published", _iso(entry.published_at)),
        ("updated", _iso(entry.updated_at or entry.published_at)),
    ):
        _say(item, name, text)
    _write_links(item, entry)
    for kind, names in (("author", entry.authors), ("contributor", entry.contributors)):
        for name in names:
            _say(etree.SubElement(item, _atom(kind)), "name", name)
    for category in entry.categories:
        etree.SubElement(item, _atom("category"), term=without_controls(category))
    if entry.source:
        source = etree.SubElement(item, _atom("source"))
        _say(source, "title", entry.source[0])
        _link(source, "alternate", entry.source[1])
    _say(item, "summary", "\n".join((*entry.notes, entry.summary)).strip())
    notes = "".join(f"<p><em>{escape(note)}</em></p>\n" for note in entry.notes)
    content = _say(item, "content", notes + entry.html if entry.html else "")
    if content is not None:
        content.set("type", "html")
    if entry.picture:
        _write_picture(item, entry.picture)


def _write_links(item: etree._Element, entry: Entry) -> None:
    _link(item, "alternate", entry.href, mime="text/html", language=entry.language)
    if entry.via:
        _link(item, "via", entry.via)
    if entry.licence:
        _link(item, "license", entry.licence)
    if entry.record:
        link = _link(item, "describedby", entry.record[0], mime=RECORD_TYPE)
        link.set(f"{{{SEAL}}}sha256", entry.record[1])


def _write_picture(item: etree._Element, picture: Picture) -> None:
    content = etree.SubElement(
        item,
        f"{{{MEDIA}}}content",
        url=picture.href,
        type=picture.mime,
        medium="image",
        width=str(picture.width),
    )
    for name, text in (("description", picture.alt), ("credit", picture.credit)):
        if clean := without_controls(text):
            etree.SubElement(content, f"{{{MEDIA}}}{name}").text = clean


def _link(
    parent: etree._Element, rel: str, href: str, *, mime: str = "", language: str = ""
) -> etree._Element:
    link = etree.SubElement(parent, _atom("link"), rel=rel, href=href)
    if mime:
        link.set("type", mime)
    if language:
        link.set("hreflang", language)
    return link


def _say(parent: etree._Element, tag: str, text: str) -> etree._Element | None:
    clean = without_controls(text)
    if not clean:
        return None
    element = etree.SubElement(parent, _atom(tag))
    element.text = clean
    return element


def _atom(tag: str) -> str:
    return f"{{{ATOM}}}{tag}"


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
