"""The room's work in the background."""

from django.utils import timezone

from dateline.translation.actions import draft_job
from dateline.translation.models import Job
from dateline.work.register import named_task


@named_task("translation.draft", unique=("job_id",))
def draft(job_id: int) -> None:
    """Have machines draft what is empty in a job; one that was deleted meanwhile needs nothing."""
    job = Job.objects.filter(pk=job_id).first()
    if job is not None:
        draft_job(job=job, now=timezone.now())
