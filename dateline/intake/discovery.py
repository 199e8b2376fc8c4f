"""Finds a site's feeds from its home page."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from dateline.intake.extract_page import parse
from dateline.lib.decoding import decode
from dateline.lib.floods import refuse_floods
from dateline.lib.sanitise import web_address
from dateline.lib.text import names, one_line
from dateline.lib.urls import absolute

_TYPES = names(
    "application/rss+xml application/atom+xml application/rdf+xml application/feed+json application/json "
    "application/xml text/xml application/x-rss+xml text/rss+xml"
)
_SURE = names("application/rss+xml application/atom+xml application/rdf+xml application/feed+json")
_FEED_LIKE = re.compile(
    r"(?:^|[/._?=&-])(?:rss|atom|feeds?|rdf)(?:$|[/._?=&-]|\d)|\.(?:rss|rdf|atom)$", re.IGNORECASE
)
_COMMENTS = re.compile(r"comment", re.IGNORECASE)
_COMMON_PLACES = ("/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json", "/rss/")
_MOST = 30
_IN_ROBOTS = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
_NEWS = re.compile(r"news", re.IGNORECASE)
_ROBOTS_LOOKED_AT = 512_000


@dataclass(frozen=True)
class Candidate:
    """An address that may be a feed. found: how it was found: `declared`, `linked`, or `guessed` at a common place.

    kind: as which kind of channel it would be read: `feed` or `sitemap`.
    """

    url: str
    title: str
    found: str
    kind: str = "feed"


def candidates(html: bytes | str, *, url: str, declared_encoding: str | None = None) -> list[Candidate]:
    """Return where the feeds of the site with the page `html` at `url` may be, the likeliest first.

    Declared feeds come first in the page's order (those of comments last among them), then links that look like
    feeds, then common places, which must be tried. Raises HostileMarkup where the page would hang a parser.
    """
    markup = html if isinstance(html, str) else decode(html, declared=declared_encoding)
    refuse_floods(markup)
    page = parse(markup, url=url)
    declared: list[Candidate] = []
    linked: list[Candidate] = []
    if page is not None:
        base = absolute(next((e.get("href") or "" for e in page.tree.iter("base")), ""), url) or url
        for element in page.tree.iter("link", "a"):
            found = _candidate(
                element.tag, dict(element.attrib.items()), one_line(element.text_content()), base
            )
            if found:
                (declared if found.found == "declared" else linked).append(found)
    declared.sort(key=lambda c: (c.kind != "feed", bool(_COMMENTS.search(c.url + c.title))))
    return _each_once([*declared, *linked, *_guesses(url)])[:_MOST]


def _candidate(tag: object, attributes: dict[str, str], text: str, base: str) -> Candidate | None:
    address = web_address(attributes.get("href") or "", base=base) if attributes.get("href") else None
    if not address:
        return None
    rel = attributes.get("rel", "").lower().split()
    kind = attributes.get("type", "").lower().split(";")[0].strip()
    if "alternate" in rel and (kind in _SURE or (kind in _TYPES and _FEED_LIKE.search(address))):
        return Candidate(address, one_line(attributes.get("title") or text), "declared")
    if "sitemap" in rel:
        return Candidate(address, "", "declared", "sitemap")
    if "feed" in rel:
        return Candidate(address, one_line(attributes.get("title") or text), "declared")
    parts = urlsplit(address)
    if tag == "a" and _FEED_LIKE.search(parts.path + "?" + parts.query) and parts.hostname:
        return Candidate(address, text, "linked")
    return None


def sitemaps(robots: str, *, url: str) -> list[Candidate]:
    """Return the sitemaps that a site's robots.txt names, those of news first.

    robots: its text. url: of any page of the site.
    """
    named = [web_address(found, base=url) for found in _IN_ROBOTS.findall(robots[:_ROBOTS_LOOKED_AT])]
    told = [Candidate(address, "", "declared", "sitemap") for address in named if address]
    return _each_once(sorted(told, key=lambda one: not _NEWS.search(urlsplit(one.url).path)))[:_MOST]


def _guesses(url: str) -> list[Candidate]:
    places = (web_address(place, base=url) for place in _COMMON_PLACES)
    return [Candidate(place, "", "guessed") for place in places if place]


def _each_once(found: list[Candidate]) -> list[Candidate]:
    seen: dict[str, Candidate] = {}
    for candidate in found:
        seen.setdefault(candidate.url, candidate)
    return list(seen.values())
