"""When a channel is asked next: as often as something new comes, as its server wishes, and patiently after trouble.

Source: the formula is Miniflux's (the longest of its own pace, ttl, max-age, Expires and Retry-After); that trouble
never ends the watch is ours.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final
from zlib import crc32

from dateline.net.letters import Answer

# A feed that tells us cheaply that nothing is new may be asked more often.
FASTEST: Final = timedelta(minutes=5)
PACE_WITH_VALIDATORS: Final = timedelta(minutes=15)
PACE_WITHOUT: Final = timedelta(hours=1)
LONGEST: Final = timedelta(days=1)
STEPS: Final = tuple(
    timedelta(minutes=minutes)
    for minutes in (5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720, 1440)
)
# Asked twice in the usual time between two pieces; one that has been quiet is asked less and less.
ASKED_IN_A_PACE: Final = 2
ASKED_IN_A_SILENCE: Final = 12
# A server that asks for more than a day has a reason, and still is not lost to us.
LONGEST_ASKED: Final = timedelta(days=7)
# Refused or told to slow down: asking again soon makes it worse.
UNWELCOME: Final = timedelta(hours=4)
UNWELCOME_STATUSES: Final = frozenset({401, 403, 429})
MISSING: Final = frozenset({404, 451})
GONE: Final = 410
TOO_MANY: Final = 429
IN_TROUBLE_ITSELF: Final = 503
# So that feeds with one pace are not all asked in one minute.
SPREAD_RATIO: Final = 0.1
LONGEST_SPREAD: Final = timedelta(minutes=15)
# How far back we look for a channel's pace, and at how many pieces.
PACE_WINDOW: Final = timedelta(days=30)
PACE_PIECES: Final = 50
# A host that says "too many" without saying how long is left alone for this long by all of its channels.
REST_UNSAID: Final = timedelta(minutes=10)
LONGEST_CRAWL_DELAY: Final = 60.0
# A question takes about this long; whoever waits for a host that is being asked comes again after it.
SHORT_QUESTION: Final = timedelta(seconds=0.05)


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What the server and the feed said about how often they want to be asked.

    status: 0 where there was no answer at all. ttl_seconds: the feed's own word, 0 where it has none.
    fresh_seconds: for how long the answer is good, by Cache-Control or Expires. skip_hours, skip_days: UTC, Monday
    is 0.
    """

    status: int = 0
    has_validators: bool = False
    ttl_seconds: int = 0
    fresh_seconds: int = 0
    retry_after: timedelta = timedelta(0)
    skip_hours: Collection[int] = ()
    skip_days: Collection[int] = ()


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """What the channel does. pace: usual time between two pieces. quiet: since the last. Zero: not known."""

    pace: timedelta = timedelta(0)
    quiet: timedelta = timedelta(0)


UNKNOWN_RHYTHM: Final = Rhythm()


def next_check(
    *, now: datetime, failures: int, wishes: Wishes, rhythm: Rhythm = UNKNOWN_RHYTHM, name: str = ""
) -> datetime:
    """Return when to ask next.

    failures: checks in a row that went wrong, this one included; 0 after success. name: of the channel, which
    decides by how much its time is moved on from that of others with the same pace.
    """
    if failures:
        return now + max(_patience(failures, wishes), min(wishes.retry_after, LONGEST_ASKED))
    wait = max(_pace(wishes, rhythm), min(wishes.retry_after, LONGEST_ASKED))
    return _outside_skipped(now + wait + _spread(wait, name), wishes)


def _pace(wishes: Wishes, rhythm: Rhythm) -> timedelta:
    wished = timedelta(seconds=min(max(wishes.ttl_seconds, wishes.fresh_seconds), LONGEST.total_seconds()))
    if not wishes.has_validators:
        return max(PACE_WITHOUT, _own_pace(rhythm, known_from=PACE_WITHOUT), wished)
    return max(_own_pace(rhythm, known_from=PACE_WITH_VALIDATORS), wished)


