"""Plain pages: who we are, policies."""

from collections.abc import Iterator

from dateline.publishing.leaf import Leaf
from dateline.publishing.queries import nouns
from dateline.publishing.queries.plain import plain_page
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.printed import printed
from dateline.publishing.recipes.recipe import Recipe


def keys(press: Press) -> Iterator[str]:
    yield from (str(page.pk) for page in nouns.plain_pages(press))


def bake(press: Press, key: str) -> Iterator[Leaf]:
    page = nouns.plain_page_by_key(press, key)
    if page is None:
        return
    language = str(page.locale.language_code)
    with press.making(language):
        yield from printed(
            press,
            "plain",
            plain_page(press, page),
            path=page.path_here,
            language=language,
            is_indexed=True,
            changed_at=page.last_published_at,
            shows=press.noted,
        )


RECIPE = Recipe(kind="plain", keys=keys, bake=bake, is_in_sitemap=True)
