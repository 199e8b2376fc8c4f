"""An article's page, and beside it the piece in text alone, as ninjs and as Markdown.

Where it was taken back: what says so in their places.
"""

import uuid
from collections.abc import Iterator, Sequence

from dateline.articles.addresses import markdown_path, ninjs_path
from dateline.articles.models import Article
from dateline.publishing import rules
from dateline.publishing.fediverse import shapes
from dateline.publishing.leaf import ACTIVITY, JSON, MARKDOWN, Leaf
from dateline.publishing.queries.article_page import article_page, terms_of
from dateline.publishing.queries.beside import choose_beside
from dateline.publishing.queries.fediverse import (
    activity_path,
    author_of,
    followers_of,
    is_on,
    site_handle,
)
from dateline.publishing.queries.gathering import read_ahead
from dateline.publishing.queries.nouns import article_keys, neighbours_of
from dateline.publishing.queries.plain import gone_page
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.printed import printed
from dateline.publishing.queries.told import told_piece
from dateline.publishing.recipes.recipe import Recipe
from dateline.publishing.told import Told, as_file, markdown_of, ninjs, ninjs_canceled
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
        yield from _page(press, article)


def _page(press: Press, article: Article) -> Iterator[Leaf]:
    with press.making(article.language):
        page = article_page(press, article)
        yield from printed(
            press,
            "article",
            page,
            path=article.get_absolute_url(),
            language=article.language,
            piece=article.uid,
            is_indexed=rules.is_indexed(article.kind, terms_of(article)),
            changed_at=page.updated_at or page.published_at,
            shows=press.noted,
        )
        yield from _for_machines(press, article, told_piece(press, article, page))


def _for_machines(press: Press, article: Article, told: Told) -> Iterator[Leaf]:
    """The piece beside its page: for newsrooms, for who reads Markdown, and for servers of the fediverse."""
    here = article.get_absolute_url()
    yield Leaf(
        path=ninjs_path(here),
        content=ninjs(told),
        content_type=JSON,
        language=article.language,
        is_beside=True,
    )
    yield Leaf(
        path=markdown_path(here),
        content=markdown_of(told),
        content_type=MARKDOWN,
        language=article.language,
        is_beside=True,
    )
    if is_on():
        said = shapes.article(
            told,
            by=author_of(press, article.language),
            followers=followers_of(press, site_handle(article.language)),
            uri=press.absolute(activity_path(here)),
        )
        yield Leaf(
            path=activity_path(here),
            content=shapes.as_bytes(said),
            content_type=ACTIVITY,
            language=article.language,
            is_beside=True,
        )


def _gone(press: Press, uid: uuid.UUID, withdrawal: Withdrawal | None) -> Iterator[Leaf]:
    if withdrawal is None:
        return
    language = withdrawal.address.split("/")[1]
    spoken = language if language in press.codes else press.default
    with press.making(spoken):
        page = gone_page(press, spoken, status=withdrawal.status, withdrawal=withdrawal)
        yield from printed(
            press,
            "gone",
            page,
            path=withdrawal.address,
            language=spoken,
            piece=uid,
            status=withdrawal.status,
            shows=press.noted,
        )
        canceled = ninjs_canceled(
            uri=press.absolute(withdrawal.address),
            uid=str(uid),
            language=language,
            at=press.local(withdrawal.at),
        )
        yield Leaf(
            path=ninjs_path(withdrawal.address),
            content=as_file(canceled),
            content_type=JSON,
            language=spoken,
            status=withdrawal.status,
            is_beside=True,
        )
        if is_on():
            uri = press.absolute(activity_path(withdrawal.address))
            yield Leaf(
                path=activity_path(withdrawal.address),
                content=shapes.as_bytes(shapes.tombstone(uri=uri, at=press.local(withdrawal.at))),
                content_type=ACTIVITY,
                language=spoken,
                status=withdrawal.status,
                is_beside=True,
            )


def around(_press: Press, articles: Sequence[Article]) -> Iterator[str]:
    yield from (str(uid) for uid in neighbours_of(articles))


def ahead(press: Press, keys: Sequence[str]) -> None:
    known = read_ahead(press, [uuid.UUID(key) for key in keys])
    choose_beside(press, [one for one in known.articles.values() if one.language in press.codes])


RECIPE = Recipe(kind="article", keys=article_keys, bake=bake, around=around, ahead=ahead)
