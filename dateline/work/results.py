"""A job in the words of `django_tasks`."""

from typing import Any

from django_tasks.base import TaskError, TaskResult, TaskResultStatus

from dateline.work.models import Job
from dateline.work.register import task_of

STATUS = {
    Job.State.READY: TaskResultStatus.READY,
    Job.State.CLAIMED: TaskResultStatus.RUNNING,
    Job.State.DONE: TaskResultStatus.SUCCESSFUL,
    Job.State.FOLDED: TaskResultStatus.FAILED,
    Job.State.DEAD: TaskResultStatus.FAILED,
}


def result_of(job: Job, *, backend: str) -> TaskResult[Any]:
    """Return how `job` stands. Raises NoSuchTask where its task is no longer there."""
    task = task_of(job.task).using(priority=job.priority, queue_name=job.queue, run_after=job.run_after)
    result: TaskResult[Any] = TaskResult(
        task=task,
        id=str(job.id),
        status=STATUS[Job.State(job.state)],
        enqueued_at=job.enqueued_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        last_attempted_at=job.started_at,
        args=job.args,
        kwargs=job.kwargs,
        backend=backend,
        errors=_errors(job),
        # Its length is the attempts to a task that counts them; we keep the last worker only.
        worker_ids=[job.claimed_by] * job.attempt,
    )
    object.__setattr__(result, "_return_value", job.result)
    return result


def _errors(job: Job) -> list[TaskError]:
    if not job.error_class:
        return []
    return [TaskError(exception_class_path=job.error_class, traceback=job.error_trace)]
