"""What machines were asked this month, and what is left of their budgets."""

from dataclasses import dataclass
from datetime import UTC, datetime, time

from django.db.models import Count, Q, QuerySet, Sum

from dateline.site.queries import identity, zone
from dateline.translation.machines.registry import budgets
from dateline.translation.metering import Past
from dateline.translation.models import MachineCall

# As many of a machine's last calls tell how long it is left alone.
REMEMBERED = 20
FAILED = (MachineCall.State.REFUSED, MachineCall.State.SPOILED)


@dataclass(frozen=True)
class MachineMonth:
    """What a machine was asked in a month. budget: None where there is none."""

    machine: str
    model: str
    calls: int
    failed: int
    sentences: int
    characters: int
    budget: int | None


def month_start(now: datetime) -> datetime:
    """Return when the month began, in the publication's zone."""
    local = zone(identity())
    first = now.astimezone(local).date().replace(day=1)
    return datetime.combine(first, time.min, tzinfo=local).astimezone(UTC)


def machines_this_month(*, now: datetime) -> list[MachineMonth]:
    """Return what each machine and model was asked this month; characters that were refused cost nothing."""
    counted = (
        _of_month(now)
        .order_by("machine", "model")
        .values_list("machine", "model")
        .annotate(
            calls=Count("pk"),
            failed=Count("pk", filter=Q(state__in=FAILED)),
            told=Sum("sentences"),
            cost=Sum("characters", filter=_COUNTS, default=0),
        )
    )
    limits = budgets()
    return [
        MachineMonth(machine, model, calls, failed, sentences, cost, limits.get(machine))
        for machine, model, calls, failed, sentences, cost in counted
    ]


def characters_left(machine: str, *, now: datetime) -> int | None:
    """Return how many characters of its month's budget a machine may still be asked; None where it has none."""
    budget = budgets().get(machine)
    if budget is None:
        return None
    spent = _of_month(now).filter(_COUNTS, machine=machine).aggregate(sum=Sum("characters"))["sum"] or 0
    return max(budget - spent, 0)


def last_calls(machine: str) -> list[Past]:
    """Return the last calls of a machine, the latest first."""
    rows = MachineCall.objects.filter(machine=machine)[:REMEMBERED]
    return [Past(row.asked_at, row.ended_at, row.state in FAILED, row.rests_until) for row in rows]


_COUNTS = ~Q(state=MachineCall.State.REFUSED)


def _of_month(now: datetime) -> QuerySet[MachineCall]:
    return MachineCall.objects.filter(asked_at__gte=month_start(now))
