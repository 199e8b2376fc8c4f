"""Writing down each version of a segment: small rows that stay as long as the job, the proof of who did what."""

from collections.abc import Iterable
from datetime import datetime

from dateline.people.models import User
from dateline.translation import reviewing
from dateline.translation.models import Segment, SegmentVersion
from dateline.translation.queries.reviewing import staff_of
from dateline.translation.reviewing import Staff

Verb = SegmentVersion.Verb
Role = SegmentVersion.Role


def note(
    segment: Segment,
    verb: SegmentVersion.Verb,
    *,
    by: User | None,
    now: datetime,
    role: str | None = None,
    unit: int | None = None,
) -> SegmentVersion:
    """Keep a segment as it stands now. role: in which capacity; without it, as `reviewing.role` has it."""
    row = version_of(segment, verb, by=by, now=now, role=role, unit=unit)
    row.save(force_insert=True)
    return row


def note_all(
    segments: Iterable[Segment], verb: SegmentVersion.Verb, *, by: User | None, now: datetime, role: str = ""
) -> None:
    """Keep many segments as they stand now, in few queries."""
    rows = [version_of(one, verb, by=by, now=now, role=role) for one in segments]
    SegmentVersion.objects.bulk_create(rows, batch_size=500)


def version_of(
    segment: Segment,
    verb: SegmentVersion.Verb,
    *,
    by: User | None,
    now: datetime,
    role: str | None = None,
    unit: int | None = None,
) -> SegmentVersion:
    """Return the row that keeps a segment as it stands, not yet written."""
    if role is None:
        role = role_of(segment, by)
    return SegmentVersion(
        segment=segment,
        number=segment.version,
        verb=verb,
        role=role,
        source=segment.source,
        text=segment.text,
        state=segment.state,
        alignment=segment.alignment,
        origin=segment.origin,
        machine=segment.machine,
        unit=unit,
        by=by,
        at=now,
    )


def role_of(segment: Segment, by: User | None, *, staff: Staff | None = None) -> str:
    """Return in which capacity somebody acts on a segment."""
    return reviewing.role(
        by.pk if by else None, first=segment.translated_by_id, staff=staff or staff_of(segment.job)
    )
