"""When two enqueueings are one and the same job."""

import hashlib
import inspect
from collections.abc import Mapping, Sequence
from typing import Any

from django_tasks.base import Task

from dateline.work.register import LeasedTask, stored_name

LONGEST_KEY = 255


def unique_key(task: Task[Any, Any], args: Sequence[Any], kwargs: Mapping[str, Any]) -> str:
    """Return the key of a job of `task` with these arguments; empty where it is its own."""
    if not isinstance(task, LeasedTask):
        return ""
    if task.key is not None:
        return _fitted(f"{stored_name(task)}:{task.key}")
    if task.unique is not None:
        given = _by_name(task, args, kwargs)
        return _fitted(":".join([stored_name(task), *(str(given[name]) for name in task.unique)]))
    return ""


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
