"""What a running job says of itself, and hears from outside.

Both do nothing outside a job, so that an action may use them whoever called it. Say progress
outside a transaction: within one, others see it only when it commits.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from dateline.work.models import Job
from dateline.work.queue import Claim

# Often enough for a person who watches, seldom enough for a loop over 100,000 rows.
PAUSE_SECONDS = 0.5


@dataclass
class _Running:
    claim: Claim
    said_at: float = field(default=-PAUSE_SECONDS)
    heard_at: float = field(default=-PAUSE_SECONDS)
    must_stop: bool = False


_running: ContextVar[_Running | None] = ContextVar("running job", default=None)


def progress(done: int, total: int, message: str = "") -> None:
    """Show that `done` of `total` steps are behind us.

    The last step is always written, others twice a second.
    """
    running = _running.get()
    if running is None or (done < total and not _is_time(running.said_at)):
        return
    running.said_at = time.monotonic()
    job = running.claim.job
    Job.objects.held(job_id=job.pk, token=running.claim.token).update(
        progress_done=done, progress_total=total, progress_message=message[:255]
    )


def should_stop() -> bool:
    """Return whether a person asked this job to end, or another worker has it by now.

    A job that obeys returns early, having left its work in a state from which nothing is missed.
    """
    running = _running.get()
    if running is None:
        return False
    if not running.must_stop and _is_time(running.heard_at):
        running.heard_at = time.monotonic()
        held = Job.objects.held(job_id=running.claim.job.pk, token=running.claim.token)
        running.must_stop = not held.filter(stop_asked_at__isnull=True).exists()
    return running.must_stop


@contextmanager
def running(claim: Claim) -> Iterator[None]:
    """Let `progress` and `should_stop` mean this claim's job."""
    token = _running.set(_Running(claim))
    try:
        yield
    finally:
        _running.reset(token)


def _is_time(last: float) -> bool:
    return time.monotonic() - last >= PAUSE_SECONDS
