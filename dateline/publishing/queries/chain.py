"""Chains of statements: what a piece answers and what answers it, however far, past pieces that stand no more."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from dateline.articles.addresses import contributor_path
from dateline.articles.models import Answer, Article, Issuer
from dateline.intake.models import Original
from dateline.lib.scripts import direction
from dateline.publishing.pages import Name, Statement
from dateline.publishing.queries.gathering import gathered_for
from dateline.publishing.queries.listed import listed
from dateline.publishing.queries.press import Press

# A chain that is longer is shown as far as this, the nearest first.
LONGEST: Final = 40

Step = Callable[[list[Article]], QuerySet[Answer]]


@dataclass(frozen=True)
class Found:
    """A row of the chain: the piece at its other end where that is ours, and how many answers lie between."""

    row: Answer
    other: Article | None
    distance: int


def answers(press: Press, article: Article) -> tuple[Statement, ...]:
    """Return what a piece answers, and what that answered, oldest first. What stands no more is said and not linked."""
    if article.pk not in gathered_for(press, article).in_chains:
        return ()
    found = list(_walk(article, _answers_of, lambda row: row.to_article))
    shown = _listed_keys(found)
    told = [_answered(press, one, shown) for one in found]
    return _in_time_order(told)


def answered_by(press: Press, article: Article) -> tuple[Statement, ...]:
    """Return what was said to a piece, or to the original it was made from, and to that, oldest first."""
    if article.pk not in gathered_for(press, article).in_chains:
        return ()
    found = list(_walk(article, _answers_to, lambda row: row.article))
    shown = _listed_keys(found)
    bridges = {
        one.row.to_article_id for one in found
    }  # what stands no more is told of where a reply to it stands
    told = [
        _answering(press, one, shown)
        for one in found
        if one.other and (one.other.pk in shown or one.other.pk in bridges)
    ]
    return _in_time_order(told)


def linked_with(article: Article) -> Iterator[uuid.UUID]:
    """Yield the pieces of ours on whose pages this one stands in the chain, or stood."""
    for step, end in ((_answers_of, lambda row: row.to_article), (_answers_to, lambda row: row.article)):
        yield from (one.other.uid for one in _walk(article, step, end) if one.other)


def issuers(article: Article) -> tuple[Name, ...]:
    """Return who issued a statement, each with a page where it has one: of ours, or the outlet's own."""
    named = tuple(_issuer(row, article.language) for row in article.issuers.all())
    return named or tuple(Name(name=name, role="issuer", is_house=True) for name in article.issuer_names)


def _issuer(row: Issuer, language: str) -> Name:
    if row.contributor:
        href = contributor_path(language=language, slug=row.contributor.slug)
    else:
        href = row.outlet.home_url if row.outlet else ""
    return Name(name=row.shown_name, role="issuer", href=href, is_house=row.is_organisation)


# The walk


def _answers_of(pieces: list[Article]) -> QuerySet[Answer]:
    """What these pieces answer."""
    found: QuerySet[Answer] = Answer.objects.filter(article__in=pieces)
    return found


def _answers_to(pieces: list[Article]) -> QuerySet[Answer]:
    """What was said to these pieces, or to what they were made from."""
    originals = [piece.original_id for piece in pieces if piece.original_id]
    to_them = Q(to_article__in=pieces) | Q(to_original__in=originals)
    found: QuerySet[Answer] = Answer.objects.filter(to_them).exclude(article__in=pieces)
    return found


def _walk(article: Article, step: Step, end: Callable[[Answer], Article | None]) -> Iterator[Found]:
    """Yield the rows on one side of a piece, the nearest first. A draft ends the walk."""
    seen, pieces, distance, count = {article.pk}, [article], 0, 0
    while pieces:
        distance += 1
        ahead: dict[int, Article] = {}
        for row in step(pieces).select_related(*_WITH_EACH).order_by("article_id", "sort_order", "pk"):
            other = end(row)
            if other is not None and (other.pk in seen or not _stood_once(other)):
                continue
            yield Found(row, other, distance)
            count += 1
            if count == LONGEST:
                return
            if other is not None:
                ahead[other.pk] = other
        seen |= ahead.keys()
        pieces = list(ahead.values())


