"""What is said about the sentences of a translation."""

from django.db.models import Count

from dateline.desk.models import Comment
from dateline.translation.models import Job


def open_threads(job: Job) -> dict[int, int]:
    """Return how many threads are open about each sentence of a job that has one."""
    threads = Comment.objects.filter(segment__job=job, parent=None, resolved_at=None).order_by()
    return dict(threads.values_list("segment").annotate(count=Count("pk")))
