"""The front of each section, and its older pages."""

from collections.abc import Iterator, Sequence

from dateline.articles.addresses import section_path
from dateline.articles.models import Article
from dateline.publishing.leaf import Leaf
from dateline.publishing.paging import page_count
from dateline.publishing.queries import nouns
from dateline.publishing.queries.fronts import page_address, section_page
from dateline.publishing.queries.listed import count_of_section, of_section
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.printed import printed
from dateline.publishing.recipes.recipe import Recipe, page_key, page_keys

KIND = "section"


def keys(press: Press) -> Iterator[str]:
    for section in nouns.sections(press):
        yield from page_keys(str(section.pk), page_count(count_of_section(section)))


def bake(press: Press, key: str) -> Iterator[Leaf]:
    base, number = page_key(key)
    section = nouns.section(press, base)
    if section is None:
        return
    language = str(section.locale.language_code)
    with press.making(language):
        page = section_page(press, section, number)
        if page is None:
            return
        yield from printed(
            press,
            "section",
            page,
            path=page_address(section_path(language=language, slug=section.slug), number),
            language=language,
            is_indexed=True,
            changed_at=page.cards[0].published_at if page.cards else None,
            shows=press.noted,
        )


def around(_press: Press, articles: Sequence[Article]) -> Iterator[str]:
    for section, oldest in nouns.oldest_in(articles, nouns.sections_of):
        total = count_of_section(section)
        yield from nouns.pages_around(KIND, str(section.pk), of_section(section), oldest, total=total)


RECIPE = Recipe(kind=KIND, keys=keys, bake=bake, around=around, is_in_sitemap=True)
