"""The present of each language as a fragment: the day, the latest edition, and the newest pieces.

Pages hold these as they were when they were made; where script runs, it puts the fragment's in their place. A
fragment is no page of its own, and no search engine is told of it. Decision 027.
"""

from collections.abc import Iterator, Sequence

from dateline.articles.addresses import home_path
from dateline.articles.models import Article
from dateline.publishing.leaf import Leaf
from dateline.publishing.queries.plain import newest_page
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.render import render
from dateline.publishing.recipes.recipe import Recipe

KIND = "newest"


def keys(press: Press) -> tuple[str, ...]:
    return press.codes


def bake(press: Press, key: str) -> Iterator[Leaf]:
    if key not in press.codes:
        return
    with press.making(key):
        yield Leaf(
            path=f"{home_path(language=key)}newest.html",
            content=render("newest", newest_page(press, key)),
            language=key,
            shows=press.noted,
        )


def around(_press: Press, articles: Sequence[Article]) -> list[str]:
    return sorted({article.language for article in articles})


RECIPE = Recipe(kind=KIND, keys=keys, bake=bake, around=around)
