"""The worker's side of the queue: claim, keep, finish, fail, hand back, reap.

Every write after the claim names the claim's token. A worker whose lease went to another one
holds an old token, and finds nothing to write to.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from dateline.lib.crash import crash_point
from dateline.work.backoff import backoff_seconds
from dateline.work.models import LONGEST_LEASE, Job

TRACE_KEPT = 20_000
REAPED_AT_ONCE = 100


class LeaseLost(Exception):
    """Another worker has the job now, or will: this one's result is not written."""


@dataclass(frozen=True)
class Claim:
    """A job, and the token with which its holder may write."""

    job: Job
    token: int


@dataclass(frozen=True)
class Failure:
    """Why an attempt failed. final: another attempt cannot help."""

    error_class: str
    error: str
    trace: str
    final: bool = False


def claim(*, worker: str, now: datetime, lease_seconds: float, at_least: int | None = None) -> Claim | None:
    """Take the next due job for `worker`, or return None where there is none.

    at_least: the lowest priority that it takes. The empty case is one reading query: it takes no writer's place
    from anyone.
    """
    due = Job.objects.due(now=now)
    if at_least is not None:
        due = due.filter(priority__gte=at_least)
    if not due.exists():
        return None
    with transaction.atomic():
        job = due.select_for_update(skip_locked=True, of=("self",)).first()
        return _taken(job, worker=worker, now=now, lease_seconds=lease_seconds) if job else None


def extend(claim: Claim, *, now: datetime, lease_seconds: float) -> None:
    """Say that the holder lives. Raises LeaseLost where another one has the job."""
    _write(claim, lease_until=_lease_end(now, lease_seconds))


def finish(claim: Claim, *, result: Any, now: datetime) -> None:
    """Write the result and end the job. Raises LeaseLost where another worker has it."""
    with transaction.atomic():
        _write(
            claim,
            state=Job.State.DONE,
            result=result,
            finished_at=now,
            lease_until=None,
            error_class="",
            error="",
            error_trace="",
        )
        crash_point("work.before_finish")


def fail(claim: Claim, failure: Failure, *, now: datetime, jitter: float) -> Job.State:
    """Queue the job again after a pause, or end it dead, and return which.

    jitter: 0 to 1, see `backoff_seconds`. Raises LeaseLost where another worker has the job.
    """
    why = {
        "error_class": failure.error_class,
        "error": failure.error,
        "error_trace": failure.trace[-TRACE_KEPT:],
    }
    if failure.final or claim.job.attempt >= claim.job.max_attempts:
        _write(claim, state=Job.State.DEAD, finished_at=now, lease_until=None, **why)
        return Job.State.DEAD
    pause = timedelta(seconds=backoff_seconds(claim.job.attempt, jitter=jitter))
    return _back_in_line(claim, run_after=now + pause, attempt=claim.job.attempt, now=now, **why)


def hand_back(claim: Claim, *, now: datetime) -> Job.State:
    """Put the job back as if it had not been taken. Raises LeaseLost where another worker has it."""
    return _back_in_line(claim, run_after=now, attempt=claim.job.attempt - 1, now=now)


def reap(*, now: datetime, jitter: float) -> list[Job]:
    """Take the jobs whose holder is gone and queue them again, or end them dead; return them as they were.

    The first loss runs again at once (a restart is nobody's fault), later ones wait as failures do.
    """
    expired = Job.objects.expired(now=now).order_by("lease_until")[:REAPED_AT_ONCE]
    return [job for job in expired if _reaped(job, now=now, jitter=jitter)]


def _reaped(job: Job, *, now: datetime, jitter: float) -> bool:
    holder = Claim(job=job, token=job.token)
    failure = Failure(
        error_class="dateline.work.queue.LeaseLost",
        error=f"The worker {job.claimed_by} was not heard of after {job.lease_until}.",
        trace="",
    )
    try:
        with transaction.atomic():
            # Locked before it is judged: a beat of the holder's heart since we looked wins.
            held = Job.objects.held(job_id=job.pk, token=job.token).select_for_update().first()
            if held is None or held.lease_until != job.lease_until:
                return False
            state = fail(holder, failure, now=now, jitter=jitter)
            if state == Job.State.READY and job.attempt == 1:
                Job.objects.filter(pk=job.pk, state=Job.State.READY, token=job.token).update(run_after=now)
    except LeaseLost:
        return False
    return True


def _taken(job: Job, *, worker: str, now: datetime, lease_seconds: float) -> Claim:
    job.state, job.claimed_by, job.started_at = Job.State.CLAIMED, worker, now
    job.lease_until = _lease_end(now, lease_seconds)
    job.attempt += 1
    job.token += 1
    job.save(update_fields=["state", "claimed_by", "started_at", "lease_until", "attempt", "token"])
    return Claim(job=job, token=job.token)


def _lease_end(now: datetime, lease_seconds: float) -> datetime:
    return now + min(timedelta(seconds=lease_seconds), LONGEST_LEASE)


def _write(claim: Claim, **changes: Any) -> None:
    if not Job.objects.held(job_id=claim.job.pk, token=claim.token).update(**changes):
        raise LeaseLost(
            f"{claim.job} is no longer held by {claim.job.claimed_by}: its result is not written."
        )


def _back_in_line(claim: Claim, *, run_after: datetime, attempt: int, now: datetime, **why: str) -> Job.State:
    try:
        with transaction.atomic():
            _write(
                claim, state=Job.State.READY, run_after=run_after, attempt=attempt, lease_until=None, **why
            )
    except IntegrityError:
        return _folded(claim, run_after=run_after, attempt=attempt, now=now, **why)
    return Job.State.READY


def _folded(claim: Claim, *, run_after: datetime, attempt: int, now: datetime, **why: str) -> Job.State:
    """Leave the work to the job with the same key that came meanwhile; it inherits attempts and pause."""
    with transaction.atomic():
        _write(claim, state=Job.State.FOLDED, finished_at=now, lease_until=None, **why)
        later = Job.objects.ready().filter(unique_key=claim.job.unique_key, attempt__lt=attempt)
        later.update(attempt=attempt, run_after=run_after)
    return Job.State.FOLDED
