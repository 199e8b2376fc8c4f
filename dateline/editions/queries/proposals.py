"""What is known of the pieces that an edition could take, for the proposals; and finding others by a word."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from typing import Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models import Revision

from dateline.articles.bodies import word_count
from dateline.articles.models import Article, ArticleQuerySet, Correction
from dateline.editions import slots
from dateline.editions.models import Edition, Placement, Voice
from dateline.editions.proposing import OLD, Known, Proposal, propose
from dateline.editions.queries.contents import template_of
from dateline.editions.readership import reads_of
from dateline.intake.queries.stories import story_of

# Nothing twice in a week; a weekly edition is made of what stood in it.
WEEK: Final = timedelta(days=7)
# What is new where there was no edition before.
NEW: Final = timedelta(hours=48)
MOST_LOOKED_AT: Final = 200
FOUND: Final = 12


def proposals_for(edition: Edition, *, now: datetime) -> dict[str, list[tuple[Proposal, Article]]]:
    """Return for each slot what the system proposes, best first, with the article; what is placed is left out."""
    rows = _candidates(edition, now=now)
    known = _known(edition, rows, now=now)
    made = propose(known, template=template_of(edition.run_id), now=now)
    by_number = {row.pk: row for row in rows}
    return {slot: [(one, by_number[one.article]) for one in found] for slot, found in made.items()}


def scheduled(language: str, *, until: datetime) -> ArticleQuerySet:
    """Return the articles of a language that are to go out by a moment."""
    kind = ContentType.objects.get_for_model(Article)
    due = Revision.objects.filter(content_type=kind, approved_go_live_at__lte=until)
    numbers = [int(one) for one in due.values_list("object_id", flat=True)]
    return Article.objects.in_language(language).filter(pk__in=numbers, live=False)


def find(edition: Edition, words: str) -> list[Article]:
    """Return live articles of the edition's language with a word in headline or standfirst that have no place in it."""
    rows = Article.objects.live().in_language(edition.language).newest()
    having = Q(headline__icontains=words) | Q(standfirst__icontains=words)
    return list(rows.filter(having).exclude(placements__edition=edition).select_related("locale")[:FOUND])


def since_of(edition: Edition, *, now: datetime) -> datetime:
    """Return since when a piece counts as new for an edition: the one before it, or two days; a week for a weekly."""
    if edition.run.is_weekly:
        return edition.closes_at - WEEK
    last = (
        Edition.objects.out()
        .in_language(edition.language)
        .exclude(pk=edition.pk)
        .exclude(run__rhythm="weekly")
        .order_by("-closed_at")
        .first()
    )
    least = now - NEW
    return max(last.closed_at, least) if last and last.closed_at else least


def _candidates(edition: Edition, *, now: datetime) -> list[Article]:
    own = Article.objects.in_language(edition.language)
    since = since_of(edition, now=now)
    new = own.live().filter(first_published_at__gt=since)
    put_right = Correction.objects.public().filter(at__gt=since, kind__in=("correction", "update"))
    corrected = own.live().filter(pk__in=put_right.values("article"))
    old = own.live().filter(first_published_at__lte=now - OLD)
    same_day = old.filter(
        first_published_at__month=edition.date.month, first_published_at__day=edition.date.day
    )
    about = old.filter(topics__in=_topics_of_the_lead(edition)).distinct()
    found: dict[int, Article] = {}
    placed = set(edition.placements.values_list("article", flat=True)) | _had(edition)
    waiting = scheduled(edition.language, until=edition.closes_at)
    stood = own.live().filter(pk__in=_of_the_week(edition).values("article"))
    spans: tuple[ArticleQuerySet, ...] = (stood, new, waiting, corrected, same_day, about)
    for span in spans:
        for row in span.exclude(pk__in=placed).select_related("locale", "original").newest()[:MOST_LOOKED_AT]:
            found.setdefault(row.pk, row)
    return list(found.values())