_WITH_EACH: Final = (
    "article__locale",
    "to_article__locale",
    "to_original__outlet",
    "snapshot",
)


def _stood_once(article: Article) -> bool:
    return article.live or article.first_published_at is not None


def _listed_keys(found: list[Found]) -> frozenset[int]:
    keys = [one.other.pk for one in found if one.other]
    return frozenset(listed().filter(pk__in=keys).values_list("pk", flat=True)) if keys else frozenset()


# What is told of each


Dated = tuple[date, int, Statement]


def _in_time_order(told: list[Dated]) -> tuple[Statement, ...]:
    return tuple(
        statement for _day, _place, statement in sorted(dict.fromkeys(told), key=lambda one: one[:2])
    )


def _answered(press: Press, found: Found, shown: frozenset[int]) -> Dated:
    row, is_near = found.row, found.distance == 1
    relation = str(row.get_relation_display()) if is_near else _("earlier in this exchange")
    if found.other is not None and found.other.pk in shown:
        return _of_ours(press, found, relation=relation, claim=row.claim)
    if row.to_original:
        return _of_theirs(press, found, row.to_original, relation=relation)
    if found.other is not None:
        return _gap(found, relation=relation)
    statement = Statement(
        relation=relation,
        headline=row.to_title or row.to_address,
        href=row.to_address,
        issuer="",
        day=None,
        claim=row.claim,
        is_ours=False,
    )
    return (date.min, row.pk, statement)


def _answering(press: Press, found: Found, shown: frozenset[int]) -> Dated:
    passive = {
        "disputes": _("disputed by"),
        "replies-to": _("answered by"),
        "supports": _("supported by"),
        "corrects": _("corrected by"),
    }
    is_near = found.distance == 1
    relation = passive[found.row.relation] if is_near else _("later in this exchange")
    if found.other is not None and found.other.pk in shown:
        return _of_ours(press, found, relation=relation, claim=found.row.claim if is_near else "")
    return _gap(found, relation=relation)


def _of_ours(press: Press, found: Found, *, relation: str, claim: str) -> Dated:
    other = found.other
    assert other is not None  # noqa: S101  # both callers have asked
    press.note(other.uid)
    press.rests_on(*(f"outlet:{row.outlet_id}" for row in other.issuers.all() if row.outlet_id))
    press.rests_on(
        *(f"contributor:{row.contributor_id}" for row in other.issuers.all() if row.contributor_id)
    )
    statement = Statement(
        relation=relation,
        headline=other.headline,
        href=other.get_absolute_url(),
        issuer=", ".join(other.issuer_names),
        day=_day_of(other),
        claim=claim,
        language=other.language,
        direction=direction(other.language),
    )
    return (_day_of(other) or date.max, other.pk, statement)


def _of_theirs(press: Press, found: Found, other: Original, *, relation: str) -> Dated:
    day = press.local(other.published_at).date() if other.published_at else None
    shot = found.row.snapshot
    press.rests_on(f"outlet:{other.outlet_id}")
    statement = Statement(
        relation=relation,
        headline=other.headline,
        href=other.url,
        issuer=other.outlet.shown_name,
        day=day,
        claim=found.row.claim,
        language=other.language,
        direction=direction(other.language),
        is_ours=False,
        seen_at=press.local(shot.fetched_at) if shot else None,
    )
    return (day or date.min, found.row.pk, statement)


def _gap(found: Found, *, relation: str) -> Dated:
    """Where a piece stood that stands no more: nothing of it is told, and no link leads there."""
    other = found.other
    assert other is not None  # noqa: S101  # both callers have asked
    statement = Statement(
        relation=relation,
        headline=_("A piece that is no longer published here"),
        href="",
        issuer="",
        day=None,
        is_gap=True,
    )
    return (_day_of(other) or date.max, other.pk, statement)


def _day_of(article: Article) -> date | None:
    day: date | None = article.issued_on or article.address_date
    return day
