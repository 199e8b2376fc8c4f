"""What a change at the source left open, and when it is settled: sentence by sentence, then as a whole."""

from datetime import datetime

from dateline.people.models import User
from dateline.translation.models import Segment, SourceChange


def settle_segment(segment: Segment, *, by: User | None, now: datetime) -> None:
    """Note on a segment, not yet saved, that somebody has answered what its source did to it."""
    if segment.change == Segment.Change.NONE:
        return
    segment.change = Segment.Change.NONE
    segment.source_before = segment.text_before = segment.state_before = ""
    rest = Segment.objects.filter(job=segment.job_id).exclude(pk=segment.pk)
    if not rest.exclude(change=Segment.Change.NONE).exists():
        close_changes(segment.job_id, state=SourceChange.State.TAKEN_IN, by=by, now=now)


def close_changes(
    job_id: int, *, state: SourceChange.State, by: User | None, now: datetime, note: str = ""
) -> int:
    """Note what was made of the changes that wait at a job; return how many there were."""
    waiting = SourceChange.objects.filter(job=job_id, state=SourceChange.State.WAITING)
    return waiting.update(state=state, by=by, at=now, note=note)