def _had(edition: Edition) -> set[int]:
    """What stood in a daily edition of the last week: nothing comes twice. A weekly one is made of it."""
    if edition.run.is_weekly:
        return set()
    rows = Placement.objects.filter(
        edition__language=edition.language,
        edition__date__gt=edition.date - WEEK,
        edition__date__lte=edition.date,
    ).exclude(edition__run__rhythm="weekly")
    return set(rows.exclude(edition=edition).values_list("article", flat=True))


def _of_the_week(edition: Edition) -> QuerySet[Placement]:
    """What stood in the editions of the week of which a weekly one is made; nothing for a daily one."""
    if not edition.run.is_weekly:
        return Placement.objects.none()
    return Placement.objects.filter(
        edition__language=edition.language, edition__date__gt=edition.date - WEEK
    ).exclude(edition=edition)


def _topics_of_the_lead(edition: Edition) -> list[int]:
    lead = edition.placements.filter(slot=slots.LEAD).select_related("article").first()
    return [topic.pk for topic in lead.article.topics.all()] if lead else []


def _known(edition: Edition, rows: list[Article], *, now: datetime) -> list[Known]:
    since = since_of(edition, now=now)
    outlets = _outlets(rows)
    reads = reads_of([row.uid for row in rows], since=since)
    numbers = [row.pk for row in rows]
    put_right = set(
        Correction.objects.public()
        .filter(article__in=numbers, at__gt=since, kind__in=("correction", "update"))
        .values_list("article", flat=True)
    )
    stood, led = _week(edition, numbers)
    topics = set(_topics_of_the_lead(edition))
    go_live = _go_live(rows)
    return [
        Known(
            article=row.pk,
            at=row.first_published_at or go_live.get(row.pk) or now,
            genre=row.genre,
            kind=row.kind,
            words=word_count(row),
            is_live=row.live,
            has_picture=row.hero_id is not None,
            has_chart=any(block.block_type in {"chart", "table"} for block in row.body),
            outlets=outlets.get(row.pk, 0),
            reads=reads.get(row.uid) if reads else None,
            was_put_right=row.pk in put_right
            and bool(row.first_published_at and row.first_published_at <= since),
            editions=stood[row.pk],
            leads=led[row.pk],
            anniversary_years=_years(row, edition),
            about=len(topics & {topic.pk for topic in row.topics.all()}) if topics else 0,
        )
        for row in rows
    ]


def _go_live(rows: list[Article]) -> dict[int, datetime]:
    kind = ContentType.objects.get_for_model(Article)
    waiting = [str(row.pk) for row in rows if not row.live]
    found = Revision.objects.filter(
        content_type=kind, object_id__in=waiting, approved_go_live_at__isnull=False
    )
    return {int(number): at for number, at in found.values_list("object_id", "approved_go_live_at")}


def _years(row: Article, edition: Edition) -> int:
    at = row.first_published_at
    if at is None or (at.month, at.day) != (edition.date.month, edition.date.day):
        return 0
    return int(edition.date.year - at.year)


def _outlets(rows: list[Article]) -> dict[int, int]:
    """How many outlets tell what a piece is about, by its number: of a review the widest of its voices' stories."""
    told: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        if row.original_id:
            told[row.original_id].append(row.pk)
    voices = Voice.objects.filter(article__in=[row.pk for row in rows]).select_related("original")
    originals = {row.original.pk: row.original for row in rows if row.original}
    for voice in voices:
        told[voice.original_id].append(voice.article_id)
        originals[voice.original_id] = voice.original
    found: dict[int, int] = {}
    for original, mark in story_of(originals.values()).items():
        for number in told[original]:
            found[number] = max(found.get(number, 0), mark.outlets)
    return found


def _week(edition: Edition, numbers: list[int]) -> tuple[Counter[int], Counter[int]]:
    """How often each piece stood in the week's editions, and how often it led one; nothing for a daily one."""
    stood: Counter[int] = Counter()
    led: Counter[int] = Counter()
    rows = _of_the_week(edition).filter(article__in=numbers)
    for article, slot in rows.values_list("article", "slot"):
        stood[article] += 1
        led[article] += slot == slots.LEAD
    return stood, led
