"""Who is on a translation's page, said by the page itself every few seconds. Nothing is locked."""

from datetime import datetime
from typing import Final

from dateline.people.models import User
from dateline.translation.models import AtWork, Job, Segment
from dateline.translation.queries.company import AWAY

# What is older is of nobody's interest, and is deleted when somebody comes.
FORGOTTEN: Final = AWAY * 10


def be_at_work(*, job: Job, by: User, segment: Segment | None, is_writing: bool, now: datetime) -> None:
    """Note that somebody has the translation open, at a segment, and whether they have words there unsaved."""
    AtWork.objects.update_or_create(
        job=job,
        user=by,
        defaults={"segment": segment, "is_writing": is_writing and segment is not None, "seen_at": now},
    )
    AtWork.objects.filter(seen_at__lt=now - FORGOTTEN).delete()


def leave_work(*, job: Job, by: User) -> None:
    """Note that somebody closed the page."""
    AtWork.objects.filter(job=job, user=by).delete()
