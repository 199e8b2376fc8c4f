"""What readers see where there is nothing: one page a language, and one for the rest of the world."""

from collections.abc import Iterator

from dateline.publishing.leaf import Leaf
from dateline.publishing.queries.plain import gone_page
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.render import render
from dateline.publishing.recipes.recipe import Recipe

ROOT = ""
NOT_FOUND = 404


def keys(press: Press) -> tuple[str, ...]:
    return (ROOT, *press.codes)


def bake(press: Press, key: str) -> Iterator[Leaf]:
    if key != ROOT and key not in press.codes:
        return
    language = key or press.default
    with press.making(language):
        page = gone_page(press, language, status=NOT_FOUND)
        yield Leaf(
            path=f"/{key}/404.html" if key else "/404.html",
            content=render("gone", page),
            language=language,
            status=NOT_FOUND,
            shows=press.noted,
        )


RECIPE = Recipe(kind="gone", keys=keys, bake=bake)
