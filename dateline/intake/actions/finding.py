"""Finding the feeds of a site from whatever address somebody has."""

import hashlib
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from dateline.intake.actions.asking import NotRead, ask, refuse_failure, waiting_for_turns, world_in_words
from dateline.intake.actions.checking import FEED_TYPES, feed_in
from dateline.intake.answers import charset, may_be_page
from dateline.intake.discovery import Candidate, sitemaps
from dateline.intake.discovery_apart import feed_candidates, sitemaps_of_index
from dateline.intake.feeds import ParsedFeed
from dateline.lib.decoding import decode
from dateline.lib.text import cut, one_line
from dateline.lib.urls import absolute
from dateline.net.letters import FEED_BYTES, Response
from dateline.sources.finding import Findings, FoundFeed, NoFeedFound
from dateline.sources.spelling import feed_key

# Somebody waits for the answer: what may be a feed must say so soon.
MOST_TRIED: Final = 12
CANDIDATE_SECONDS: Final = 8.0
TURN_SECONDS: Final = 8.0
# When so much time has passed, what was found so far is the answer.
LOOKING_SECONDS: Final = 40.0
ROBOTS_BYTES: Final = 512 * 1024
HEADLINES_SHOWN: Final = 3
_FOR_GOOD: Final = frozenset({301, 308})
_NEWS: Final = re.compile(r"news", re.IGNORECASE)


def find_feed(url: str, *, now: datetime) -> FoundFeed:
    """Return the feed at `url`, or the first that works of those that its page and its site may have.

    Raises NoFeedFound, which lists what was looked at, and FetchError where `url` cannot be read.
    """
    search = _Search(now=now)
    with waiting_for_turns(TURN_SECONDS):
        found = next(search.at(url), None)
    if found is None:
        raise NoFeedFound(_nothing_at(url, search.looked_at), looked_at=search.looked_at)
    return found


def look_around(url: str, *, now: datetime) -> Findings:
    """Return all feeds to be had at `url`: the one there, or those that its page and its site name.

    Places where feeds commonly lie are tried only where nothing else is found. Raises FetchError where
    `url` cannot be read.
    """
    search = _Search(now=now)
    with waiting_for_turns(TURN_SECONDS):
        found = tuple(search.at(url))
    return Findings(feeds=found, looked_at=tuple(search.looked_at), has_page=search.has_page)


