"""An article's page; or, where it was taken back, the page that says so."""

import uuid
from collections.abc import Iterator, Sequence

from dateline.articles.models import Article
from dateline.publishing import rules
from dateline.publishing.leaf import Leaf
from dateline.publishing.queries.article_page import article_page, terms_of
from dateline.publishing.queries.gathering import read_ahead
from dateline.publishing.queries.nouns import article_keys, neighbours_of
from dateline.publishing.queries.plain import gone_page
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.render import render
from dateline.publishing.recipes.recipe import Recipe
from dateline.rights.models import Withdrawal


def bake(press: Press, key: str) -> Iterator[Leaf]:
    uid = uuid.UUID(key)
    known = press.gathered
    if known is None or uid not in known.read:
        known = read_ahead(press, [uid])
    article = known.articles.get(uid)
    if article is None:
        yield from _gone(press, uid, known.withdrawals.get(uid))
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


def _gone(press: Press, uid: uuid.UUID, withdrawal: Withdrawal | None) -> Iterator[Leaf]:
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


def ahead(press: Press, keys: Sequence[str]) -> None:
    read_ahead(press, [uuid.UUID(key) for key in keys])


RECIPE = Recipe(kind="article", keys=article_keys, bake=bake, around=around, ahead=ahead)
