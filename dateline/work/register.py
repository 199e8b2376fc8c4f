"""Work by its name, so that a room can hand it forward to one that it has never heard of.

A room signs in by writing `tasks.py` with `@named_task("publishing.bake")`; an earlier room
enqueues by that name. The modules `tasks` of all installed apps are read when a name is first asked for.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, ParamSpec, TypeVar

from django.utils.module_loading import autodiscover_modules, import_string
from django_tasks import DEFAULT_TASK_QUEUE_NAME
from django_tasks.base import Task

P = ParamSpec("P")
T = TypeVar("T")

MAX_ATTEMPTS = 5


class NoSuchTask(LookupError):
    """Nothing is registered, and nothing can be imported, under this name."""


class NameTaken(ValueError):
    """Two different functions ask for one name."""


class GiveUp(Exception):
    """Raised by a job that knows that another attempt cannot help: it ends dead at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeasedTask(Task[P, T]):
    """A task with what the leased queue needs to know of it.

    label: its registered name; empty for tasks of other people's packages.
    unique: names of arguments that tell two jobs of this task apart; () means that one waiting
    job is enough, None that each is its own. key: the same, given for one enqueueing.
    """

    label: str = ""
    unique: tuple[str, ...] | None = None
    key: str | None = None
    max_attempts: int = MAX_ATTEMPTS


_named: dict[str, LeasedTask[Any, Any]] = {}


def named_task(
    name: str,
    *,
    unique: tuple[str, ...] | None = None,
    max_attempts: int = MAX_ATTEMPTS,
    priority: int = 0,
    queue: str = DEFAULT_TASK_QUEUE_NAME,
    takes_context: bool = False,
) -> Callable[[Callable[P, T]], LeasedTask[P, T]]:
    """Register a function of a module as the task `name` ("room.verb").

    unique: see `LeasedTask`. Raises NameTaken where another function has the name.
    """

    def register(function: Callable[P, T]) -> LeasedTask[P, T]:
        task = LeasedTask(
            func=function,
            label=name,
            unique=unique,
            max_attempts=max_attempts,
            priority=priority,
            queue_name=queue,
            takes_context=takes_context,
        )
        other = _named.setdefault(name, task)
        if other.module_path != task.module_path:
            raise NameTaken(f"{name} is {other.module_path} already: give {task.module_path} another name.")
        _named[name] = task
        return task

    return register


def task_named(name: str) -> LeasedTask[Any, Any]:
    """Return the task registered as `name`. Raises NoSuchTask where no room has signed in with it."""
    if name not in _named:
        _discover()
    try:
        return _named[name]
    except KeyError:
        raise NoSuchTask(
            f"No task is named {name}: is its room in INSTALLED_APPS, and its tasks.py complete?"
        ) from None


def task_of(name: str) -> Task[Any, Any]:
    """Return the task that a job stored as `name`: a registered one, else the one at that dotted path.

    Raises NoSuchTask where there is neither.
    """
    try:
        return task_named(name)
    except NoSuchTask:
        found = _imported(name)
    if not isinstance(found, Task):
        raise NoSuchTask(f"{name} is neither a registered name nor the path of a task.")
    return found


def stored_name(task: Task[Any, Any]) -> str:
    """Return what a job keeps to find `task` again."""
    return (task.label if isinstance(task, LeasedTask) else "") or task.module_path


def names() -> Iterator[str]:
    """Yield every registered name, sorted."""
    _discover()
    yield from sorted(_named)


def _imported(path: str) -> object:
    try:
        return import_string(path)
    except ImportError:
        return None


@cache
def _discover() -> None:
    autodiscover_modules("tasks")
