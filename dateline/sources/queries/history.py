"""How the checks of a channel went, day by day, for a small chart."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncDate

from dateline.sources.models import Channel, Check, CheckDay


@dataclass(frozen=True, kw_only=True)
class Day:
    """One bar of the chart: a day in UTC. size: bytes that came."""

    day_date: date
    checks: int = 0
    new: int = 0
    troubles: int = 0
    size: int = 0


def history(channel: Channel, *, now: datetime, days: int = 30) -> list[Day]:
    """Return the last `days` days, oldest first, today the last; those without a check are there with zeros."""
    last = now.astimezone(UTC).date()
    first = last - timedelta(days=days - 1)
    found: dict[date, dict[str, Any]] = {}
    for row in [*_sums(channel, first=first), *_single(channel, first=first)]:
        kept = found.setdefault(row.pop("day"), {"checks": 0, "new": 0, "troubles": 0, "size": 0})
        for name, value in row.items():
            kept[name] += value or 0
    calendar = (first + timedelta(days=number) for number in range(days))
    return [Day(day_date=day, **found.get(day, {})) for day in calendar]


def _sums(channel: Channel, *, first: date) -> list[dict[str, Any]]:
    rows = CheckDay.objects.filter(channel=channel, day_date__gte=first)
    return [
        {
            "day": row.day_date,
            "checks": row.checks,
            "new": row.new,
            "troubles": row.troubles,
            "size": row.size,
        }
        for row in rows
    ]


def _single(channel: Channel, *, first: date) -> list[dict[str, Any]]:
    start = datetime.combine(first, time.min, tzinfo=UTC)
    checks = Check.objects.filter(channel=channel, at__gte=start).annotate(day=TruncDate("at", tzinfo=UTC))
    sums = checks.values("day").annotate(
        checks=Count("pk"),
        sum_new=Sum("new"),
        troubles=Count("pk", filter=Q(outcome=Check.Outcome.TROUBLE)),
        sum_size=Sum("size"),
    )
    return [
        {
            "day": row["day"],
            "checks": row["checks"],
            "new": row["sum_new"],
            "troubles": row["troubles"],
            "size": row["sum_size"],
        }
        for row in sums.order_by()
    ]
