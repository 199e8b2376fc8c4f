"""What the pages of some articles need, read for all of them together: so many queries for one as for fifty."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Prefetch, Q

from dateline.articles.models import Answer, Article, ArticleQuerySet, Correction
from dateline.intake.models import Membership, Snapshot
from dateline.people.models import AuditEntry
from dateline.publishing.models import Record
from dateline.publishing.queries.going import going
from dateline.publishing.queries.listed import OF_A_CARD, listed, withdrawals_of
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.review import reviews_of
from dateline.publishing.reviewing import Review
from dateline.rights.models import Withdrawal

# Titles that end the body, and cards below it: their VERSION each.
Beside = tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]

_RELATED: Final = (
    *OF_A_CARD,
    "section__locale",
    "section__parent__parent",
    "permission__agreement__outlet",
    "permission__original",
    "hero__permission__agreement",
)


@dataclass
class Gathered:
    """What was read for some articles, by their keys. beside: what to read next, chosen for all of them."""

    articles: dict[uuid.UUID, Article] = field(default_factory=dict)
    withdrawals: dict[uuid.UUID, Withdrawal] = field(default_factory=dict)
    read: frozenset[uuid.UUID] = frozenset()
    known: frozenset[int] = frozenset()
    versions: dict[uuid.UUID, list[Article]] = field(default_factory=dict)
    notes: dict[int, list[Correction]] = field(default_factory=dict)
    in_chains: frozenset[int] = frozenset()
    reviews: dict[int, Review] = field(default_factory=dict)
    approvals: dict[int, AuditEntry] = field(default_factory=dict)
    records: dict[uuid.UUID, Record] = field(default_factory=dict)
    beside: dict[int, Beside] = field(default_factory=dict)
    told_elsewhere: frozenset[int] = frozenset()
    bodies: dict[tuple[object, ...], tuple[tuple[str, str], ...]] = field(default_factory=dict)


def live_pieces(uids: Collection[uuid.UUID]) -> list[Article]:
    """Return live articles, listed or not, with what the gate's judges and their pages look at."""
    return list(_with_all(Article.objects.live().filter(uid__in=uids)))


def read_ahead(press: Press, uids: Collection[uuid.UUID]) -> Gathered:
    """Let the press know all that the pages of some articles need, and return it."""
    found = gather(_listed_of(press, uids))
    found.read = frozenset(uids)
    missing = found.read - found.articles.keys()
    found.withdrawals = withdrawals_of(missing) if missing else {}
    press.gathered = found
    return found


def _listed_of(press: Press, uids: Collection[uuid.UUID]) -> list[Article]:
    """Return those of some articles that are listed; those that the gate let through just now are not read again."""
    if press.cleared is None:
        return list(_with_all(listed().filter(uid__in=uids)))
    wanted, gone = set(uids), going()
    return [one for uid, one in press.cleared.items() if uid in wanted and uid not in gone]


def read_for_feeds(press: Press, keys: Collection[int]) -> list[Article]:
    """Return articles that are to stand in feeds; beside them a feed needs nothing but their bodies."""
    if not keys:
        return []
    rows = Article.objects.filter(pk__in=keys).select_related(*OF_A_CARD, "permission__agreement")
    found = list(rows.prefetch_related("credits__contributor", "hero__renditions"))
    press.gathered = Gathered(
        articles={one.uid: one for one in found}, known=frozenset(one.pk for one in found)
    )
    return found


def read_for_cards(press: Press, uids: Collection[uuid.UUID]) -> Gathered:
    """Let the press know the articles whose cards for links are to be drawn, and return them."""
    rows = listed().filter(uid__in=uids).select_related(*OF_A_CARD).defer("body")
    press.gathered = Gathered(articles={row.uid: row for row in rows}, read=frozenset(uids))
    return press.gathered


def gathered_for(press: Press, article: Article) -> Gathered:
    """Return what is needed for the page of an article: read ahead, or read now."""
    if press.gathered is None or article.pk not in press.gathered.known:
        press.gathered = gather([article])
    return press.gathered


