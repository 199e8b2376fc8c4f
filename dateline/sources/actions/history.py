"""Keeping the history of checks small: single checks for a fortnight, then their sums by day."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncDate

from dateline.sources.models import Check, CheckDay

SINGLE_KEPT: Final = timedelta(days=14)
DAYS_KEPT: Final = timedelta(days=400)


def thin_history(*, now: datetime) -> int:
    """Add up the checks of days that ended a fortnight ago, and drop what is over a year old; return the days.

    One day is one transaction: killed between two, it goes on where it was.
    """
    first_kept = (now - SINGLE_KEPT).astimezone(UTC).date()
    old = Check.objects.filter(at__lt=_start(first_kept))
    days = list(
        old.annotate(day=TruncDate("at", tzinfo=UTC)).values_list("day", flat=True).distinct().order_by("day")
    )
    for day in days:
        _add_up(day)
    CheckDay.objects.filter(day_date__lt=(now - DAYS_KEPT).date()).delete()
    return len(days)


@transaction.atomic
def _add_up(day: date) -> None:
    checks = Check.objects.filter(at__gte=_start(day), at__lt=_start(day + timedelta(days=1)))
    before = {kept.channel_id: kept for kept in CheckDay.objects.filter(day_date=day)}
    sums = checks.values("channel_id").annotate(
        checks=Count("pk"),
        new=Sum("new"),
        troubles=Count("pk", filter=Q(outcome=Check.Outcome.TROUBLE)),
        size=Sum("size"),
    )
    rows = []
    for found in sums.order_by():
        total = Counter({name: found[name] for name in ("checks", "new", "troubles", "size")})
        if kept := before.get(found["channel_id"]):
            total.update({name: getattr(kept, name) for name in total})
        rows.append(CheckDay(channel_id=found["channel_id"], day_date=day, **total))
    CheckDay.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["channel", "day_date"],
        update_fields=["checks", "new", "troubles", "size"],
    )
    checks.delete()


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)
