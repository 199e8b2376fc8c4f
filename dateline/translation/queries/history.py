"""What a segment said before."""

from dateline.translation.models import Job, Segment, SegmentVersion


def history_of(segment: Segment) -> list[SegmentVersion]:
    """Return all versions of a segment, the latest first, each with who made it."""
    return list(segment.versions.select_related("by").order_by("-pk"))


def histories(job: Job) -> dict[int, list[SegmentVersion]]:
    """Return the versions of all segments of a job, the latest first, by segment: one query."""
    found: dict[int, list[SegmentVersion]] = {}
    rows = SegmentVersion.objects.filter(segment__job=job).select_related("by").order_by("-pk")
    for row in rows:
        found.setdefault(row.segment_id, []).append(row)
    return found


def last_words(segment: Segment) -> SegmentVersion | None:
    """Return the latest version that had words, which may be the present one; None where there never were any."""
    return segment.versions.exclude(text="").order_by("-pk").first()
