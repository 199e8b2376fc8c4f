"""Verbs of looking: keep what is searched up to date, match the rules that stand, make and drop such rules."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Final

from django.db import transaction
from django.db.models import BigIntegerField, Exists, Max, OuterRef
from django.db.models.functions import Cast

from dateline.articles.bodies import block_text
from dateline.articles.models import Article
from dateline.desk.folding import folded
from dateline.desk.models import Findable, Notice, StandingRule
from dateline.desk.queries.given import revisions_of_articles
from dateline.desk.standing import Piece, Rule, fulfils
from dateline.intake.models import BeatScore, Original
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.sources.models import Outlet

AT_ONCE: Final = 500
# So long a rule that asks for a label of the beat waits for a piece to be scored.
PATIENCE: Final = timedelta(minutes=10)


@transaction.atomic
def enter_originals() -> int:
    """Make the next originals that came in searchable; return how many, 0 when all are."""
    fresh = Original.objects.filter(findable=None).order_by("-pk")[:AT_ONCE]
    rows = [
        Findable(
            original=one,
            headline=folded(one.headline),
            text=folded(f"{one.headline}\n{one.standfirst}\n{one.body_text}"),
            address=one.url.casefold(),
            at=one.taken_at,
        )
        for one in fresh
    ]
    Findable.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@transaction.atomic
def enter_articles(*, now: datetime) -> int:
    """Make the newest words of the articles that were written on since searchable; return how many."""
    known = Findable.objects.aggregate(newest=Max("written_at"))["newest"]
    of_one = Article.objects.filter(pk=Cast(OuterRef("object_id"), BigIntegerField()))
    fresh = revisions_of_articles().filter(Exists(of_one)).order_by("created_at", "pk")
    if known:
        fresh = fresh.filter(created_at__gt=known)
    rows = list(fresh[:AT_ONCE])
    for revision in rows:
        _enter_article(revision.as_object(), at=revision.created_at, now=now)
    unsaved = list(Article.objects.filter(findable=None)[:AT_ONCE]) if not rows else []
    for article in unsaved:  # written without a draft
        _enter_article(article, at=None, now=now)
    return len(rows) + len(unsaved)


def _enter_article(draft: Article, *, at: datetime | None, now: datetime) -> None:
    body = " ".join(block_text(block) for block in draft.body)
    topics = " ".join(topic.name for topic in draft.topics.all())
    Findable.objects.update_or_create(
        article_id=draft.pk,
        defaults={
            "headline": folded(f"{draft.headline} {draft.slugline}"),
            "text": folded(f"{draft.headline}\n{draft.slugline}\n{draft.standfirst}\n{topics}\n{body}"),
            "address": draft.slug.casefold(),
            "at": draft.first_published_at or at or now,
            "written_at": at,
        },
    )


def match_rules(*, now: datetime) -> int:
    """Let every standing rule look at what came in since it last looked; return how many notices there are."""
    return sum(_match(rule, now=now) for rule in StandingRule.objects.all())


@transaction.atomic
def _match(rule: StandingRule, *, now: datetime) -> int:
    row = StandingRule.objects.select_for_update().get(pk=rule.pk)
    fresh = list(Original.objects.filter(pk__gt=row.looked_to).order_by("pk")[:AT_ONCE])
    labels = _labels(fresh) if row.label else {}
    if row.label:
        fresh = list(takewhile(lambda one: one.pk in labels or one.taken_at <= now - PATIENCE, fresh))
    if not fresh:
        return 0
    asks = Rule(
        outlet=row.outlet_id, language=row.language, words=row.words, person=row.person, label=row.label
    )
    found = [one for one in fresh if fulfils(_piece(one, labels.get(one.pk, ())), asks)]
    Notice.objects.bulk_create(
        (Notice(rule=row, original=one, at=now) for one in found), ignore_conflicts=True
    )
    row.looked_to = fresh[-1].pk
    row.save(update_fields=["looked_to"])
    return len(found)


def _piece(original: Original, labels: Iterable[str]) -> Piece:
    return Piece(
        outlet=original.outlet_id,
        language=original.language,
        text=folded(f"{original.headline}\n{original.standfirst}\n{original.body_text}"),
        persons=original.author_names,
        labels=frozenset(labels),
    )


def _labels(originals: Iterable[Original]) -> dict[int, list[str]]:
    scores = BeatScore.objects.filter(beat__is_active=True, original__in=list(originals))
    return {score.original_id: score.labels for score in scores if score.original_id}


@transaction.atomic
def make_rule(
    *,
    owner: User,
    now: datetime,
    outlet: Outlet | None = None,
    language: str = "",
    words: str = "",
    person: str = "",
    label: str = "",
) -> StandingRule:
    """Have somebody told of what comes in from now on. Raises ValidationError where nothing is asked."""
    newest = Original.objects.aggregate(newest=Max("pk"))["newest"] or 0
    row = StandingRule(
        owner=owner,
        outlet=outlet,
        language=language,
        words=words.strip(),
        person=person.strip(),
        label=label.strip(),
        made_at=now,
        looked_to=newest,
    )
    row.full_clean()
    row.save()
    write_down(verb="make-rule", subject=row, by=owner, now=now, summary=str(row))
    return row


@transaction.atomic
def drop_rule(*, rule: StandingRule, by: User, now: datetime) -> None:
    """Take a rule away, with what it told."""
    write_down(verb="drop-rule", subject=rule, by=by, now=now, summary=str(rule))
    rule.delete()


@transaction.atomic
def see_notices(*, of: User, now: datetime) -> int:
    """Note that somebody has seen what their rules found; return how many were new."""
    return Notice.objects.filter(rule__owner=of, seen_at=None).update(seen_at=now)
