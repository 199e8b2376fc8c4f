"""When a piece is looked at again, and what the way to it says before its text is read."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from dateline.intake.changes_told import Kind, fact

# Most corrections come in the first hours; most pieces never change after the first days.
STEPS: Final = (
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=8),
    timedelta(days=1),
    timedelta(days=2),
    timedelta(days=4),
    timedelta(days=8),
    timedelta(days=14),
)
PUBLIC_EVERY: Final = timedelta(days=30)
PUBLIC_FOR: Final = timedelta(days=365)
SOON: Final = timedelta(hours=1)  # what was found missing is looked at once more before anybody is told
BUSY: Final = timedelta(minutes=15)
_SPREAD = 0.1
# A page that is gone says so twice, one that is closed or unreadable three times, before it is a change.
LOOKS_NEEDED: Final = {Kind.REMOVED: 2, Kind.PAYWALLED: 2, Kind.UNREADABLE: 3}
_GONE, _LEGAL = 410, 451
_MISSING = frozenset({404, _GONE, _LEGAL})
_CLOSED = frozenset({401, 402, 403})
_FOR_GOOD = frozenset({301, 308})


def next_look(
    *, taken_at: datetime, now: datetime, identity: str, is_public: bool, changed: bool = False
) -> datetime | None:
    """Return when a piece that was taken at `taken_at` is looked at next; None where it is not any more.

    identity: of the piece; it spreads the looks of pieces that were taken together. is_public: readers see something
    of ours that was made from it. changed: it has just changed, and may again.
    """
    stretch = 1 + _SPREAD * _share(identity)
    times = [taken_at + step * stretch for step in STEPS]
    if is_public:
        count = (now - taken_at) // PUBLIC_EVERY + 1
        monthly = taken_at + PUBLIC_EVERY * count * stretch
        times += [monthly] if monthly <= taken_at + PUBLIC_FOR * (1 + _SPREAD) else []
    if changed:
        times.append(now + STEPS[1])
    return min((time for time in times if time > now), default=None)


def is_sure(kind: Kind, *, looks: int, status: int = 0) -> bool:
    """Whether a page that was missed `looks` times in a row in this way is a change, and no bad hour of a server."""
    return status in (_GONE, _LEGAL) or looks >= LOOKS_NEEDED.get(kind, 1)


@dataclass(frozen=True)
class Missed:
    """The piece is not where it was, or not open any more; seen from the way to it."""

    kind: Kind
    facts: list[dict[str, Any]]


def missed(status: int, *, asked: str, final_url: str) -> Missed | None:
    """Return what an answer says before its text is read; None where there is a text, or where it says nothing.

    A server's own trouble (5xx, 429) says nothing of the piece.
    """
    if status in _MISSING:
        return Missed(Kind.REMOVED, [fact("legal" if status == _LEGAL else "gone", status=status)])
    if status in _CLOSED:
        kind = Kind.PAYWALLED if status == 402 else Kind.UNREADABLE  # noqa: PLR2004 - Payment Required
        return Missed(kind, [fact("closed", status=status)])
    if status // 100 == 2 and leads_up(asked, final_url):  # noqa: PLR2004 - the class of success
        return Missed(Kind.REMOVED, [fact("to-front", url=final_url)])
    return None


def leads_up(asked: str, final_url: str) -> bool:
    """Whether an address leads to the front page of a site, or to a shelf above the piece."""
    old, new = urlsplit(asked), urlsplit(final_url)
    above, below = new.path.rstrip("/"), old.path.rstrip("/")
    if not below or new.query:
        return False
    return (above == "" and below != "") or (old.netloc == new.netloc and below.startswith(f"{above}/"))


def is_for_good(statuses: list[int]) -> bool:
    """Whether every redirect on the way says that it is for good."""
    return bool(statuses) and all(status in _FOR_GOOD for status in statuses)


def _share(identity: str) -> float:
    return int.from_bytes(hashlib.sha256(identity.encode()).digest()[:4]) / 2**32
