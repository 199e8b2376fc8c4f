"""The newest pieces of the moment, read once by a press for all its pages; a page leaves itself out."""

from collections.abc import Callable
from typing import Any, Final

from dateline.articles.models import Article, ArticleQuerySet
from dateline.publishing.pages import Card
from dateline.publishing.queries.cards import VERSION, cards_of
from dateline.publishing.queries.listed import in_language
from dateline.publishing.queries.press import Press

RAIL: Final = 10
# So many of each list are read: enough for the rail, and for what may be near a piece.
READ: Final = 61

Row = tuple[Any, ...]


def new_articles(press: Press, article: Article) -> tuple[Card, ...]:
    """Return the newest pieces of its language beside an article, without itself."""
    return cards_of(press, rail_of(press, article))


def rail_of(press: Press, article: Article) -> list[Row]:
    """Return which pieces stand there, their VERSION each."""
    rows = newest_of_language(press, article)
    return [row[: len(VERSION)] for row in rows if row[0] != article.pk][:RAIL]


def newest_of_language(press: Press, article: Article) -> list[Row]:
    """Return the newest of its language, their VERSION each."""
    return _newest(press, f"language-{article.language}", lambda: in_language(article.language))


def newest_near(press: Press, article: Article) -> list[Row]:
    """Return the newest that share a topic or the section with an article, their VERSION each."""
    about = [("section_id", article.section_id)] if article.section_id else []
    about += [("topics", topic.pk) for topic in article.topics.all()]
    near = {row[0]: row for field, key in about for row in _newest_about(press, article, field, key)}
    return sorted(near.values(), key=_newness, reverse=True)


def _newness(row: Row) -> tuple[Any, ...]:
    """A piece that was put live by its column alone has no hour at which it first came out: it is the oldest."""
    at = row[len(VERSION)]
    return at is not None, at, row[0]


def _newest_about(press: Press, article: Article, field: str, key: int) -> list[Row]:
    language = article.language
    return _newest(press, f"{language}-{field}-{key}", lambda: in_language(language).filter(**{field: key}))


def _newest(press: Press, name: str, rows: Callable[[], ArticleQuerySet]) -> list[Row]:
    held = press.newest
    if name not in held:
        held[name] = list(rows().values_list(*VERSION, "first_published_at")[:READ])
    return held[name]
