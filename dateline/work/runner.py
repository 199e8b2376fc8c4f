"""Runs one claimed job to its end, whichever that is."""

import logging
import random
from enum import Enum
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task_backends
from django_tasks.base import TaskContext, TaskResult
from django_tasks.signals import task_finished, task_started
from django_tasks.utils import get_exception_traceback, get_module_path, normalize_json

from dateline.lib.crash import crash_point
from dateline.work.clock import queue_now
from dateline.work.models import Job
from dateline.work.progress import running
from dateline.work.queue import Claim, Failure, LeaseLost, fail, finish
from dateline.work.register import GiveUp, LeasedTask, NoSuchTask, task_of
from dateline.work.results import result_of

logger = logging.getLogger(__name__)


class Outcome(Enum):
    """How an attempt ended."""

    DONE = "done"
    FAILED = "failed"
    LOST = "lost"


def run(claim: Claim) -> Outcome:
    """Run the claim's job and write how it ended. The job's errors are logged here, and only here."""
    crash_point("work.claimed")
    try:
        result = call(claim)
        crash_point("work.ran")
        finish(claim, result=result, now=queue_now())
    except LeaseLost as lost:
        logger.warning("%s", lost)
        return Outcome.LOST
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a job may fail in any way; this is the edge
        return _failed(claim, error)
    _announce(claim)
    return Outcome.DONE


def call(claim: Claim) -> Any:
    """Call the job's function and return its result as JSON values. Raises whatever the function raises."""
    job = claim.job
    task = task_of(job.task)
    started = result_of(job, backend=task.backend)
    task_started.send(type(task.get_backend()), task_result=started)
    context = (TaskContext(task_result=started),) if task.takes_context else ()
    with running(claim):
        try:
            return normalize_json(task.call(*context, *job.args, **job.kwargs))
        except ObjectDoesNotExist:
            if isinstance(task, LeasedTask) and task.label:
                raise
            # Wagtail's and modelsearch's tasks look up what may be deleted meanwhile: nothing is left to do.
            logger.info("Job %s: what it was about is gone.", job)
            return None


def _failed(claim: Claim, error: BaseException) -> Outcome:
    failure = Failure(
        error_class=get_module_path(type(error)),
        error=f"{type(error).__name__}: {error}",
        trace=get_exception_traceback(error),
        final=isinstance(error, GiveUp),
    )
    try:
        state = fail(claim, failure, now=queue_now(), jitter=random.random())  # noqa: S311 - spreads retries
    except LeaseLost as lost:
        logger.warning("%s It had failed.", lost, exc_info=error)
        return Outcome.LOST
    job = claim.job
    if state == Job.State.DEAD:
        logger.error("Job %s was given up after attempt %s.", job, job.attempt, exc_info=error)
        _announce(claim)
    else:
        logger.warning(
            "Job %s failed at attempt %s of %s.", job, job.attempt, job.max_attempts, exc_info=error
        )
    return Outcome.FAILED


def _announce(claim: Claim) -> None:
    """Tell Django's listeners how the job ended; those of a job that is no longer known hear nothing."""
    try:
        job = Job.objects.get(pk=claim.job.pk)
        result: TaskResult[Any] = result_of(job, backend=DEFAULT_TASK_BACKEND_ALIAS)
    except (Job.DoesNotExist, NoSuchTask):
        return
    task_finished.send(type(task_backends[DEFAULT_TASK_BACKEND_ALIAS]), task_result=result)
