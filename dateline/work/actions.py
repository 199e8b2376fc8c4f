"""What rooms and people do with jobs: enqueue, ask to stop, run again, clear away."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks.base import Task, TaskResult
from django_tasks.utils import normalize_json

from dateline.work.bell import ring_all
from dateline.work.keys import unique_key
from dateline.work.models import Job
from dateline.work.register import MAX_ATTEMPTS, stored_name, task_named

FINISHED_KEPT = timedelta(days=7)
DEAD_KEPT = timedelta(days=90)
PRUNE_BATCH = 500
ROWS_LOOKED_AT = 1_000


class NotDead(Exception):
    """Only a job that was given up can be run again by hand."""


def enqueue_by_name(
    name: str,
    /,
    *,
    key: str | None = None,
    run_after: datetime | None = None,
    **kwargs: Any,
) -> TaskResult[Any]:
    """Enqueue the task registered as `name` with `kwargs` (JSON values), in the caller's transaction.

    key: enqueueings of this name with the same key are one job while it waits; the first one's
    arguments stay. While it runs a new one is queued, and starts when the running one ended.
    Raises NoSuchTask where no room has signed in with `name`.
    """
    task = task_named(name)
    return replace(task, key=key, run_after=run_after).enqueue(**kwargs)


def enqueue(*, task: Task[Any, Any], args: Sequence[Any], kwargs: Mapping[str, Any]) -> Job:
    """Write a job for `task`, or return the waiting one with the same key."""
    now = timezone.now()
    job = Job(
        task=stored_name(task),
        args=normalize_json(list(args)),
        kwargs=normalize_json(kwargs),
        queue=task.queue_name,
        priority=task.priority,
        unique_key=unique_key(task, args, kwargs),
        enqueued_at=now,
        run_after=task.run_after or now,
        max_attempts=getattr(task, "max_attempts", MAX_ATTEMPTS),
    )
    job.clean_fields()
    written = _one_of_its_key(job) if job.unique_key else _written(job)
    if written.run_after <= now:
        transaction.on_commit(ring_all, robust=True)
    return written


def bring_forward(name: str, *, now: datetime) -> int:
    """Let jobs of the task `name` that wait for a later moment, or for their next attempt, run now; return how many.

    For work whose state is in rows of its own: there a pause after a worker's death only costs time.
    """
    waiting = Job.objects.filter(task=name, state=Job.State.READY, run_after__gt=now)
    return waiting.update(run_after=now)


def ask_stop(*, job: Job, now: datetime) -> Job:
    """Ask for an end: a waiting job ends at once, a running one when it next asks `should_stop()`."""
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=job.pk)
        if job.state not in {Job.State.READY, Job.State.CLAIMED}:
            return job
        job.stop_asked_at = now
        if job.state == Job.State.READY:
            job.state, job.finished_at = Job.State.DEAD, now
            job.error = _("Stopped before it began.")
        job.save(update_fields=["state", "stop_asked_at", "finished_at", "error"])
    return job


def run_again(*, job: Job, now: datetime) -> Job:
    """Give a dead job its attempts back. Raises NotDead where it is not.

    Where a job with its key waits already, that one does it, and this one is folded.
    """
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=job.pk)
        if job.state != Job.State.DEAD:
            raise NotDead(
                f"{job} is {job.get_state_display()}: only a job that was given up can be run again."
            )
        job.attempt, job.run_after = 0, now
        job.state, job.finished_at, job.stop_asked_at = Job.State.READY, None, None
        try:
            with transaction.atomic():
                job.save()
        except IntegrityError:
            job.state, job.finished_at = Job.State.FOLDED, now
            job.save()
    return job


def prune(*, now: datetime) -> int:
    """Delete jobs that ended well a week ago and dead ones after a quarter; return how many.

    In small batches, so that nobody waits long for the writer's place.
    """
    old = Q(state__in=[Job.State.DONE, Job.State.FOLDED], finished_at__lt=now - FINISHED_KEPT) | Q(
        state=Job.State.DEAD, finished_at__lt=now - DEAD_KEPT
    )
    pruned = 0
    while batch := list(Job.objects.filter(old).values_list("pk", flat=True)[:PRUNE_BATCH]):
        Job.objects.filter(pk__in=batch).delete()
        pruned += len(batch)
    return pruned


def gather_statistics() -> bool:
    """Have SQLite look at its tables: without that it takes any index that fits. PostgreSQL does so by itself.

    A thousand rows of each index are read, so that it takes a moment however large they are.
    """
    if connection.vendor != "sqlite":
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit={ROWS_LOOKED_AT}")
        cursor.execute("ANALYZE")
    return True


def _written(job: Job) -> Job:
    job.save(force_insert=True)
    return job


def _one_of_its_key(job: Job) -> Job:
    # In the caller's transaction, where there is one: no error in here is for anybody to catch and go on.
    with transaction.atomic(savepoint=False):
        while True:
            if waiting := _waiting(job):
                return waiting
            Job.objects.bulk_create([job], ignore_conflicts=True)
            if Job.objects.filter(pk=job.pk).exists():
                return job
            # Another one was written in between: look again.


def _waiting(job: Job) -> Job | None:
    # Locked until the caller commits, so that no worker takes the job before it can see the caller's rows.
    waiting = Job.objects.ready().filter(unique_key=job.unique_key).select_for_update().first()
    if waiting is not None and waiting.attempt == 0 and job.run_after < waiting.run_after:
        # The earlier wish counts. A job that waits after a failure keeps its pause.
        waiting.run_after = job.run_after
        waiting.save(update_fields=["run_after"])
    return waiting
