"""Which editions there are today and when they close."""

from datetime import date, datetime

from django.db.models import Max

from dateline.editions.models import Edition
from dateline.site.queries import identity, zone


def today(now: datetime) -> date:
    """Return the day on the site's clocks."""
    return now.astimezone(zone(identity())).date()


def editions_due(*, now: datetime) -> list[Edition]:
    """Return the open editions whose closing time has come, the longest waiting first."""
    return list(Edition.objects.open().filter(closes_at__lte=now).order_by("closes_at", "pk"))


def next_number(language: str) -> int:
    """Return the number that the next edition of a language gets."""
    last = Edition.objects.in_language(language).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
