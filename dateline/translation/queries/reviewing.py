"""Who is on a job, and whom its sentences wait for."""

from dateline.site.queries import identity
from dateline.translation import reviewing
from dateline.translation.models import Job, Segment
from dateline.translation.reviewing import Staff


def staff_of(job: Job) -> Staff:
    """Return who is on a job, and whether the site demands two pairs of eyes."""
    return Staff(
        translator=job.translator_id,
        reviser=job.reviser_id,
        language_editor=job.language_editor_id,
        needs_two=identity().two_pairs_of_eyes,
    )


def waits_for(segment: Segment, *, staff: Staff | None = None) -> str:
    """Return the role that a segment waits for; empty once it is approved. staff: of its job, where it is known."""
    return reviewing.waits_for(segment.state, staff=staff or staff_of(segment.job))
