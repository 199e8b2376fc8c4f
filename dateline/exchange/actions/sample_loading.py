"""A loading of the sample newsroom under way: what it has brought so far, noted row by row."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import Locale

from dateline.agreements.models import Agreement
from dateline.articles.models import Article, Contributor, Picture, Section, Topic
from dateline.exchange.models import SampleRow
from dateline.exchange.sample import shapes
from dateline.intake.models import Original
from dateline.publishing.models import PlainPage
from dateline.sources.models import Outlet

# Versions of one thing in several languages share a key made from its name.
FAMILY = UUID("5f0c6c1e-6f0e-4a70-9a25-6f6f2a3f9a11")


@dataclass
class Loading:
    """What has been loaded so far, by the sample's own keys."""

    newsroom: shapes.Newsroom
    now: datetime
    zone: ZoneInfo
    outlets: dict[str, Outlet] = field(default_factory=dict)
    agreements: dict[str, Agreement] = field(default_factory=dict)
    originals: dict[str, Original] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)
    sections: dict[tuple[str, str], Section] = field(default_factory=dict)
    topics: dict[tuple[str, str], Topic] = field(default_factory=dict)
    contributors: dict[str, Contributor] = field(default_factory=dict)
    pages: dict[tuple[str, str], PlainPage] = field(default_factory=dict)
    articles: dict[tuple[str, str], Article] = field(default_factory=dict)

    def moment(self, days_ago: int, time: object) -> datetime:
        """Return the moment that a file means, never later than now."""
        day = (self.now - timedelta(days=days_ago)).astimezone(self.zone).date()
        meant = datetime.combine(day, time, tzinfo=self.zone)  # type: ignore[arg-type]
        return min(meant, self.now - timedelta(minutes=5))


def note(row: models.Model) -> None:
    SampleRow.objects.create(kind=ContentType.objects.get_for_model(row), key=row.pk)


def locale_of(language: str) -> Locale:
    return Locale.objects.get(language_code=language)
