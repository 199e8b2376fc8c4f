"""Beside a translation: the page that shows it next to its original, where the agreement allows that."""

import uuid
from collections.abc import Iterator, Sequence

from dateline.articles.addresses import side_by_side_path
from dateline.articles.kinds import Kind
from dateline.articles.models import Article
from dateline.publishing.leaf import Leaf
from dateline.publishing.queries.article_page import shows_both
from dateline.publishing.queries.gathering import read_ahead
from dateline.publishing.queries.listed import listed
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.printed import printed
from dateline.publishing.queries.side_by_side import side_by_side_page
from dateline.publishing.recipes.recipe import Recipe


def keys(press: Press) -> Iterator[str]:
    rows = (
        listed().filter(kind=Kind.TRANSLATION).select_related("permission__agreement", "original", "locale")
    )
    for article in rows.iterator(chunk_size=500):
        if article.language in press.codes and shows_both(article):
            yield str(article.uid)


def bake(press: Press, key: str) -> Iterator[Leaf]:
    uid = _uid(key)
    if uid is None:
        return
    known = press.gathered
    if known is None or uid not in known.read:
        known = read_ahead(press, [uid])
    article = known.articles.get(uid)
    if article is None or article.language not in press.codes:
        return
    with press.making(article.language):
        page = side_by_side_page(press, article)
        if page is not None:
            yield from printed(
                press,
                "side_by_side",
                page,
                path=side_by_side_path(article.get_absolute_url()),
                language=article.language,
                shows=press.noted,
            )


def _uid(key: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(key)
    except ValueError:
        return None


def around(_press: Press, articles: Sequence[Article]) -> Iterator[str]:
    yield from (str(article.uid) for article in articles if article.kind == Kind.TRANSLATION)


def ahead(press: Press, keys: Sequence[str]) -> None:
    read_ahead(press, [uuid.UUID(key) for key in keys])


RECIPE = Recipe(kind="side-by-side", keys=keys, bake=bake, around=around, ahead=ahead)