def gather(articles: Sequence[Article]) -> Gathered:
    """Read what the pages of these articles need beside their own rows. Drafts may be among them."""
    keys = frozenset(article.pk for article in articles if article.pk)
    return Gathered(
        articles={article.uid: article for article in articles},
        known=keys | {article.pk for article in articles},
        versions=_versions(articles),
        notes=corrections_on(keys),
        in_chains=in_chains(articles),
        told_elsewhere=_told_elsewhere(articles),
        reviews=reviews_of(articles),
        approvals=latest_entries(keys, verb="publish"),
        records=latest_records([article.uid for article in articles]),
    )


def latest_entries(keys: Iterable[int], *, verb: str) -> dict[int, AuditEntry]:
    """Return for each article the last time that somebody did something with it."""
    rows = AuditEntry.objects.filter(
        verb=verb, subject_type=Article._meta.label_lower, subject_id__in=[str(key) for key in keys]
    )
    return {int(row.subject_id): row for row in rows.order_by("pk").select_related("by")}


def latest_records(pieces: Collection[uuid.UUID]) -> dict[uuid.UUID, Record]:
    """Return the newest record of each of some pieces; those that have none are absent."""
    return {row.piece: row for row in Record.objects.filter(piece__in=pieces).order_by("number")}


def _with_all(rows: ArticleQuerySet) -> ArticleQuerySet:
    # The text of a snapshot is long, and no page shows it.
    snapshots = Snapshot.objects.only("original_id", "fetched_at", "sha256")
    return rows.select_related(*_RELATED).prefetch_related(
        "credits__contributor",
        "hero__renditions",
        "issuers__contributor",
        "issuers__outlet",
        "topics",
        Prefetch("original__snapshots", queryset=snapshots),
    )


def _versions(articles: Sequence[Article]) -> dict[uuid.UUID, list[Article]]:
    keys = {article.translation_key for article in articles}
    found: dict[uuid.UUID, list[Article]] = defaultdict(list)
    for row in listed().filter(translation_key__in=keys).select_related("locale").defer("body"):
        found[row.translation_key].append(row)
    return found


def corrections_on(keys: Collection[int]) -> dict[int, list[Correction]]:
    """Return what pages say was put right, by the keys of the articles."""
    found: dict[int, list[Correction]] = defaultdict(list)
    for row in Correction.objects.on_pages().filter(article__in=keys):
        found[row.article_id].append(row)
    return found


def _told_elsewhere(articles: Sequence[Article]) -> frozenset[int]:
    """Return those whose story other outlets tell, too."""
    mine = {article.original_id for article in articles if article.original_id}
    stories = dict(Membership.objects.filter(original__in=mine).values_list("original_id", "story_id"))
    outlets: dict[int, set[int]] = defaultdict(set)
    rows = Membership.objects.filter(story__in=set(stories.values()))
    for story, outlet in rows.values_list("story_id", "original__outlet_id"):
        outlets[story].add(outlet)
    return frozenset(
        article.pk
        for article in articles
        if article.original_id in stories and len(outlets[stories[article.original_id]]) > 1
    )


def in_chains(articles: Sequence[Article]) -> frozenset[int]:
    """Return which of them answer something or are answered: nobody else's chain is walked."""
    keys = {article.pk for article in articles if article.pk}
    by_original: dict[int, set[int]] = defaultdict(set)
    for article in articles:
        if article.original_id:
            by_original[article.original_id].add(article.pk)
    rows = Answer.objects.filter(
        Q(article__in=keys) | Q(to_article__in=keys) | Q(to_original__in=by_original)
    ).values_list("article_id", "to_article_id", "to_original_id")
    found: set[int] = set()
    for answering, answered, original in rows:
        found |= {answering, answered} & keys
        found |= by_original.get(original, set())
    return frozenset(found)
