"""Finding the feed of a site from whatever address somebody has."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from dateline.intake.actions.asking import NotRead, ask, refuse_failure, world_in_words
from dateline.intake.actions.checking import FEED_TYPES, feed_in
from dateline.intake.answers import charset, may_be_page
from dateline.intake.discovery import Candidate
from dateline.intake.discovery_apart import feed_candidates
from dateline.net.letters import FEED_BYTES, Response
from dateline.sources.finding import FoundFeed, NoFeedFound

# Somebody waits for the answer: what may be a feed must say so soon.
MOST_TRIED: Final = 10
CANDIDATE_SECONDS: Final = 8.0
_FOR_GOOD: Final = frozenset({301, 308})

LookedAt = list[tuple[str, str]]


def find_feed(url: str, *, now: datetime) -> FoundFeed:
    """Return the feed at `url`, or the first that works of those that its page may have.

    Raises NoFeedFound, which lists what was looked at, and FetchError where `url` cannot be read.
    """
    looked_at: LookedAt = []
    response = ask(url, headers={"Accept": FEED_TYPES}, limit_bytes=FEED_BYTES, now=now)
    found = _feed(response, looked_at)
    if found is None:
        tried = (_try(candidate, looked_at, now=now) for candidate in _candidates(response, looked_at))
        found = next(filter(None, tried), None)
    if found is None:
        raise NoFeedFound(_nothing_at(url, looked_at), looked_at=looked_at)
    return found


def _feed(response: Response, looked_at: LookedAt, *, title: str = "") -> FoundFeed | None:
    """Return the feed in an answer; where there is none, note why."""
    try:
        with world_in_words():
            refuse_failure(response)
            feed = feed_in(response)
    except NotRead as trouble:
        looked_at.append((response.url, str(trouble)))
        return None
    return FoundFeed(
        address=_lasting_address(response),
        title=feed.title or title,
        home_url=feed.home_url,
        language=feed.language or "",
    )


def _lasting_address(response: Response) -> str:
    moved = bool(response.hops) and all(hop.status in _FOR_GOOD for hop in response.hops)
    return response.final_url if moved else response.url


def _candidates(response: Response, looked_at: LookedAt) -> list[Candidate]:
    kind = response.header("Content-Type") or ""
    if not response.is_success or not may_be_page(kind):
        return []
    try:
        with world_in_words():
            found = feed_candidates(response.body, url=response.final_url, declared_encoding=charset(kind))
    except NotRead as trouble:
        looked_at.append((response.final_url, str(trouble)))
        return []
    return found[:MOST_TRIED]


def _try(candidate: Candidate, looked_at: LookedAt, *, now: datetime) -> FoundFeed | None:
    try:
        with world_in_words():
            response = ask(
                candidate.url,
                headers={"Accept": FEED_TYPES},
                limit_bytes=FEED_BYTES,
                now=now,
                deadline_seconds=CANDIDATE_SECONDS,
            )
    except NotRead as trouble:
        looked_at.append((candidate.url, str(trouble)))
        return None
    return _feed(response, looked_at, title=candidate.title)


def _nothing_at(url: str, looked_at: LookedAt) -> str:
    lines = "\n".join(f"{address}: {why}" for address, why in looked_at)
    return _(
        "No feed was found at %(url)s. Look on the outlet's site for an address with “RSS” or “feed”, and enter"
        " that one. This is what was looked at:\n%(lines)s"
    ) % {"url": url, "lines": lines}
