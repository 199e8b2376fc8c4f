"""What was put right, in each language, and its older pages."""

from collections.abc import Iterator, Sequence

from dateline.articles.addresses import corrections_path
from dateline.articles.models import Article, Correction
from dateline.publishing.leaf import Leaf
from dateline.publishing.paging import page_count
from dateline.publishing.queries.baked import pages_beyond
from dateline.publishing.queries.corrections import corrections_page, of_language
from dateline.publishing.queries.fronts import page_address
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.printed import printed
from dateline.publishing.recipes.recipe import Recipe, page_key, page_keys

KIND = "corrections"


def keys(press: Press) -> Iterator[str]:
    for code in press.codes:
        yield from page_keys(code, page_count(of_language(code).count()))


def bake(press: Press, key: str) -> Iterator[Leaf]:
    language, number = page_key(key)
    if language not in press.codes:
        return
    with press.making(language):
        page = corrections_page(press, language, number)
        if page is None:
            return
        yield from printed(
            press,
            "corrections",
            page,
            path=page_address(corrections_path(language=language), number),
            language=language,
            is_indexed=True,
            changed_at=page.entries[0].at if page.entries else None,
            shows=press.noted,
        )


def around(_press: Press, articles: Sequence[Article]) -> Iterator[str]:
    """Yield all pages of their languages: notes come seldom, and one that leaves moves all that are older."""
    noted = Correction.objects.filter(article__in=articles)
    for language in set(noted.values_list("article__locale__language_code", flat=True)):
        count = page_count(of_language(language).count())
        yield from page_keys(language, count)
        yield from pages_beyond(KIND, language, count)


RECIPE = Recipe(kind=KIND, keys=keys, bake=bake, around=around, is_in_sitemap=True)
