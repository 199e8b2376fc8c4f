"""What the desk and the doctor ask about the queue."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q

from dateline.work.models import Job, JobQuerySet


@dataclass(frozen=True)
class QueueState:
    """How the queue stands: due and later jobs, those in work, those given up, and the longest wait."""

    due: int
    later: int
    claimed: int
    dead: int
    waiting_since: datetime | None


def queue_state(*, now: datetime) -> QueueState:
    """Return the counts of unfinished and dead jobs. `waiting_since` is None where nothing is due."""
    due = Q(state=Job.State.READY, run_after__lte=now)
    row = Job.objects.aggregate(
        due=Count("pk", filter=due),
        later=Count("pk", filter=Q(state=Job.State.READY, run_after__gt=now)),
        claimed=Count("pk", filter=Q(state=Job.State.CLAIMED)),
        dead=Count("pk", filter=Q(state=Job.State.DEAD, stop_asked_at__isnull=True)),
        waiting_since=Min("run_after", filter=due),
    )
    return QueueState(**row)


def troubled_jobs() -> JobQuerySet:
    """Return the jobs that failed: those given up, and those that will be tried again; latest trouble first."""
    failed = Q(state=Job.State.READY, attempt__gt=0) & ~Q(error="")
    given_up = Q(state=Job.State.DEAD, stop_asked_at__isnull=True)
    return Job.objects.filter(failed | given_up).order_by("-started_at")


def dead_jobs() -> JobQuerySet:
    """Return the jobs that were given up for their errors, latest first; not those that a person stopped."""
    return Job.objects.dead().filter(stop_asked_at__isnull=True)


def unfinished_jobs(task: str) -> JobQuerySet:
    """Return the waiting and the running jobs of the registered name `task`."""
    return Job.objects.filter(task=task, state__in=[Job.State.READY, Job.State.CLAIMED])
