"""What waits at a translation because its source changed."""

from collections.abc import Collection

from dateline.translation.differences import Part, difference
from dateline.translation.models import Job, Segment, SourceChange


def waiting_changes(job: Job) -> list[SourceChange]:
    """Return the changes of a job's source that nobody has answered, the latest first."""
    waiting = job.source_changes.filter(state=SourceChange.State.WAITING)
    return list(waiting.select_related("change__after"))


def opened(job: Job) -> list[Segment]:
    """Return the segments that a change of the source opened, in the order of the source."""
    return list(job.segments.exclude(change=Segment.Change.NONE).order_by("position"))


def jobs_waiting(articles: Collection[int]) -> set[int]:
    """Return the keys of those articles whose translation waits for an answer to its source's change."""
    waiting = SourceChange.objects.filter(state=SourceChange.State.WAITING, job__article__in=articles)
    return set(waiting.values_list("job__article_id", flat=True))


def source_difference(segment: Segment) -> list[Part]:
    """Return the source of a segment in parts, with what stood there before; all the same where it is unchanged."""
    return difference(segment.source_before or segment.source, segment.source)
