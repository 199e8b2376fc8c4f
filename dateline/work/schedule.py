"""Recurring work: registered with its period, kept as rows, fired by whichever worker looks first."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import ParamSpec, TypeVar

from django.db import transaction

from dateline.work.actions import enqueue_by_name
from dateline.work.models import Beat
from dateline.work.register import LeasedTask, named_task, names

P = ParamSpec("P")
T = TypeVar("T")

_periods: dict[str, int] = {}


def every(
    *, seconds: int, name: str, max_attempts: int = 1, priority: int = 0
) -> Callable[[Callable[P, T]], LeasedTask[P, T]]:
    """Register a function without arguments as the task `name`, and have it run every `seconds`.

    At most one waits and one runs at a time. By default a failed one is not repeated before its
    next beat.
    """

    def register(function: Callable[P, T]) -> LeasedTask[P, T]:
        _periods[name] = seconds
        return named_task(name, unique=(), max_attempts=max_attempts, priority=priority)(function)

    return register


def lay_out_beats(*, now: datetime) -> None:
    """Write a row for each new beat, whose first run is now, and follow changed periods."""
    for name in names():
        if name in _periods:
            _lay_out(name, _periods[name], now)


def fire_due_beats(*, now: datetime) -> list[str]:
    """Enqueue each beat whose time has come and return their names.

    However many workers look, and however long nobody looked, each fires once.
    """
    beats = Beat.objects.filter(name__in=_periods)
    return [beat.name for beat in beats if beat.is_due(now=now) and _fired(beat, now=now)]


def no_worker_since(*, now: datetime) -> datetime | None:
    """Return the time of the oldest beat that nobody fired for a minute, None where workers keep time.

    A new installation has no beats before its first worker: then the answer is None too.
    """
    registered = [name for name in names() if name in _periods]
    missed = Beat.objects.filter(name__in=registered, next_run_at__lt=now - timedelta(minutes=1))
    oldest = missed.order_by("next_run_at").first()
    return oldest.next_run_at if oldest else None


def next_time(*, was: datetime, period: timedelta, now: datetime) -> datetime:
    """Return the first time after `now` in the rhythm of `was`, or one period on if the clock went back."""
    if was > now:
        return now + period
    return was + period * ((now - was) // period + 1)


def _lay_out(name: str, seconds: int, now: datetime) -> None:
    beat, is_new = Beat.objects.get_or_create(
        name=name, defaults={"every_seconds": seconds, "next_run_at": now}
    )
    if not is_new and beat.every_seconds != seconds:
        beat.every_seconds = seconds
        beat.next_run_at = min(beat.next_run_at, now + timedelta(seconds=seconds))
        beat.save()


def _fired(beat: Beat, *, now: datetime) -> bool:
    following = next_time(was=beat.next_run_at, period=beat.period, now=now)
    with transaction.atomic():
        # Whoever moves the time on fires: the others find it moved.
        if not Beat.objects.filter(pk=beat.pk, next_run_at=beat.next_run_at).update(next_run_at=following):
            return False
        enqueue_by_name(beat.name)
    return True
