"""“Have we had this?”: originals and our archive, by words in any script, by address, by topic."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from dateline.articles.models import Article
from dateline.desk.folding import folded, sought
from dateline.desk.models import Findable
from dateline.desk.queries.given import articles_for, originals_for
from dateline.desk.queries.words import having, nearest
from dateline.intake.models import Original
from dateline.intake.queries import reading_for
from dateline.intake.queries.duplicates import echoes
from dateline.people.models import User

SHOWN: Final = 20
ALIKE: Final = 60


@dataclass(frozen=True, kw_only=True)
class Had:
    """What is looked for; what is empty does not narrow. where: "", "originals" or "ours"."""

    words: str = ""
    where: str = ""
    outlet: int | None = None
    language: str = ""
    since: date | None = None
    until: date | None = None


def had(asked: Had, *, user: User) -> QuerySet[Findable]:
    """Return what has all the words (or the address), those with them in the headline first, then the newest."""
    words = sought(asked.words)
    if not words:
        return Findable.objects.none()
    found = _narrowed(_visible(asked, user), asked).filter(having(words, address=_address(asked.words)))
    headline = Q()
    for word in words:
        headline &= Q(headline__contains=word)
    rank = Case(When(headline, then=Value(0)), default=Value(1), output_field=IntegerField())
    return _with_pieces(found.annotate(rank=rank).order_by("rank", "-at", "-pk"))


def like(original: Original, *, user: User) -> QuerySet[Findable]:
    """Return what has words of an original's headline, the likest first, without the original itself."""
    numbers = nearest(folded(reading_for(original).headline).split(), most=ALIKE)
    order = Case(
        *(When(pk=number, then=Value(at)) for at, number in enumerate(numbers)), default=Value(ALIKE)
    )
    found = _visible(Had(), user).filter(pk__in=numbers).exclude(original=original)
    return _with_pieces(found.order_by(order, "-pk"))


def _with_pieces(found: QuerySet[Findable]) -> QuerySet[Findable]:
    read: QuerySet[Findable] = found.select_related(
        "original__outlet", "article__locale", "article__original__outlet"
    ).defer("text", "original__body_html", "original__body_text", "article__body")
    return read


def _address(words: str) -> str:
    """Return words as they stand in an address, without how it is fetched; empty where they are no address."""
    told = words.strip().casefold()
    is_address = not any(sign.isspace() for sign in told) and any(sign in told for sign in "./-")
    return folded(told.removeprefix("https://").removeprefix("http://")).strip() if is_address else ""


def _visible(asked: Had, user: User) -> QuerySet[Findable]:
    originals = Q(original__in=originals_for(user).values("pk"))
    if user.has_perm("intake.view_original"):
        originals = Q(original__isnull=False)
    ours = Q(article__in=articles_for(user).order_by().values("pk"))
    which = {"originals": originals, "ours": ours}.get(asked.where, originals | ours)
    return Findable.objects.filter(which)


def _narrowed(found: QuerySet[Findable], asked: Had) -> QuerySet[Findable]:
    if asked.outlet:
        found = found.filter(Q(original__outlet=asked.outlet) | Q(article__original__outlet=asked.outlet))
    if asked.language:
        found = found.filter(
            Q(original__language=asked.language) | Q(article__locale__language_code=asked.language)
        )
    if asked.since:
        found = found.filter(at__date__gte=asked.since)
    if asked.until:
        found = found.filter(at__date__lte=asked.until)
    return found


@dataclass(frozen=True)
class HadBefore:
    """An original that says the same, or tells the same story, and what we made of it. why: in which way."""

    original: Original
    why: str
    articles: Sequence[Article]


def had_before(original: Original) -> list[HadBefore]:
    """Return what we made of earlier pieces that are like this one, or of its story."""
    same = {echo.original.pk for echo in echoes(original)}
    membership = getattr(original, "membership", None)
    in_story = Q(membership__story=membership.story_id) if membership else Q(pk__in=())
    told = Original.objects.filter(Q(pk__in=same) | in_story, articles__isnull=False).exclude(pk=original.pk)
    rows = told.distinct().select_related("outlet").order_by("-taken_at")
    return [
        HadBefore(
            original=one,
            why="same" if one.pk in same else "story",
            articles=tuple(one.articles.select_related("locale")),
        )
        for one in rows[:SHOWN]
    ]
