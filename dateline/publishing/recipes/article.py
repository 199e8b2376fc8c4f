"""An article's page; or, where it was taken back, the page that says so."""

import uuid
from collections.abc import Iterator

from dateline.articles.models import Article
from dateline.publishing import rules
from dateline.publishing.leaf import Leaf
from dateline.publishing.queries.article_page import article_page, terms_of
from dateline.publishing.queries.listed import piece
from dateline.publishing.queries.nouns import article_keys, neighbours_of
from dateline.publishing.queries.plain import gone_page, withdrawal_of
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.render import render
from dateline.publishing.recipes.recipe import Recipe


def bake(press: Press, key: str) -> Iterator[Leaf]:
    article = piece(uuid.UUID(key))
    if article is None:
        yield from _gone(press, uuid.UUID(key))
    elif article.language in press.codes:
        yield _page(press, article)


def _page(press: Press, article: Article) -> Leaf:
    with press.making(article.language):
        page = article_page(press, article)
        return Leaf(
            path=article.get_absolute_url(),
            content=render("article", page),
            language=article.language,
            piece=article.uid,
            is_indexed=rules.is_indexed(article.kind, terms_of(article)),
            changed_at=page.updated_at or page.published_at,
            shows=press.noted,
        )


def _gone(press: Press, uid: uuid.UUID) -> Iterator[Leaf]:
    withdrawal = withdrawal_of(uid)
    if withdrawal is None:
        return
    language = withdrawal.address.split("/")[1]
    spoken = language if language in press.codes else press.default
    with press.making(spoken):
        page = gone_page(press, spoken, status=withdrawal.status, withdrawal=withdrawal)
        yield Leaf(
            path=withdrawal.address,
            content=render("gone", page),
            language=spoken,
            piece=uid,
            status=withdrawal.status,
            shows=press.noted,
        )


def around(_press: Press, article: Article) -> Iterator[str]:
    yield from (str(uid) for uid in neighbours_of(article))


RECIPE = Recipe(kind="article", keys=article_keys, bake=bake, around=around)
