"""What a raised tag makes due: the files that carry it, and those that the thing it names enters."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Final

from django.db.models import Model

from dateline.articles.bodies import shown_pictures
from dateline.articles.models import Article
from dateline.audience.queries import opened_since
from dateline.publishing.models import BakedFile, Carried
from dateline.publishing.paging import page_count
from dateline.publishing.queries import nouns
from dateline.publishing.queries.baked import ARTICLE, Errand, pages_beyond
from dateline.publishing.queries.listed import listed, of_contributor, of_section, of_topic
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.sheets import sheet

# Tags of the whole site: what stands around every page may have changed; another day has begun.
SITE: Final = "site"
DAY: Final = "day"
# Where no script runs, what stands beside an article that was opened so lately is made again each day.
LOOKED_AT_DAYS: Final = 7
_TOGETHER: Final = 500


def tag_of(row: Model) -> str:
    """Return the tag of a row: `section:3`."""
    return f"{row._meta.model_name}:{row.pk}"


def carriers(press: Press, tags: Sequence[str]) -> Iterator[Errand]:
    """Yield what has to be made again when these are raised."""
    for start in range(0, len(tags), _TOGETHER):
        rows = Carried.objects.filter(tag__name__in=tags[start : start + _TOGETHER])
        found = rows.order_by("-baked__changed_at").values_list("baked__kind", "baked__key")
        yield from dict.fromkeys(Errand(kind, key) for kind, key in found)
    if SITE in tags:
        yield from on_other_sheets(press)


def on_other_sheets(press: Press) -> Iterator[Errand]:
    """Yield files around which something else stands now than when they were made, the newest first."""
    for code in press.codes:
        of_language = BakedFile.objects.filter(language=code).order_by("-changed_at")
        pages = of_language.filter(file__endswith=".html").exclude(sheet=sheet(press, code, is_page=True))
        data = of_language.exclude(file__endswith=".html").exclude(sheet=sheet(press, code, is_page=False))
        for rows in (pages, data):
            yield from dict.fromkeys(Errand(kind, key) for kind, key in rows.values_list("kind", "key"))


def of_other_days(press: Press) -> Iterator[Errand]:
    """Yield files that tell days as they were told on another day."""
    rows = BakedFile.objects.filter(stale_on__lte=press.today).values_list("kind", "key")
    yield from dict.fromkeys(Errand(kind, key) for kind, key in rows)


def looked_at(press: Press) -> Iterator[Errand]:
    """Yield the pages of articles that readers opened within a week and that were made on another day."""
    pieces = list(opened_since(press.today - timedelta(days=LOOKED_AT_DAYS)))
    began = datetime.combine(press.today, time.min, tzinfo=press.zone)
    for start in range(0, len(pieces), _TOGETHER):
        rows = BakedFile.objects.filter(kind=ARTICLE, piece__in=pieces[start : start + _TOGETHER])
        keys = rows.filter(baked_at__lt=began).order_by().values_list("key", flat=True).distinct()
        yield from (Errand(ARTICLE, key) for key in keys)


def entered_by(press: Press, tags: Iterable[str]) -> Iterator[Errand]:
    """Yield what a section, topic or contributor has files of its own, and the fronts on which it stands."""
    for tag in tags:
        kind, _colon, key = tag.partition(":")
        if kind in _ENTERED:
            yield from _ENTERED[kind](press, key)


def _of_section(press: Press, key: str) -> Iterator[Errand]:
    one = nouns.section(press, key)
    while one is not None:
        yield from _list("section", str(one.pk), of_section(one).count())
        yield Errand("feed", f"section/{one.pk}")
        yield Errand("home", str(one.locale.language_code))
        one = one.parent


def _of_topic(press: Press, key: str) -> Iterator[Errand]:
    one = nouns.topic(press, key)
    if one is not None:
        yield from _list("topic", str(one.pk), of_topic(one).count())
        yield Errand("feed", f"topic/{one.pk}")
        yield Errand("home", str(one.locale.language_code))


def _of_contributor(press: Press, key: str) -> Iterator[Errand]:
    one = nouns.contributor(key)
    if one is None:
        return
    for code in press.codes:
        count = of_contributor(one, language=code).count()
        if count:
            yield from _list("contributor", f"{key}:{code}", count)
            yield Errand("feed", f"contributor/{key}:{code}")


def _list(kind: str, base: str, total: int) -> Iterator[Errand]:
    count = page_count(total)
    yield Errand(kind, base)
    yield from (Errand(kind, f"{base}/{number}") for number in range(1, count))
    yield from (Errand(kind, key) for key in pages_beyond(kind, base, count))


_ENTERED: Final = {"section": _of_section, "topic": _of_topic, "contributor": _of_contributor}


def that_lost_pictures(pieces: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return those of some articles whose page as it stands shows a picture that they have no more.

    Where its right ended it goes from every page that shows it, those included that show it among the newest.
    """
    pages = Carried.objects.filter(
        baked__kind=ARTICLE, baked__piece__in=pieces, tag__name__startswith="picture:"
    )
    stood = {
        (piece, int(name.partition(":")[2]))
        for piece, name in pages.values_list("baked__piece", "tag__name")
        if piece is not None
    }
    held = Article.objects.filter(uid__in={piece for piece, _picture in stood})
    stands = {(one.uid, picture.pk) for one in held for picture, _alt in shown_pictures(one)}
    return {piece for piece, _picture in stood - stands}


def not_listed(pieces: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return those of some articles that readers may not see now."""
    left = set(pieces)
    waiting = list(pieces)
    for start in range(0, len(waiting), _TOGETHER):
        left -= set(listed().filter(uid__in=waiting[start : start + _TOGETHER]).values_list("uid", flat=True))
    return left
