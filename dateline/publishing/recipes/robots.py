"""robots.txt: everything baked may be read by machines; the desk may not."""

from collections.abc import Iterator

from dateline.publishing.leaf import TEXT, Leaf
from dateline.publishing.queries.press import Press
from dateline.publishing.recipes.recipe import Recipe


def keys(_press: Press) -> tuple[str, ...]:
    return ("",)


def bake(press: Press, _key: str) -> Iterator[Leaf]:
    lines = (
        "User-agent: *",
        "Disallow: /desk/",
        "Disallow: /-/",
        "",
        f"Sitemap: {press.absolute('/sitemap.xml')}",
        "",
    )
    yield Leaf(path="/robots.txt", content="\n".join(lines).encode(), content_type=TEXT)


RECIPE = Recipe(kind="robots", keys=keys, bake=bake)
