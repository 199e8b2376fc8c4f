"""Feeds that can be checked without us: a seal over all that a feed says, and a link from each piece to its record.

The seal is a record's line (`lib.records`) with the hash of the feed without it: of its canonical XML for RSS and
Atom, of its one spelling for JSON Feed. It stands in the feed itself, so that the feed and the site's key are enough.
Pure. Source: Canonical XML 1.0; the extension rules of RSS 2.0, Atom (RFC 4287, 6) and JSON Feed 1.1.
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from lxml import etree

from dateline.lib.formats.pieces import Unreadable
from dateline.lib.formats.rss import ATOM, SEAL
from dateline.lib.formats.safe_xml import LOOKED_AT, OPTIONS, refuse_entities
from dateline.lib.records import FIRST, NotGenuine, NotSealable, open_record, seal, spelled

EVENT: Final = "feed"
_OURS: Final = "_dateline"
_SEAL: Final = f"{{{SEAL}}}seal"
_SHA256: Final = f"{{{SEAL}}}sha256"
_RECORD: Final = f"{{{ATOM}}}link[@rel='describedby']"


class NoFeed(ValueError):
    """It cannot be read as RSS, Atom or JSON Feed."""

    def __init__(self) -> None:
        super().__init__("This is no feed: it cannot be read as RSS, Atom or JSON Feed.")


@dataclass(frozen=True)
class Item:
    """A piece in a feed. record, record_sha256: where its record is and its hash; empty where it names none."""

    title: str
    href: str
    record: str
    record_sha256: str


def looks_like_feed(content: bytes) -> bool:
    """Return whether something is meant to be a feed, by how it begins."""
    start = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] == b"{":
        return b"jsonfeed.org" in start
    return start[:1] == b"<" and (b"<rss" in start or b"<feed" in start)


def seal_feed(content: bytes, *, address: str, key: bytes) -> bytes:
    """Return a feed with its seal in it. key: private, PEM. Raises NoFeed, NotSealable, BadKey."""
    feed = _read(content)
    body = {"event": EVENT, "address": address, "content_sha256": _print_of(feed)}
    line = seal(body, number=0, previous=FIRST, key=key)
    if isinstance(feed, dict):
        feed.setdefault(_OURS, {})["seal"] = line
        return json.dumps(feed, ensure_ascii=False).encode()
    etree.SubElement(_channel(feed), _SEAL, nsmap={"seal": SEAL}).text = line
    return etree.tostring(feed, xml_declaration=True, encoding="UTF-8") + b"\n"


def open_feed(content: bytes, *, public: bytes) -> tuple[Item, ...]:
    """Return the pieces of a feed that this key sealed as it is. Raises NoFeed, NotGenuine, BadKey."""
    feed = _read(content)
    line = _taken_out(feed)
    if not line:
        raise NotGenuine(
            "no-seal", "The feed has no seal: it was not published with one, or it was taken away."
        )
    body = open_record(line, public=public).body
    try:
        found = _print_of(feed)
    except (NotSealable, etree.C14NError) as error:
        raise NotGenuine("content", f"The feed was changed. {error}") from None
    if body.get("event") != EVENT or body.get("content_sha256") != found:
        raise NotGenuine("content", "The feed says something else than its seal: it was changed.")
    return tuple(_items(feed))


def _read(content: bytes) -> Any:
    try:
        if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
            return _with_items(json.loads(content))
        refuse_entities(content[:LOOKED_AT])
        # Comments and instructions are kept: who adds one has changed the feed.
        root = etree.fromstring(content, etree.XMLParser(**OPTIONS))
    except (ValueError, RecursionError, Unreadable, etree.XMLSyntaxError) as error:
        raise NoFeed from error
    if root is None or _channel(root) is None:
        raise NoFeed
    return root


def _with_items(feed: Any) -> Any:
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise NoFeed
    return feed


def _channel(root: Any) -> Any:
    return root if root.tag == f"{{{ATOM}}}feed" else root.find("channel")


def _taken_out(feed: Any) -> str:
    if isinstance(feed, dict):
        ours = feed.get(_OURS)
        line = ours.pop("seal", "") if isinstance(ours, dict) else ""
        if ours == {}:
            del feed[_OURS]
        return line if isinstance(line, str) else ""
    found = _channel(feed).findall(_SEAL)
    if len(found) != 1 or found[0].tail or len(found[0]) or found[0].attrib:
        return ""
    found[0].getparent().remove(found[0])
    return str(found[0].text or "")


def _print_of(feed: Any) -> str:
    told = spelled(feed) if isinstance(feed, dict) else etree.tostring(feed.getroottree(), method="c14n")
    return sha256(told).hexdigest()


def _items(feed: Any) -> list[Item]:
    if isinstance(feed, dict):
        return [_of_json(one) for one in feed["items"] if isinstance(one, dict)]
    entries = _channel(feed).findall("item") or feed.findall(f"{{{ATOM}}}entry")
    return [_of_xml(one) for one in entries]


def _of_json(one: dict[str, Any]) -> Item:
    ours = one.get(_OURS)
    record = ours.get("record") if isinstance(ours, dict) else None
    told = record if isinstance(record, dict) else {}
    words = (one.get("title"), one.get("url"), told.get("url"), told.get("sha256"))
    return Item(*(str(word or "") for word in words))


def _of_xml(one: Any) -> Item:
    record = one.find(_RECORD)
    title = one.findtext("title") or one.findtext(f"{{{ATOM}}}title") or ""
    links = (
        link.get("href", "")
        for link in one.findall(f"{{{ATOM}}}link")
        if link.get("rel", "alternate") == "alternate"
    )
    href = one.findtext("link") or next(links, "")
    if record is None:
        return Item(title, href, "", "")
    return Item(title, href, record.get("href", ""), record.get(_SHA256, ""))
