"""When two enqueueings are one and the same job."""

import hashlib
import inspect
from collections.abc import Mapping, Sequence
from typing import Any

from django_tasks.base import Task

from dateline.work.register import LeasedTask, stored_name

LONGEST_KEY = 255

# Other packages' tasks that bring something up to date: one waiting job for each object is enough,
# and two at once would get in each other's way.
REFRESHING = {
    "wagtail.tasks.update_reference_index_task",
    "modelsearch.tasks.insert_or_update_object_task",
}


def unique_key(task: Task[Any, Any], args: Sequence[Any], kwargs: Mapping[str, Any]) -> str:
    """Return the key of a job of `task` with these arguments; empty where it is its own."""
    name = stored_name(task)
    if isinstance(task, LeasedTask) and task.key is not None:
        return _fitted(f"{name}:{task.key}")
    unique = getattr(task, "unique", None)
    given = _by_name(task, args, kwargs)
    if name in REFRESHING:
        unique = tuple(given)
    if unique is None:
        return ""
    return _fitted(":".join([name, *(str(given[argument]) for argument in unique)]))


def _by_name(task: Task[Any, Any], args: Sequence[Any], kwargs: Mapping[str, Any]) -> dict[str, Any]:
    context = (None,) if task.takes_context else ()
    bound = inspect.signature(task.func).bind(*context, *args, **kwargs)
    bound.apply_defaults()
    return bound.arguments


def _fitted(key: str) -> str:
    if len(key) <= LONGEST_KEY:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()
    return f"{key[: LONGEST_KEY - len(digest) - 1]}#{digest}"
