"""The page at the root: the languages of the site. Nobody is sent on by a script."""

from collections.abc import Iterator

from dateline.publishing.leaf import Leaf
from dateline.publishing.queries.plain import chooser_page
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.printed import printed
from dateline.publishing.recipes.recipe import Recipe


def keys(_press: Press) -> tuple[str, ...]:
    return ("",)


def bake(press: Press, _key: str) -> Iterator[Leaf]:
    with press.making(press.default):
        yield from printed(
            press,
            "plain",
            chooser_page(press),
            path="/",
            language=press.default,
            is_indexed=True,
            shows=press.noted,
        )


RECIPE = Recipe(kind="chooser", keys=keys, bake=bake, is_in_sitemap=True)
