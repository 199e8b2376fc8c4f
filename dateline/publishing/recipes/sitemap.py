"""The sitemap: every baked page that search engines are told of. Several with an index where one is too small.

The languages of a page stand in its head and so not here: one place only.
"""

from collections.abc import Iterator

from dateline.articles.models import Article
from dateline.lib.formats.sitemap import Place, index, sitemaps
from dateline.publishing.leaf import XML, Leaf
from dateline.publishing.queries.baked import indexed_places
from dateline.publishing.queries.press import Press
from dateline.publishing.recipes.recipe import Recipe


def keys(_press: Press) -> tuple[str, ...]:
    return ("",)


def bake(press: Press, _key: str) -> Iterator[Leaf]:
    places = (Place(press.absolute(path), changed_at) for path, changed_at in indexed_places())
    files = list(sitemaps(places))
    if len(files) == 1:
        yield Leaf(path="/sitemap.xml", content=files[0], content_type=XML)
        return
    names = [f"/sitemap-{number}.xml" for number in range(1, len(files) + 1)]
    for name, content in zip(names, files, strict=True):
        yield Leaf(path=name, content=content, content_type=XML)
    whole = index([(press.absolute(name), None) for name in names])
    yield Leaf(path="/sitemap.xml", content=whole, content_type=XML)


def around(_press: Press, _article: Article) -> tuple[str, ...]:
    return ("",)


RECIPE = Recipe(kind="sitemap", keys=keys, bake=bake, around=around)
