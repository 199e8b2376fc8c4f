"""The library of pictures: which there are, why each may be shown, and where it is used."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigAutoField, F, Q, QuerySet
from django.db.models.functions import Cast, Coalesce, Least
from wagtail.models import ReferenceIndex

from dateline.articles.models import Article, Picture, PictureUse

SOON: Final = timedelta(days=30)
LACKS: Final = ("soon", "ended", "credit", "words", "right", "unused")
_NEVER: Final = date.max


@dataclass(frozen=True)
class Shown:
    """A picture of the library. last_day: on which it may be shown, None where nothing ends it."""

    picture: Picture
    may_be_shown: bool
    last_day: date | None
    ends_soon: bool
    articles: Sequence[Article] = field(default=())


def library(*, words: str = "", lack: str = "", on: date) -> QuerySet[Picture]:
    """Return the pictures that pass, newest first. lack: one of LACKS, empty for all."""
    found: QuerySet[Picture] = Picture.objects.select_related("permission__agreement__outlet").order_by(
        "-created_at", "-pk"
    )
    for word in words.split():
        found = found.filter(_says(word))
    if lack in {"soon", "ended"}:
        found = _by_end(found, lack, on)
    elif lack == "unused":
        found = found.exclude(pk__in=_used_anywhere()).exclude(pk__in=_leading()).filter(uses=None)
    elif lack:
        missing = {"credit": Q(credit=""), "words": Q(description=""), "right": Q(permission=None)}
        found = found.filter(missing.get(lack, Q()))
    return found


def _says(word: str) -> Q:
    fields = ("title", "description", "credit", "permission__holder", "source_url")
    said = Q()
    for name in fields:
        said |= Q(**{f"{name}__icontains": word})
    return said


def _by_end(found: QuerySet[Picture], lack: str, on: date) -> QuerySet[Picture]:
    own, agreed = F("permission__ends_on"), F("permission__agreement__ends_on")
    dated: QuerySet[Picture] = found.exclude(permission=None).annotate(
        last_day_of_it=Least(Coalesce(own, _NEVER), Coalesce(agreed, _NEVER))
    )
    gone = Q(last_day_of_it__lt=on) | Q(permission__is_revoked=True)
    gone |= Q(permission__agreement__revoked_at__isnull=False)
    if lack == "ended":
        return dated.filter(gone)
    return dated.exclude(gone).filter(last_day_of_it__lte=on + SOON)


def _used_anywhere() -> QuerySet[Any, Any]:
    """Return the numbers of the pictures that a saved article refers to, as far as the workers have noted it."""
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Picture),
        base_content_type=ContentType.objects.get_for_model(Article),
    )
    number = Cast("to_object_id", BigAutoField())
    noted: QuerySet[Any, Any] = references.order_by().annotate(number=number).values("number")
    return noted


def _leading() -> Any:
    return Article.objects.exclude(hero=None).order_by().values("hero")


def shown(pictures: Sequence[Picture], *, on: date) -> list[Shown]:
    """Return pictures with their rights on that day and the articles that use them, live ones first."""
    articles = _articles_of(pictures)
    return [_shown(picture, articles.get(picture.pk, []), on) for picture in pictures]


def _shown(picture: Picture, articles: Sequence[Article], on: date) -> Shown:
    right = picture.permission
    last = right.last_day if right else None
    may_be_shown = bool(right and right.holds(on=on))
    ends_soon = bool(may_be_shown and last and last <= on + SOON)
    return Shown(picture, may_be_shown, last, ends_soon, tuple(articles))


def _articles_of(pictures: Sequence[Picture]) -> dict[int, list[Article]]:
    pairs = set(PictureUse.objects.filter(picture__in=pictures).values_list("picture_id", "article_id"))
    pairs |= set(Article.objects.filter(hero__in=pictures).values_list("hero_id", "pk"))
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Picture),
        to_object_id__in=[str(one.pk) for one in pictures],
        base_content_type=ContentType.objects.get_for_model(Article),
    )
    pairs |= {(int(to), int(of)) for to, of in references.values_list("to_object_id", "object_id")}
    known = Article.objects.filter(pk__in={article for _picture, article in pairs}).in_bulk()
    found: dict[int, list[Article]] = {}
    for picture, article in sorted(pairs):
        if article in known:
            found.setdefault(picture, []).append(known[article])
    return {picture: sorted(used, key=lambda one: (not one.live, one.pk)) for picture, used in found.items()}
