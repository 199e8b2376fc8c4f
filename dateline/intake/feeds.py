"""Bytes of a feed to its entries: RSS, RDF, Atom and JSON Feed, well made or not."""

import html
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from dateline.intake.feeds_plain import read_plain
from dateline.intake.feeds_rest import skipped_days, skipped_hours
from dateline.intake.identity import kept_guid
from dateline.intake.metadata_authors import from_byline
from dateline.lib.dates import iso, parse_moment
from dateline.lib.decoding import decode
from dateline.lib.floods import refuse_floods
from dateline.lib.sanitise import sanitise, web_address
from dateline.lib.text import one_line

LONGEST = 15 * 1024 * 1024
MOST_ENTRIES = 2_000
_INTERNAL_SUBSET = re.compile(rb"<!DOCTYPE[^>\[]{0,400}\[", re.IGNORECASE)
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_LOOKED_AT = 20_000
_WEEK_MINUTES = 7 * 24 * 60


_MARKUP = re.compile("[<&]")
# Addresses that cannot be read in two ways, and stay as they are: most of them, and much sooner known.
_SIMPLE_ADDRESS = re.compile(
    r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+/[\w~%+,:/.=&-]*(?:\?[\w~%+,:/.=&-]+)?(?:#[\w~%+,:/.=&-]+)?",
    re.ASCII,
)


# By guid, as it is kept, the address and the title of an entry.
Known = Mapping[str, Sequence[str]]


class NotAFeed(ValueError):
    """Bytes that are no feed; the message says what they look like and what to do."""


@dataclass(frozen=True)
class FeedEntry:
    """One entry as its publisher gives it. `content_html` and `summary` are sanitised; `summary` is text.

    via_url, via_name: where it first stood and who published it there, as a channel of another digest says.
    """

    guid: str
    url: str
    title: str
    summary: str
    content_html: str
    authors: list[dict[str, str]]
    published_at: str | None
    language: str | None
    image_url: str | None
    via_url: str = ""
    via_name: str = ""


@dataclass(frozen=True)
class ParsedFeed:
    """A feed with its entries in their order.

    ttl: in minutes. skip_hours, skip_days: when it asks to be left alone, in UTC, Monday is 0.
    hub: the address of its WebSub hub; self_url: the feed's own, by which the hub knows it. listed: how many pages
    a sitemap names, pieces or not. parts: the sitemaps of an index that are worth reading, freshest first.
    """

    title: str
    home_url: str
    language: str | None
    ttl: int | None
    hub: str | None
    entries: list[FeedEntry] = field(default_factory=list)
    self_url: str = ""
    skip_hours: list[int] = field(default_factory=list)
    skip_days: list[int] = field(default_factory=list)
    listed: int = 0
    parts: list[str] = field(default_factory=list)


class Listed(NamedTuple):
    """An entry as far as its identity goes, and how to finish it: to clean markup is most of the work."""

    guid: str
    url: str
    title: str
    finish: Callable[[], FeedEntry]


@dataclass(frozen=True)
class Listing:
    """A feed of which nothing is cleaned yet: enough to see what is new in it."""

    feed: ParsedFeed
    entries: list[Listed]


_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")


def parse(
    content: bytes, *, url: str = "", content_type: str | None = None, known: Known | None = None
) -> ParsedFeed:
    """Return the feed in `content`, which came from `url` with the header `content_type`.

    An entry without an identifier has its address as guid, and without that a text of its title.
    known: entries that were read before; one that has the same address and title still is left out.
    Raises NotAFeed where it is none or declares entities, HostileMarkup where it would hang a parser.
    """
    listing = listed(content, url=url, content_type=content_type)
    wanted = (entry for entry in listing.entries if not known or not _is_known(entry, known))
    return replace(listing.feed, entries=[entry.finish() for entry in wanted])


def _is_known(entry: Listed, known: Known) -> bool:
    told = known.get(kept_guid(entry.guid or entry.url))
    return told is not None and list(told) == [entry.url, entry.title]


def listed(content: bytes, *, url: str = "", content_type: str | None = None) -> Listing:
    """Return what `parse` does, with each entry's texts still to be cleaned. Raises the same."""
    if not content.strip():
        raise NotAFeed("The answer is empty; is the address complete?")
    if len(content) > LONGEST:
        raise NotAFeed(f"The answer has {len(content)} bytes; a feed of more than {LONGEST} is not read.")
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _json_feed(content, url)
    _refuse_entities(content)
    return _xml_feed(content, url, content_type)


def _refuse_entities(content: bytes) -> None:
    """A feed has no use for entities of its own, and parsers have suffered from them."""
    for view in (content[:_LOOKED_AT], content[:_LOOKED_AT].replace(b"\x00", b"")):
        if _INTERNAL_SUBSET.search(view) or _ENTITY.search(view):
            raise NotAFeed("The document declares entities of its own, which no feed needs; it is not read.")


def _xml_feed(content: bytes, url: str, content_type: str | None) -> Listing:
    """Read a plain feed directly; feedparser is asked about all others, and is always right."""
    plain = read_plain(content, url=url, charset=_charset(content_type))
    parsed = plain or _thorough(content, url, content_type)
    channel = parsed.feed
    feed = ParsedFeed(
        title=_plain(channel.get("title")),
        home_url=web_address(_text(channel.get("link")), base=url) or "",
        language=_language(channel.get("language")),
        ttl=_minutes(channel.get("ttl")),
        hub=_related(channel.get("links", ()), "hub", url) or None,
        self_url=_related(channel.get("links", ()), "self", url),
        skip_hours=skipped_hours(content),
        skip_days=skipped_days(content),
    )
    return Listing(feed, [_listed(entry, url) for entry in parsed.entries[:MOST_ENTRIES]])


def _thorough(content: bytes, url: str, content_type: str | None) -> Any:
    text = decode(content, declared=_charset(content_type))
    refuse_floods(text)
    try:
        parsed = _parsed(content, url, content_type or "application/xml")
    except (ValueError, LookupError):
        # feedparser falls over names of encodings that are none; what we have decoded needs no name.
        plain = _DECLARATION.sub("", text, count=1).encode()
        try:
            parsed = _parsed(plain, url, "application/xml; charset=utf-8")
        except (ValueError, LookupError):
            raise NotAFeed("The document is damaged: its names do not hold together.") from None
    if not parsed.get("version") and not parsed.entries:
        raise NotAFeed(_what_it_is(text))
    return parsed


def _parsed(content: bytes, url: str, content_type: str) -> Any:
    import feedparser

    return feedparser.parse(
        io.BytesIO(content),  # bytes alone could be taken for the name of a file
        response_headers={"content-location": url, "content-type": content_type},
        sanitize_html=False,
        resolve_relative_uris=True,
    )


def _listed(entry: Any, url: str) -> Listed:
    address = _address(entry, url)
    title = _plain(entry.get("title"))
    guid = _text(entry.get("id")).strip() or address or title
    return Listed(guid, address, title, lambda: _finished(entry, url, guid, address, title))


def _finished(entry: Any, url: str, guid: str, address: str, title: str) -> FeedEntry:
    contents = [part.get("value") or "" for part in entry.get("content", ())]
    summary = _text(entry.get("summary"))
    content = max([*contents, ""], key=len) or summary
    return FeedEntry(
        guid=guid,
        url=address,
        title=title,
        summary=_plain(summary or content),
        content_html=_clean(content, url or address),
        authors=_authors(entry),
        published_at=_published(entry),
        language=_language((entry.get("title_detail") or {}).get("language")),
        image_url=_image(entry, url),
    )


def _address(entry: Any, url: str) -> str:
    """Return the link, as a path where the feed's own address is not told, and nothing where there is none.

    A guid that is said to be no address is none.
    """
    link = _text(entry.get("link"))
    if _SIMPLE_ADDRESS.fullmatch(link) and "/." not in link:
        return link
    links = [link for link in entry.get("links", ()) if link.get("rel", "alternate") == "alternate"]
    told = [link, *(_text(link.get("href")) for link in links)]
    found = next(filter(None, (web_address(one, base=url) for one in told if one.strip())), "")
    is_path = not url and ":" not in link and not link.lstrip().startswith("//")
    return found or (link.strip() if is_path else "")


def _authors(entry: Any) -> list[dict[str, str]]:
    told = [_text(person.get("name")) for person in entry.get("authors", ()) if person]
    whole = _text(entry.get("author"))
    names = [whole] if "@" in whole else [name for name in told if name] or [whole]
    found = {author.name: author for name in names for author in from_byline(_without_address(name))}
    return [{"name": author.name, "kind": author.kind} for author in found.values()]


def _without_address(name: str) -> str:
    """RSS 2.0 asks for `mail@example.org (Name)`; the name is what we want."""
    found = re.search(r"@[^()]*\(([^()]+)\)?", name)
    return found[1] if found else re.sub(r"\S+@\S+", "", name)


def _published(entry: Any) -> str | None:
    for key in ("published", "updated", "created"):
        text = _text(dict.get(entry, key))  # the entry's own `get` guesses one date from another
        if text and (moment := parse_moment(text)):
            return iso(moment)
        if parsed := dict.get(entry, f"{key}_parsed"):
            return "{:04d}-{:02d}-{:02d}T{:02d}:{:02d}:{:02d}+00:00".format(*parsed[:6])
    return None


def _image(entry: Any, url: str) -> str | None:
    pictures = [
        *(m.get("url") for m in entry.get("media_content", ()) if _is_picture(m)),
        *(m.get("url") for m in entry.get("media_thumbnail", ())),
        *(m.get("href") for m in entry.get("enclosures", ()) if _is_picture(m)),
        (entry.get("image") or {}).get("href"),
    ]
    return next(filter(None, (web_address(p, base=url) for p in pictures if p)), None)


def _is_picture(media: Any) -> bool:
    kind = str(media.get("type") or media.get("medium") or "")
    return kind.startswith("image") or (
        not kind and bool(re.search(r"\.(jpe?g|png|webp|gif|avif)\b", _text(media.get("url"))))
    )


def _related(links: Iterable[Any], rel: str, url: str) -> str:
    told = (web_address(_text(x.get("href")), base=url) for x in links if x.get("rel") == rel)
    return next(filter(None, told), "")


def _json_feed(content: bytes, url: str) -> Listing:
    try:
        told = json.loads(decode(content))
    except (ValueError, RecursionError):
        raise NotAFeed("This looks like JSON but cannot be read as such.") from None
    if (
        not isinstance(told, dict)
        or not isinstance(told.get("items"), list)
        or "jsonfeed.org" not in str(told.get("version"))
    ):
        raise NotAFeed("This is JSON, but not a JSON Feed.")
    hubs = [hub for hub in told.get("hubs") or () if isinstance(hub, dict)]
    feed = ParsedFeed(
        title=_plain(told.get("title")),
        home_url=web_address(_text(told.get("home_page_url")), base=url) or "",
        language=_language(told.get("language")),
        ttl=None,
        hub=next(filter(None, (web_address(_text(hub.get("url")), base=url) for hub in hubs)), None),
        self_url=web_address(_text(told.get("feed_url")), base=url) or "",
    )
    items = [item for item in told["items"][:MOST_ENTRIES] if isinstance(item, dict)]
    return Listing(feed, [_json_listed(item, url) for item in items])


def _json_listed(item: dict[str, Any], url: str) -> Listed:
    address = web_address(_text(item.get("url")) or _text(item.get("external_url")), base=url) or ""
    title = _plain(item.get("title"))
    guid = _text(item.get("id")) or address or title
    return Listed(guid, address, title, lambda: _json_finished(item, url, guid, address, title))


def _json_finished(item: dict[str, Any], url: str, guid: str, address: str, title: str) -> FeedEntry:
    text = _text(item.get("content_text"))
    content = _text(item.get("content_html")) or "".join(
        f"<p>{html.escape(part)}</p>" for part in text.split("\n\n") if part
    )
    persons = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    names = [_text(person.get("name")) for person in persons or () if isinstance(person, dict)]
    image = _text(item.get("image")) or _text(item.get("banner_image"))
    moment = parse_moment(_text(item.get("date_published")) or _text(item.get("date_modified")))
    return FeedEntry(
        guid=guid,
        url=address,
        title=title,
        summary=_plain(item.get("summary") or content),
        content_html=_clean(content, address or url),
        authors=[{"name": a.name, "kind": a.kind} for name in names for a in from_byline(name)],
        published_at=iso(moment),
        language=_language(item.get("language")),
        image_url=web_address(image, base=url) if image else None,
    )


def _text(value: object) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def _plain(value: object) -> str:
    """Return a field that may hold markup as one line of text."""
    text = _text(value)
    if text.isprintable() and not _MARKUP.search(text):
        return " ".join(text.split())
    if "<" in text:
        text = re.sub(r"<[^<>]*>", " ", sanitise(text))
    return one_line(html.unescape(text))


def _clean(markup: str, base: str) -> str:
    return sanitise(markup, base=base or None)


def _language(value: object) -> str | None:
    tag = _text(value).strip().replace("_", "-")
    return tag if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag) else None


def _minutes(value: object) -> int | None:
    text = _text(value).strip()
    return int(text) if text.isdigit() and 0 < int(text) <= _WEEK_MINUTES else None


def _charset(content_type: str | None) -> str | None:
    found = re.search(r"charset\s*=\s*\"?([\w.:-]+)", content_type or "", re.IGNORECASE)
    return found[1] if found else None


def _what_it_is(text: str) -> str:
    root = _ROOT.search(text[:_LOOKED_AT])
    name = root[1].lower() if root else ""
    if name in ("html", "head", "body", "div", "script", "p"):
        return "This is a web page, not a feed; add the site's address and its feed will be looked for."
    if name == "opml":
        return "This is an OPML list of feeds; import it as a list."
    if name in ("urlset", "sitemapindex"):
        return "This is a sitemap, not a feed."
    if name:
        return f"This is XML with the root element «{name}», which is no kind of feed that is known here."
    return "This is no feed: it is neither XML nor JSON."
