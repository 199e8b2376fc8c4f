"""The front page of each language."""

from collections.abc import Iterator, Sequence

from dateline.articles.models import Article
from dateline.publishing.leaf import Leaf
from dateline.publishing.queries.fronts import home_page
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.printed import printed
from dateline.publishing.recipes.recipe import Recipe


def keys(press: Press) -> tuple[str, ...]:
    return press.codes


def bake(press: Press, key: str) -> Iterator[Leaf]:
    if key not in press.codes:
        return
    with press.making(key):
        page = home_page(press, key)
        yield from printed(
            press,
            "home",
            page,
            path=page.frame.home,
            language=key,
            is_indexed=True,
            changed_at=page.new_articles[0].published_at if page.new_articles else None,
            shows=press.noted,
        )


def around(_press: Press, articles: Sequence[Article]) -> list[str]:
    return sorted({article.language for article in articles})


RECIPE = Recipe(kind="home", keys=keys, bake=bake, around=around, is_in_sitemap=True)
