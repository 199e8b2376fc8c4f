"""When a channel is asked next: what its server wishes, within bounds, and more patience after trouble.

Source: the formula is Miniflux's (the longest of its own pace, ttl, max-age and Retry-After);
that trouble never ends the watch is ours.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

# A feed that tells us cheaply that nothing is new may be asked more often.
PACE_WITH_VALIDATORS: Final = timedelta(minutes=15)
PACE_WITHOUT: Final = timedelta(hours=1)
LONGEST: Final = timedelta(days=1)
# A server that asks for more than a day has a reason, and still is not lost to us.
LONGEST_ASKED: Final = timedelta(days=7)
# Refused or told to slow down: asking again soon makes it worse.
UNWELCOME: Final = timedelta(hours=4)
UNWELCOME_STATUSES: Final = frozenset({401, 403, 429})
GONE: Final = frozenset({404, 410, 451})


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What the server said about how often it wants to be asked.

    status: 0 where there was no answer at all. ttl_seconds: the feed's own word, 0 where it has none.
    """

    status: int = 0
    has_validators: bool = False
    ttl_seconds: int = 0
    max_age_seconds: int = 0
    retry_after: timedelta = timedelta(0)


def next_check(*, now: datetime, failures: int, wishes: Wishes) -> datetime:
    """Return when to ask next.

    failures: checks in a row that went wrong, this one included; 0 after success.
    """
    wait = _patience(failures, wishes.status) if failures else _pace(wishes)
    return now + max(wait, min(wishes.retry_after, LONGEST_ASKED))


def _pace(wishes: Wishes) -> timedelta:
    own = PACE_WITH_VALIDATORS if wishes.has_validators else PACE_WITHOUT
    wished = timedelta(seconds=min(max(wishes.ttl_seconds, wishes.max_age_seconds), LONGEST.total_seconds()))
    return max(own, wished)


def _patience(failures: int, status: int) -> timedelta:
    first = UNWELCOME if status in UNWELCOME_STATUSES | GONE else PACE_WITH_VALIDATORS
    doublings = min(failures - 1, 10)  # past these the bound has long decided
    return min(first * (1 << doublings), LONGEST)


def retry_after(value: str, *, now: datetime) -> timedelta:
    """Return what a Retry-After header asks for, in seconds or by a date.

    Zero where it cannot be read or is past.
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return timedelta(seconds=min(int(value[:12]), int(LONGEST_ASKED.total_seconds())))
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return timedelta(0)
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return max(at - now, timedelta(0))


def max_age(value: str) -> int:
    """Return the seconds of `max-age` in a Cache-Control header, 0 where there is none."""
    for directive in value.split(","):
        name, _, seconds = directive.strip().partition("=")
        seconds = seconds.strip().strip('"')
        if name.strip().lower() == "max-age" and seconds.isascii() and seconds.isdigit():
            return int(seconds[:12])
    return 0
