"""The leased-job queue behind the interface of `django_tasks`, which Wagtail's own tasks use too.

Models are imported inside the methods: packages declare tasks, and so load this file, while
Django still loads the apps.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.signals import task_enqueued

from dateline.work.register import LeasedTask, NoSuchTask


class LeasedJobBackend(BaseTaskBackend):
    """Keeps jobs as rows of the site's own database: enqueueing joins the caller's transaction."""

    task_class = LeasedTask
    supports_defer = True
    supports_async_task = True
    supports_get_result = True
    supports_priority = True

    def enqueue(
        self,
        task: Task[Any, Any],
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
    ) -> TaskResult[Any]:
        """Write the job, or find the waiting one with its key, and return how it stands."""
        from dateline.work.actions import enqueue
        from dateline.work.results import result_of

        self.validate_task(task)
        result = result_of(enqueue(task=task, args=args, kwargs=kwargs), backend=self.alias)
        task_enqueued.send(type(self), task_result=result)
        return result

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """Return how the job `result_id` stands. Raises TaskResultDoesNotExist where there is none."""
        from django.core.exceptions import ValidationError

        from dateline.work.models import Job
        from dateline.work.results import result_of

        try:
            return result_of(Job.objects.get(pk=result_id), backend=self.alias)
        except (Job.DoesNotExist, ValidationError, NoSuchTask):
            raise TaskResultDoesNotExist(result_id) from None
