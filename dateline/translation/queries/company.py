"""Who else is on a translation's page, and what changed there since somebody looked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from dateline.people.models import User
from dateline.translation.models import AtWork, Job, Segment

# Pages say every 12 seconds that they are open: who missed three times is gone.
AWAY: Final = timedelta(seconds=40)


@dataclass(frozen=True)
class Changes:
    """What a page has to catch up on. is_divided: it has sentences that are no more, or lacks new ones."""

    changed: list[Segment]
    is_divided: bool


def company(job: Job, *, besides: User | None, now: datetime) -> list[AtWork]:
    """Return who else has the translation open just now, by name."""
    rows = AtWork.objects.filter(job=job, seen_at__gte=now - AWAY).select_related("user", "segment")
    return sorted((row for row in rows if row.user != besides), key=lambda row: str(row.user))


def changes_since(job: Job, seen: Mapping[int, int]) -> Changes:
    """Return the segments whose version is another one than somebody saw. seen: versions by segment."""
    there = dict(job.segments.values_list("pk", "version"))
    changed = [pk for pk, version in there.items() if pk in seen and seen[pk] != version]
    rows = job.segments.filter(pk__in=changed).select_related("by", "job").order_by("position")
    return Changes(list(rows) if changed else [], is_divided=set(there) != set(seen))
