"""The kinds of pages there are, in the order in which they are baked: what others are listed from comes first."""

from typing import Final

from dateline.publishing.recipes import (
    api,
    article,
    card,
    chooser,
    contributor,
    corrections,
    day,
    edition,
    editions,
    fediverse,
    feed,
    gone,
    home,
    newest,
    news_sitemap,
    offline,
    outlet,
    plain,
    records,
    republish,
    robots,
    section,
    side_by_side,
    sitemap,
    topic,
)
from dateline.publishing.recipes.recipe import Recipe

RECIPES: Final[dict[str, Recipe]] = {
    one.RECIPE.kind: one.RECIPE
    for one in (
        article,
        home,
        newest,
        section,
        topic,
        contributor,
        outlet,
        day,
        corrections,
        edition,
        editions,
        feed,
        api,
        fediverse,
        plain,
        republish,
        side_by_side,
        card,
        gone,
        offline,
        chooser,
        robots,
        records,
        sitemap,
        news_sitemap,
    )
}
