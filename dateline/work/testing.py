"""For the tests of other rooms: the queue without a worker."""

from django.utils import timezone

from dateline.work.clock import queue_now
from dateline.work.queue import Claim, Failure, claim, fail, finish
from dateline.work.runner import call

LEASE_SECONDS = 60.0


class TooManyJobs(AssertionError):
    """Jobs keep enqueueing jobs."""


def run_all_jobs(limit: int = 1000) -> int:
    """Run every job that is due, and those that they enqueue, in this thread; return how many ran.

    The first error of a job is raised as it is, and the job ends dead. Jobs with a later time stay.
    Raises TooManyJobs after `limit`.
    """
    ran = 0
    while held := claim(worker="test", now=queue_now(), lease_seconds=LEASE_SECONDS):
        if ran == limit:
            raise TooManyJobs(
                f"{limit} jobs ran and {held.job} is still waiting: do they enqueue each other?"
            )
        _run(held)
        ran += 1
    return ran


def _run(held: Claim) -> None:
    try:
        result = call(held)
    except BaseException as error:
        failure = Failure(error_class=type(error).__name__, error=str(error), trace="", final=True)
        fail(held, failure, now=timezone.now(), jitter=0)
        raise
    finish(held, result=result, now=timezone.now())