def _own_pace(rhythm: Rhythm, *, known_from: timedelta) -> timedelta:
    if not rhythm.pace:
        return known_from
    wanted = max(rhythm.pace / ASKED_IN_A_PACE, rhythm.quiet / ASKED_IN_A_SILENCE)
    return max((step for step in STEPS if step <= wanted), default=FASTEST)


def _spread(wait: timedelta, name: str) -> timedelta:
    if not name:
        return timedelta(0)
    return min(wait * SPREAD_RATIO, LONGEST_SPREAD) * (crc32(name.encode()) % 1000) / 1000


def _outside_skipped(at: datetime, wishes: Wishes) -> datetime:
    """Return the first time from `at` on that is in no skipped hour or day; `at` where all of them are."""
    moved = at.astimezone(UTC)
    for _ in range(24 * 8):
        if moved.hour not in wishes.skip_hours and moved.weekday() not in wishes.skip_days:
            return moved
        moved = moved.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return at


def _patience(failures: int, wishes: Wishes) -> timedelta:
    if wishes.status == GONE:
        return LONGEST_ASKED
    first = PACE_WITH_VALIDATORS
    says_when = wishes.status == TOO_MANY and wishes.retry_after
    if wishes.status in UNWELCOME_STATUSES | MISSING and not says_when:
        first = UNWELCOME
    doublings = min(failures - 1, 10)  # past these the bound has long decided
    return min(first * (1 << doublings), LONGEST)


def pace_of(moments: Sequence[datetime], *, now: datetime) -> timedelta:
    """Return the usual time between two pieces that came at these moments, zero where there are too few."""
    known = sorted((moment for moment in moments if now - PACE_WINDOW <= moment <= now), reverse=True)
    known = known[:PACE_PIECES]
    return (now - known[-1]) / len(known) if len(known) > 1 else timedelta(0)


def retry_after(value: str, *, now: datetime) -> timedelta:
    """Return what a Retry-After header asks for, in seconds or by a date.

    Zero where it cannot be read or is past.
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return timedelta(seconds=min(int(value[:12]), int(LONGEST_ASKED.total_seconds())))
    at = _http_date(value)
    return max(at - now, timedelta(0)) if at else timedelta(0)


def rest_after(answer: Answer | None, *, now: datetime) -> timedelta:
    """Return how long the whole host is to be left alone after this answer, zero where it does not mind us."""
    if answer is None or answer.status not in (TOO_MANY, IN_TROUBLE_ITSELF):
        return timedelta(0)
    asked = min(retry_after(answer.header("Retry-After") or "", now=now), LONGEST_ASKED)
    return asked or (REST_UNSAID if answer.status == TOO_MANY else timedelta(0))


def expected_free_at(*, now: datetime, free_at: datetime, is_held: bool, pause: timedelta) -> datetime:
    """Return when a host will likely be free. free_at: while it is held, the end of its holder's lease."""
    if is_held and free_at > now:
        return min(free_at, now + max(pause, SHORT_QUESTION))
    return max(free_at, now)


def fresh_seconds(answer: Answer, *, now: datetime) -> int:
    """Return for how long the server calls its answer good: `max-age`, where there is none Expires."""
    cache_control = answer.header("Cache-Control") or ""
    if "max-age" in cache_control.lower():
        return max_age(cache_control)
    expires = answer.header("Expires")
    at = _http_date(expires) if expires else None
    if at is None:
        return 0
    sent_at = _http_date(answer.header("Date") or "") or now
    return max(0, int((at - sent_at).total_seconds()))


def max_age(value: str) -> int:
    """Return the seconds of `max-age` in a Cache-Control header, 0 where there is none."""
    for directive in value.split(","):
        name, _, seconds = directive.strip().partition("=")
        seconds = seconds.strip().strip('"')
        if name.strip().lower() == "max-age" and seconds.isascii() and seconds.isdigit():
            return int(seconds[:12])
    return 0


def _http_date(value: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
