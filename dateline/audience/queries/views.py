"""What readers read: counts of a piece, of a day, and what was read most."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Sum

from dateline.articles.models import Article
from dateline.audience.models import ViewsBefore, ViewsOfDay
from dateline.site.queries import identity, zone


@dataclass(frozen=True)
class Views:
    """How often a piece was opened. counted: here; before: at the site that it was brought from, as that site said."""

    counted: int = 0
    before: int = 0

    @property
    def together(self) -> int:
        """What readers are shown."""
        return self.counted + self.before


def views_of(pieces: Collection[UUID]) -> dict[UUID, Views]:
    """Return the counts of pieces; each of them is there."""
    counted = _sums(pieces)
    before = dict(ViewsBefore.objects.filter(piece__in=pieces).values_list("piece", "count"))
    return {piece: Views(counted.get(piece, 0), before.get(piece, 0)) for piece in pieces}


def reads_since(pieces: Collection[UUID], since: datetime) -> Mapping[UUID, int]:
    """Return how often pieces were opened since the day of a moment; those that nobody opened are absent."""
    return _sums(pieces, since=_day(since))


def views_between(pieces: Collection[UUID], *, first: date, until: date) -> Mapping[UUID, int]:
    """Return how often pieces were opened from `first` to the day before `until`; absent where nobody did."""
    return _sums(pieces, since=first, until=until)


def most_read(language: str, since: datetime, limit: int) -> list[tuple[UUID, int]]:
    """Return the live pieces of a language that were opened most since a day, with how often: most first."""
    live = Article.objects.live().in_language(language).order_by().values("uid")
    rows = ViewsOfDay.objects.filter(day__gte=_day(since), piece__in=live)
    counted = rows.order_by().values_list("piece").annotate(together=Sum("count"))
    return [(piece, int(together)) for piece, together in counted.order_by("-together", "piece")[:limit]]


def opened_since(day: date) -> set[UUID]:
    """Return the pieces that anybody opened since a day."""
    return set(ViewsOfDay.objects.filter(day__gte=day).order_by().values_list("piece", flat=True).distinct())


def views_by_day(*, since: date) -> dict[date, int]:
    """Return how often anything was opened on each day; days without are absent."""
    rows = ViewsOfDay.objects.filter(day__gte=since).order_by().values_list("day")
    return {day: int(together) for day, together in rows.annotate(together=Sum("count"))}


def _sums(
    pieces: Collection[UUID], *, since: date | None = None, until: date | None = None
) -> dict[UUID, int]:
    rows = ViewsOfDay.objects.filter(piece__in=pieces)
    if since:
        rows = rows.filter(day__gte=since)
    if until:
        rows = rows.filter(day__lt=until)
    return {
        piece: int(together)
        for piece, together in rows.order_by().values_list("piece").annotate(together=Sum("count"))
    }


def _day(moment: datetime) -> date:
    return moment.astimezone(zone(identity())).date()
