"""Another digest's feed: each piece names where it first stood, and who published it there.

What is taken is the digest's own page; the first publisher is kept beside it (`via`), so that a translation and
its original are never mixed up. Read are `<source url>` of RSS and `link rel="via"` of Atom, in either feed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from lxml import etree

from dateline.intake import feeds
from dateline.lib.formats.pieces import Unreadable, address, line
from dateline.lib.formats.safe_xml import inner_text, local, parsed

_ENTRIES: Final = frozenset({"item", "entry"})

Via = tuple[str, str]


def parse(
    content: bytes, *, url: str, content_type: str | None, rules: Mapping[str, Any]
) -> feeds.ParsedFeed:
    """Return the feed in `content`, its entries with their first publishers. Raises NotAFeed, HostileMarkup."""
    del rules
    feed = feeds.parse(content, url=url, content_type=content_type)
    told = _told(content, base=url)
    return replace(feed, entries=[_credited(entry, told) for entry in feed.entries])


def _credited(entry: feeds.FeedEntry, told: Mapping[str, Via]) -> feeds.FeedEntry:
    via_url, via_name = told.get(entry.url) or told.get(entry.guid) or ("", "")
    if via_url == entry.url:  # it names itself: it is no reprint
        return entry
    return replace(entry, via_url=via_url, via_name=via_name)


def _told(content: bytes, *, base: str) -> dict[str, Via]:
    """Return by link and by identifier where each entry first stood; nothing where the feed is no sound XML."""
    try:
        root = parsed(content)
    except Unreadable:
        return {}
    found = {}
    for entry in (e for e in root.iter() if local(e) in _ENTRIES):
        via = _via(entry, base=base)
        if any(via):
            found.update(dict.fromkeys(filter(None, _names(entry, base=base)), via))
    return found


def _names(entry: etree._Element, *, base: str) -> Iterator[str]:
    for child in entry:
        if local(child) == "link" and (child.get("rel") or "alternate") == "alternate":
            yield address(child.get("href") or inner_text(child), base=base)
        elif local(child) in ("guid", "id"):
            yield inner_text(child).strip()


def _via(entry: etree._Element, *, base: str) -> Via:
    """Return address and name of the first publisher's piece. Where only a site is named, there is no address."""
    links = [child.get("href") for child in entry if local(child) == "link" and child.get("rel") == "via"]
    source = next((child for child in entry if local(child) == "source"), None)
    return next(filter(None, (address(link, base=base) for link in links)), ""), _name(source)


def _name(source: etree._Element | None) -> str:
    if source is None:
        return ""
    titles = [child for child in source if local(child) == "title"]  # Atom's names its feed in a title
    return line(inner_text(titles[0] if titles else source))
