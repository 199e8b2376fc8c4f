"""What loses its right soon, what has lost it and may come back, and what is held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from dateline.articles.models import Article
from dateline.rights.models import Ending, Hold, Withdrawal
from dateline.site.queries import identity, zone

# Days before an end at which it is called soon; settings.DATELINE_RIGHTS_WARN_DAYS may say otherwise.
WARN_DAYS: Final = (30, 7, 1)


@dataclass(frozen=True)
class Ahead:
    """An end that comes: of which article, in how many days of the site's calendar, 0 for today."""

    ending: Ending
    article: Article
    days: int


@dataclass(frozen=True)
class Back:
    """A piece that was withdrawn because its rights ended, and that may come back when they are renewed."""

    withdrawal: Withdrawal
    article: Article


@dataclass(frozen=True)
class Held:
    """A hold, with the article where there is one."""

    hold: Hold
    article: Article | None


def warn_days() -> tuple[int, ...]:
    """Return the days before an end at which the desk warns, the farthest first."""
    return tuple(sorted(getattr(settings, "DATELINE_RIGHTS_WARN_DAYS", WARN_DAYS), reverse=True))


def endings_ahead(*, now: datetime) -> list[Ahead]:
    """Return what ends within the farthest of the days at which the desk warns, the next first."""
    rows = Ending.objects.filter(at__lte=now + timedelta(days=max(warn_days(), default=0))).order_by("at")
    articles = _articles([row.piece for row in rows])
    here = zone(identity())
    today = timezone.localtime(now, here).date()
    return [
        Ahead(row, articles[row.piece], max(0, (_last_day(row.at, here) - today).days))
        for row in rows
        if row.piece in articles
    ]


def most_pressing(*, now: datetime) -> tuple[int, int]:
    """Return how many things end soon, and within how many days: of the days at which the desk warns, the fewest."""
    ahead = endings_ahead(now=now)
    for days in reversed(warn_days()):
        count = sum(one.days <= days for one in ahead)
        if count:
            return count, days
    return 0, 0


def may_come_back() -> list[Back]:
    """Return what was withdrawn because its rights ended and has not come back, newest first."""
    rows = Withdrawal.objects.standing().filter(ground=Withdrawal.Ground.RIGHTS).order_by("-at")[:100]
    articles = _articles([row.piece for row in rows])
    return [Back(row, articles[row.piece]) for row in rows if row.piece in articles]


def holds() -> list[Held]:
    """Return the holds that stand, newest first."""
    rows = Hold.objects.standing().select_related("original__outlet", "by")
    articles = _articles([row.piece for row in rows if row.piece])
    return [Held(row, articles.get(row.piece) if row.piece else None) for row in rows]


def _articles(pieces: Sequence[UUID]) -> dict[UUID, Article]:
    rows = Article.objects.filter(uid__in=pieces).select_related("locale", "original__outlet", "permission")
    return {row.uid: row for row in rows}


def _last_day(moment: datetime, here: ZoneInfo) -> date:
    """The day on which it still stands: an end at midnight is that of the day before."""
    return timezone.localtime(moment - timedelta(seconds=1), here).date()
