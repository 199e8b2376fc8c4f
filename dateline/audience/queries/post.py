"""Reading readers' post, and the pieces that it is about."""

import re
from datetime import date, datetime
from typing import Final
from urllib.parse import unquote, urlsplit

from django.conf import settings

from dateline.articles.models import Article, Redirect
from dateline.audience.models import ReaderLetter
from dateline.audience.models.reader_letter import ReaderLetterQuerySet
from dateline.site.queries import identity, zone

_ARTICLE: Final = re.compile(r"/([A-Za-z-]{2,20})/(\d{4})/(\d{2})/(\d{2})/([^/]+)/?")


def piece_at(address: str) -> Article | None:
    """Return the piece that stands at an address of ours, or stood there; None where there is none."""
    told, home = urlsplit(address), urlsplit(settings.DATELINE_URL)
    if told.netloc and told.netloc != home.netloc:
        return None
    path = told.path.removesuffix("republish/")
    moved = (
        Redirect.objects.filter(old_path=path, article__live=True).select_related("article__locale").first()
    )
    return moved.article if moved else _standing_at(path)


def _standing_at(path: str) -> Article | None:
    found = _ARTICLE.fullmatch(path)
    if found is None:
        return None
    language, year, month, day, slug = found.groups()
    try:
        when = date(int(year), int(month), int(day))
    except ValueError:
        return None
    rows = Article.objects.live().filter(
        locale__language_code=language, address_date=when, slug=unquote(slug)
    )
    return rows.select_related("locale").first()


def letters() -> ReaderLetterQuerySet:
    """Return readers' letters with what a list shows of each."""
    return ReaderLetter.objects.select_related("taken_by", "letter")


def today(now: datetime) -> date:
    """Return the day of the publication, by which the law's month is counted."""
    return now.astimezone(zone(identity())).date()
