"""News sitemaps, and plain ones with the days on which their pages changed."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from dateline.intake import feeds
from dateline.lib.dates import iso, parse_moment
from dateline.lib.formats.sitemap_reader import NotASitemap, PlaceRead, SitemapRead, read
from dateline.lib.sanitise import web_address
from dateline.lib.text import cut

# Of a sitemap that names all pages of a site, only what changed within this time of its newest counts.
FRESH: Final = timedelta(days=3)
MOST_CHILDREN: Final = 5
MOST_FOLLOWED: Final = 3
_LONGEST_HEADLINE: Final = 500
_ALWAYS_NEW: Final = frozenset({"always", "hourly"})
_NUMBER: Final = re.compile(r"\d{3,}")
_PARTS: Final = re.compile(r"[^\W_]+")
_WORDS_OF_A_PIECE: Final = 4
_ALONE: Final = timedelta(days=60)
_MOST_ALONE: Final = 5
_NEWS: Final = re.compile(r"news", re.IGNORECASE)
_PERIOD: Final = re.compile(r"\d+")


def parse(
    content: bytes, *, url: str, content_type: str | None, rules: Mapping[str, Any]
) -> feeds.ParsedFeed:
    """Return the pieces that a sitemap names, newest first, each address once; it needs no rules.

    Of a news sitemap all; of a plain one the pages that look like pieces and changed within FRESH of its newest.
    An index has no pieces itself: its freshest sitemaps are its parts. Raises NotAFeed where it is no sitemap.
    """
    del content_type, rules
    try:
        found = read(content)
    except NotASitemap as error:
        raise feeds.NotAFeed(str(error)) from error
    pieces = pieces_of(found.pages)
    outlet = next((one.outlet for one in found.pages if one.outlet), "")
    language = next((one.language for one in found.pages if one.language), "")
    entries = {entry.url: entry for place in pieces if (entry := _entry(place, url))}
    return feeds.ParsedFeed(
        title=cut(outlet, 200) or (urlsplit(url).hostname or ""),
        home_url=web_address("/", base=url) or "",
        language=language or None,
        ttl=None,
        hub=None,
        entries=list(entries.values())[: feeds.MOST_ENTRIES],
        listed=len(found.pages),
        parts=[] if found.pages else children_of(found, url)[:MOST_FOLLOWED],
    )


def children_of(found: SitemapRead, url: str) -> list[str]:
    """Return the addresses of an index's sitemaps, those of news and the last changed first, MOST_CHILDREN at most."""
    named = [(web_address(place.loc, base=url), place) for place in found.children]
    readable = [(address, place) for address, place in named if address]
    ranked = sorted(enumerate(readable), key=lambda one: _rank(one[1][0], one[1][1], one[0]), reverse=True)
    return list(dict.fromkeys(address for _number, (address, _place) in ranked))[:MOST_CHILDREN]


def _rank(address: str, place: PlaceRead, number: int) -> tuple[bool, datetime, list[int], int]:
    """Those that are called news first, then by day; of those without a day the highest period in the name."""
    period = [int(part[:9]) for part in _PERIOD.findall(_path(address))]
    return bool(_NEWS.search(address)), _moment(place.changed) or _LONG_AGO, period, -number


def pieces_of(pages: Iterable[PlaceRead]) -> list[PlaceRead]:
    """Return the pages that are pieces, newest first; what the site calls news is believed."""
    pages = list(pages)
    news = [one for one in pages if one.is_news]
    plain = [] if news else [one for one in pages if _looks_like_a_piece(one)]
    dated = [(moment, one) for one in (*news, *plain) if (moment := _when(one))]
    newest = _newest(sorted((moment for moment, _one in dated), reverse=True))
    fresh = [(moment, one) for moment, one in dated if one.is_news or moment >= newest - FRESH]
    undated = [one for one in news if not _when(one)]
    return [one for _moment_of, one in sorted(fresh, key=lambda pair: pair[0], reverse=True)] + undated


_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


def _newest(moments: list[datetime]) -> datetime:
    """Return the newest that is not alone: a page dated into the future must not make all others old."""
    for newer, older in list(pairwise(moments))[:_MOST_ALONE]:
        if newer - older <= _ALONE:
            return newer
    return moments[0] if moments else _LONG_AGO


def _when(place: PlaceRead) -> datetime | None:
    return _moment(place.published) or _moment(place.changed)


def _moment(text: str) -> datetime | None:
    found = parse_moment(text) if text else None
    if isinstance(found, datetime):
        return found
    return datetime(found.year, found.month, found.day, tzinfo=UTC) if isinstance(found, date) else None


def _looks_like_a_piece(place: PlaceRead) -> bool:
    """Whether the last part of the address is a headline or a number, as pieces' are and sections' are not."""
    if place.frequency.lower() in _ALWAYS_NEW:
        return False
    parts = [part for part in unquote(_path(place.loc)).split("/") if part]
    if not parts:
        return False
    return bool(_NUMBER.search(parts[-1])) or len(_PARTS.findall(parts[-1])) >= _WORDS_OF_A_PIECE


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:  # brackets around what is no address
        return ""


def _entry(place: PlaceRead, url: str) -> feeds.FeedEntry | None:
    address = web_address(place.loc, base=url)
    if not address:
        return None
    return feeds.FeedEntry(
        guid=address,
        url=address,
        title=cut(place.title, _LONGEST_HEADLINE),
        summary="",
        content_html="",
        authors=[],
        published_at=iso(parse_moment(place.published or place.changed)),
        language=place.language or None,
        image_url=web_address(place.picture, base=url) if place.picture else None,
    )
