"""The archive of editions: the newest and the months, each month, each day."""

from collections.abc import Iterator, Sequence

from dateline.articles.models import Article
from dateline.publishing.leaf import Leaf
from dateline.publishing.queries.edition import editions_with
from dateline.publishing.queries.edition_archive import editions_page, keys_around, keys_of
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.printed import printed
from dateline.publishing.recipes.recipe import Recipe


def keys(press: Press) -> Iterator[str]:
    yield from keys_of(press)


def bake(press: Press, key: str) -> Iterator[Leaf]:
    language, _slash, span = key.partition("/")
    if language not in press.codes:
        return
    with press.making(language):
        page = editions_page(press, language, span)
        if page is None:
            return
        yield from printed(
            press,
            "editions",
            page,
            path=page.head.canonical.removeprefix(press.base),
            language=language,
            is_indexed=True,
            shows=press.noted,
        )


def around(_press: Press, articles: Sequence[Article]) -> Iterator[str]:
    for edition in editions_with(articles):
        yield from keys_around(edition)


RECIPE = Recipe(kind="editions", keys=keys, bake=bake, around=around, is_in_sitemap=True)
