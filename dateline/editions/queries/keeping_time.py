"""Which editions there are today and when they close."""

from datetime import date, datetime, timedelta

from django.db.models import Max

from dateline.editions.models import Edition, Run
from dateline.site.queries import identity, zone


def today(now: datetime) -> date:
    """Return the day on the site's clocks."""
    return now.astimezone(zone(identity())).date()


def next_day_of(run: Run, *, now: datetime) -> date:
    """Return the day of the next edition of a run that has not closed by its hour."""
    here = zone(identity())
    day = today(now)
    while not (run.comes_on(day) and run.closes_on(day, zone=here) > now):
        day += timedelta(days=1)
    return day


def editions_due(*, now: datetime) -> list[Edition]:
    """Return the open editions whose closing time has come, the longest waiting first."""
    return list(Edition.objects.open().filter(closes_at__lte=now).order_by("closes_at", "pk"))


def next_number(language: str) -> int:
    """Return the number that the next edition of a language gets."""
    last = Edition.objects.in_language(language).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
