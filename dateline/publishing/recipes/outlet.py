"""The page of each outlet from which something stands here, and its older pages."""

from collections.abc import Iterator, Sequence

from dateline.articles.addresses import outlet_path
from dateline.articles.kinds import USE_OF_KIND
from dateline.articles.models import Article
from dateline.publishing.leaf import Leaf
from dateline.publishing.paging import page_count
from dateline.publishing.queries import nouns
from dateline.publishing.queries.fronts import page_address
from dateline.publishing.queries.listed import listed
from dateline.publishing.queries.lists_more import of_outlet, outlet_page
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.printed import printed
from dateline.publishing.recipes.recipe import Recipe, page_key, page_keys
from dateline.sources.models import Outlet

KIND = "outlet"


def keys(press: Press) -> Iterator[str]:
    rows = listed().filter(kind__in=list(USE_OF_KIND), locale__language_code__in=press.codes)
    pairs = rows.order_by().values_list("original__outlet", "locale__language_code").distinct()
    for outlet, language in sorted(pair for pair in pairs if pair[0]):
        yield from page_keys(
            _base(outlet, language), page_count(of_outlet(outlet, language=language).count())
        )


def bake(press: Press, key: str) -> Iterator[Leaf]:
    base, number = page_key(key)
    pk, _colon, language = base.partition(":")
    outlet = Outlet.objects.filter(pk=pk).first() if pk.isdecimal() else None
    if outlet is None or language not in press.codes:
        return
    with press.making(language):
        page = outlet_page(press, outlet, language, number)
        if page is None:
            return
        yield from printed(
            press,
            "outlet",
            page,
            path=page_address(outlet_path(language=language, slug=outlet.slug), number),
            language=language,
            is_indexed=True,
            changed_at=page.cards[0].published_at,
            shows=press.noted,
        )


def around(press: Press, articles: Sequence[Article]) -> Iterator[str]:
    for (outlet, language), oldest in nouns.oldest_in(articles, _lists):
        rows = of_outlet(outlet, language=language)
        total = rows.count()
        yield from nouns.pages_around(KIND, _base(outlet, language), rows, oldest, total=total)
        if total <= len(articles):  # the pages in the other languages may begin to lead here, or cease to
            yield from (_base(outlet, code) for code in press.codes if code != language)


def _lists(article: Article) -> Iterator[tuple[int, str]]:
    if article.original and article.kind in USE_OF_KIND:
        yield article.original.outlet_id, article.language


def _base(outlet: int, language: str) -> str:
    return f"{outlet}:{language}"


RECIPE = Recipe(kind=KIND, keys=keys, bake=bake, around=around, is_in_sitemap=True)
