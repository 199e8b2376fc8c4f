"""The nouns from which pages are made, by the keys of their recipes."""

import uuid
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from math import inf
from typing import TypeVar

from django.db.models import Q

from dateline.articles.models import Article, ArticleQuerySet, Contributor, Credit, Issuer, Section, Topic
from dateline.publishing.models import PlainPage
from dateline.publishing.paging import PAGE_SIZE, page_count
from dateline.publishing.queries.baked import pages_beyond
from dateline.publishing.queries.chain import linked_with
from dateline.publishing.queries.gathering import in_chains
from dateline.publishing.queries.listed import listed
from dateline.publishing.queries.press import Press
from dateline.rights.models import Withdrawal

T = TypeVar("T", bound=Hashable)


def article_keys(press: Press) -> Iterator[str]:
    """Yield the articles of the site's languages that are live, and those that were taken back."""
    live = Article.objects.live().filter(locale__language_code__in=press.codes)
    yield from (str(uid) for uid in live.values_list("uid", flat=True))
    yield from (
        str(uid)
        for uid in Withdrawal.objects.standing().values_list("piece", flat=True).order_by("piece").distinct()
    )


def sections(press: Press) -> list[Section]:
    """Return the sections of the site's languages."""
    return list(Section.objects.filter(locale__language_code__in=press.codes).select_related("locale"))


def section(press: Press, key: str) -> Section | None:
    """Return a section by its key, if its language is one of the site's."""
    rows = Section.objects.filter(locale__language_code__in=press.codes)
    return rows.select_related("locale", "parent").filter(pk=key).first()


def topics(press: Press) -> list[Topic]:
    """Return the topics of the site's languages."""
    return list(Topic.objects.filter(locale__language_code__in=press.codes).select_related("locale"))


def topic(press: Press, key: str) -> Topic | None:
    """Return a topic by its key, if its language is one of the site's."""
    rows = Topic.objects.filter(locale__language_code__in=press.codes)
    return rows.select_related("locale", "picture").filter(pk=key).first()


def bylines(press: Press) -> list[tuple[int, str]]:
    """Return contributors, each with a language in which something that they signed or issued is listed."""
    found: set[tuple[int, str]] = set()
    for noun in (Credit, Issuer):
        rows = noun.objects.filter(
            contributor__isnull=False, article__in=listed(), article__locale__language_code__in=press.codes
        )
        found |= set(rows.values_list("contributor_id", "article__locale__language_code"))
    return sorted(found)


def contributor(key: str) -> Contributor | None:
    """Return a contributor by key."""
    return Contributor.objects.filter(pk=key).select_related("portrait").first()


def plain_pages(press: Press) -> list[PlainPage]:
    """Return the live plain pages of the site's languages."""
    return list(
        PlainPage.objects.live().filter(locale__language_code__in=press.codes).select_related("locale")
    )


def plain_page_by_key(press: Press, key: str) -> PlainPage | None:
    """Return a live plain page by its key."""
    rows = PlainPage.objects.live().filter(locale__language_code__in=press.codes)
    found: PlainPage | None = rows.select_related("locale").filter(pk=key).first()
    return found


def sections_of(article: Article) -> list[Section]:
    """Return the sections on whose fronts an article stands: its own and those that these are part of."""
    found: dict[int, Section] = {}
    waiting = [*([article.section] if article.section else []), *article.other_sections.all()]
    while waiting:
        one = waiting.pop()
        if one.pk not in found:
            found[one.pk] = one
            waiting += [one.parent] if one.parent else []
    return list(found.values())


def with_what_they_enter(uids: Collection[uuid.UUID]) -> list[Article]:
    """Return articles, live or not, with the nouns in whose lists they stand."""
    rows = Article.objects.filter(uid__in=uids).defer("body")
    rows = rows.select_related("locale", "section__parent", "original")
    return list(
        rows.prefetch_related(
            "answers", "credits__contributor", "issuers__contributor", "other_sections__parent", "topics"
        )
    )


def oldest_in(
    articles: Iterable[Article], lists: Callable[[Article], Iterable[T]]
) -> list[tuple[T, Article]]:
    """Return each list in which some articles stand, with the oldest of them: what moves, moves from there on."""
    found: dict[T, Article] = {}
    for article in sorted(articles, key=_hour):
        for one in lists(article):
            found.setdefault(one, article)
    return list(found.items())


def _hour(article: Article) -> float:
    """What has no hour may stand anywhere: it counts as the oldest."""
    at = article.first_published_at
    return at.timestamp() if at else -inf


def neighbours_of(articles: Sequence[Article]) -> Iterator[uuid.UUID]:
    """Yield articles whose pages speak of these: all their languages, and statements before and after them."""
    versions = Article.objects.filter(translation_key__in={one.translation_key for one in articles})
    yield from versions.values_list("uid", flat=True)
    originals = {row.to_original_id for one in articles for row in one.answers.all()} - {None}
    if originals:
        yield from Article.objects.filter(original_id__in=originals).values_list("uid", flat=True)
    linked = in_chains(articles)
    for article in articles:
        if article.pk in linked:
            yield from linked_with(article)


def pages_around(
    kind: str, base: str, rows: ArticleQuerySet, article: Article, *, total: int | None = None
) -> Iterable[str]:
    """Yield the keys of a list's pages that change when an article enters, moves in or leaves it.

    The front, and those from where it stands on; the two older than that, whose way to the newer ones changes.
    total: how many there are, where it is known.
    """
    yield base
    total = rows.count() if total is None else total
    count, at = page_count(total), article.first_published_at
    # Those that are newer are few, and the older ones the rest of all that have an hour.
    not_older = (
        rows.filter(Q(first_published_at__gte=at) | Q(first_published_at__isnull=True)) if at else None
    )
    older = total - not_older.count() if not_older is not None else 0
    for number in range(max(1, older // PAGE_SIZE - 1), count):
        yield f"{base}/{number}"
    yield from pages_beyond(kind, base, count)
