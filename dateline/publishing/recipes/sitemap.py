"""The sitemap: every baked page that search engines are told of.

A small site has one. A larger one has an index, and a file for the pieces of each language and month, so that a new
piece changes one of them, however many there are; `pages` has all that is no piece.

The languages of a page stand in its head and so not here: one place only.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from dateline.articles.models import Article
from dateline.lib.formats.sitemap import Place, index, sitemaps
from dateline.publishing.leaf import XML, Leaf
from dateline.publishing.queries import baked
from dateline.publishing.queries.press import Press
from dateline.publishing.recipes.recipe import Recipe

WHOLE: Final = ""
PAGES: Final = "pages"
# Up to so many addresses there is one sitemap.
FEW: Final = 1_000


def keys(_press: Press) -> Iterator[str]:
    yield WHOLE
    if baked.count_of_indexed() > FEW:
        yield PAGES
        yield from baked.months_of_pieces()


def keys_of(address: str) -> tuple[str, ...]:
    """Return the keys of the sitemaps in which a piece at `/en/2026/11/23/slug/` stands, or stood."""
    return (WHOLE, PAGES, "/".join(address.split("/")[1:4]))


def bake(press: Press, key: str) -> Iterator[Leaf]:
    is_large = baked.count_of_indexed() > FEW
    if key == WHOLE and is_large:
        parts = [press.absolute(_name(part)) for part in (PAGES, *baked.months_of_pieces())]
        yield Leaf(path="/sitemap.xml", content=index([(part, None) for part in parts]), content_type=XML)
    elif key == WHOLE or is_large:
        rows = baked.indexed_places(of_month=None if key in {WHOLE, PAGES} else key, but_pieces=key == PAGES)
        yield from _files(press, key, [Place(press.absolute(path), changed_at) for path, changed_at in rows])


def _files(press: Press, key: str, places: list[Place]) -> Iterator[Leaf]:
    if not places and key not in {WHOLE, PAGES}:
        return
    files = list(sitemaps(places))
    if len(files) == 1:
        yield Leaf(path=_name(key), content=files[0], content_type=XML)
        return
    names = [_name(f"{key or 'all'}-{number}") for number in range(1, len(files) + 1)]
    for name, content in zip(names, files, strict=True):
        yield Leaf(path=name, content=content, content_type=XML)
    yield Leaf(
        path=_name(key), content=index([(press.absolute(name), None) for name in names]), content_type=XML
    )


def _name(key: str) -> str:
    return f"/sitemap-{key.replace('/', '-')}.xml" if key else "/sitemap.xml"


def around(_press: Press, articles: Sequence[Article]) -> Iterator[str]:
    for article in articles:
        yield from keys_of(article.get_absolute_url())


RECIPE = Recipe(kind="sitemap", keys=keys, bake=bake, around=around)
