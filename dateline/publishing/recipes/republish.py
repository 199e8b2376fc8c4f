"""What others may republish: beside each piece that they may take a clean copy, and the terms in each language."""

import uuid
from collections.abc import Iterator, Sequence

from dateline.articles.addresses import republish_path, republish_terms_path
from dateline.articles.models import Article
from dateline.publishing.leaf import Leaf
from dateline.publishing.queries.gathering import read_ahead
from dateline.publishing.queries.listed import listed
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.printed import printed
from dateline.publishing.queries.republish import licence_of, republish_page, terms_page
from dateline.publishing.recipes.recipe import Recipe


def keys(press: Press) -> Iterator[str]:
    yield from press.codes
    related = listed().select_related("permission__agreement", "locale")
    for article in related.iterator(chunk_size=500):
        if article.language in press.codes and licence_of(press, article):
            yield str(article.uid)


def bake(press: Press, key: str) -> Iterator[Leaf]:
    if key in press.codes:
        yield from _terms(press, key)
        return
    uid = _uid(key)
    known = press.gathered
    if uid is not None and (known is None or uid not in known.read):
        known = read_ahead(press, [uid])
    article = known.articles.get(uid) if known and uid else None
    if article is not None and article.language in press.codes:
        yield from _beside(press, article)


def _terms(press: Press, language: str) -> Iterator[Leaf]:
    with press.making(language):
        page = terms_page(press, language)
        if page is not None:
            yield from printed(
                press,
                "plain",
                page,
                path=republish_terms_path(language=language),
                language=language,
                is_indexed=True,
            )


def _beside(press: Press, article: Article) -> Iterator[Leaf]:
    with press.making(article.language):
        page = republish_page(press, article)
        if page is not None:
            yield from printed(
                press,
                "republish",
                page,
                path=republish_path(article.get_absolute_url()),
                language=article.language,
                shows=press.noted,
            )


def _uid(key: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(key)
    except ValueError:
        return None


def ahead(press: Press, keys: Sequence[str]) -> None:
    read_ahead(press, [uid for uid in map(_uid, keys) if uid])


def around(_press: Press, articles: Sequence[Article]) -> Iterator[str]:
    yield from (str(article.uid) for article in articles)


RECIPE = Recipe(kind="republish", keys=keys, bake=bake, around=around, ahead=ahead, is_in_sitemap=True)