@dataclass
class _Search:
    """A look around a site: what was looked at and was none, which feeds and which bodies we have met."""

    now: datetime
    looked_at: list[tuple[str, str]] = field(default_factory=list)
    has_page: bool = False
    _met: set[str] = field(default_factory=set)
    _tried: int = 0
    _started: float = field(default_factory=time.monotonic)

    def at(self, url: str) -> Iterator[FoundFeed]:
        """Yield each feed once, the likeliest first. Raises FetchError where `url` cannot be read."""
        response = ask(url, headers={"Accept": FEED_TYPES}, limit_bytes=FEED_BYTES, now=self.now)
        found = self._read(response, Candidate(url, "", "asked"))
        if found is not None:
            yield found
            return
        candidates = self._candidates(response)
        any_found = False
        for one in self._first_named(candidates, response):
            any_found = True
            yield one
        if not any_found:
            yield from self._works(one for one in candidates if one.found == "guessed")

    def _first_named(self, candidates: list[Candidate], response: Response) -> Iterator[FoundFeed]:
        """Yield the feeds that the page names, then the sitemap that the site names, if it is one of news."""
        named = [one for one in candidates if one.found != "guessed"]
        yield from self._works(one for one in named if one.kind == "feed")
        told = [one for one in named if one.kind == "sitemap"]
        found = next(self._works([*told, *self._sitemaps(response.final_url)]), None)
        if found is not None:
            yield found

    def _works(self, candidates: Iterable[Candidate], *, is_deeper: bool = False) -> Iterator[FoundFeed]:
        """Yield those that are feeds; of a linked page that lists feeds, as many newspapers have, its own."""
        for candidate in candidates:
            if self._tried == MOST_TRIED or time.monotonic() - self._started > LOOKING_SECONDS:
                return
            response = self._tried_at(candidate)
            if response is None:
                continue
            if found := self._read(response, candidate):
                yield found
            elif candidate.found == "linked" and not is_deeper:
                inside = [one for one in self._candidates(response) if one.found != "guessed"]
                yield from self._works((one for one in inside if one.kind == "feed"), is_deeper=True)

    def _tried_at(self, candidate: Candidate) -> Response | None:
        key = feed_key(candidate.url)
        if key in self._met:
            return None
        self._met.add(key)
        self._tried += 1
        return self._ask(candidate.url)

    def _ask(self, url: str, *, limit_bytes: int = FEED_BYTES) -> Response | None:
        try:
            with world_in_words():
                return ask(
                    url,
                    headers={"Accept": FEED_TYPES},
                    limit_bytes=limit_bytes,
                    now=self.now,
                    deadline_seconds=CANDIDATE_SECONDS,
                )
        except NotRead as trouble:
            self.looked_at.append((url, str(trouble)))
            return None

    def _read(self, response: Response, candidate: Candidate) -> FoundFeed | None:
        """Return the feed in an answer; where there is none, or we have met it, note why."""
        kind = candidate.kind
        try:
            with world_in_words():
                refuse_failure(response)
                feed = (
                    _feed_or_sitemap(response) if candidate.found == "asked" else feed_in(response, kind=kind)
                )
        except NotRead as trouble:
            self.looked_at.append((response.url, str(trouble)))
            return self._of_index(response) if kind == "sitemap" or candidate.found == "asked" else None
        if isinstance(feed, _Sitemap):
            kind, feed = "sitemap", feed.feed
        if feed.parts:
            return self._of_index(response)
        if kind == "sitemap" and not feed.entries and (feed.listed or not _is_of_news(candidate)):
            self.looked_at.append((response.url, _("This sitemap names no pieces.")))
            return None
        found = _found(response, feed, kind=kind, title=candidate.title)
        marks = {feed_key(found.address), found.body_hash}
        is_met = found.body_hash in self._met
        self._met |= marks
        return None if is_met else found

    def _of_index(self, response: Response) -> FoundFeed | None:
        """Return the first sitemap of an index that names pieces; by the index's address where its own may not last."""
        if not response.is_success or not _may_be(response, b"sitemapindex"):
            return None
        try:
            with world_in_words():
                inside = sitemaps_of_index(response.body, url=response.final_url)
        except NotRead as trouble:
            self.looked_at.append((response.url, str(trouble)))
            return None
        found = next(self._works(Candidate(one, "", "declared", "sitemap") for one in inside), None)
        if found is None or _NEWS.search(found.address):
            return found
        return replace(found, address=_lasting_address(response), body_hash=_hash(response))

    def _candidates(self, response: Response) -> list[Candidate]:
        kind = response.header("Content-Type") or ""
        if not response.is_success or not may_be_page(kind):
            return []
        self.has_page = True
        try:
            with world_in_words():
                return feed_candidates(response.body, url=response.final_url, declared_encoding=charset(kind))
        except NotRead as trouble:
            self.looked_at.append((response.final_url, str(trouble)))
            return []

    def _sitemaps(self, url: str) -> list[Candidate]:
        """Return the sitemaps that the site's robots.txt names."""
        robots = self._ask(absolute("/robots.txt", url) or url, limit_bytes=ROBOTS_BYTES)
        if robots is None or not robots.is_success:
            return []
        return sitemaps(decode(robots.body), url=url)


@dataclass(frozen=True)
class _Sitemap:
    feed: ParsedFeed


def _feed_or_sitemap(response: Response) -> ParsedFeed | _Sitemap:
    """Return what an address that somebody typed leads to. Raises NotRead with what a feed's reader says."""
    try:
        return feed_in(response)
    except NotRead:
        if not _may_be(response, b"urlset"):
            raise
    return _Sitemap(feed_in(response, kind="sitemap"))


def _is_of_news(candidate: Candidate) -> bool:
    """Whether an empty sitemap may be one of news, which names what is not older than two days: nothing came out."""
    return candidate.found == "asked" or _NEWS.search(candidate.url) is not None


def _hash(response: Response) -> str:
    return hashlib.sha256(response.body).hexdigest()


def _may_be(response: Response, root: bytes) -> bool:
    """Whether the answer may be a document with this root, or is packed and may be anything."""
    return root in response.body[:4096] or response.body.startswith(b"\x1f\x8b")


def _found(response: Response, feed: ParsedFeed, *, kind: str, title: str) -> FoundFeed:
    moments = [entry.published_at for entry in feed.entries if entry.published_at]
    return FoundFeed(
        address=_lasting_address(response),
        title=feed.title or title,
        home_url=feed.home_url,
        language=feed.language or "",
        kind=kind,
        pieces=len(feed.entries),
        headlines=tuple(cut(one_line(one.title), 200) for one in feed.entries if one.title)[:HEADLINES_SHOWN],
        newest_at=max(moments, default=""),
        body_hash=_hash(response),
    )


def _lasting_address(response: Response) -> str:
    moved = bool(response.hops) and all(hop.status in _FOR_GOOD for hop in response.hops)
    return response.final_url if moved else response.url


def _nothing_at(url: str, looked_at: Iterable[tuple[str, str]]) -> str:
    lines = "\n".join(f"{address}: {why}" for address, why in looked_at)
    return _(
        "No feed was found at %(url)s. Look on the outlet's site for an address with “RSS” or “feed”, and enter"
        " that one. This is what was looked at:\n%(lines)s"
    ) % {"url": url, "lines": lines}
