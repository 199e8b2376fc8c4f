"""The page of everybody on a byline, in each language in which something of theirs stands."""

from collections.abc import Iterator, Sequence

from dateline.articles.addresses import contributor_path
from dateline.articles.models import Article, Contributor
from dateline.publishing.leaf import Leaf
from dateline.publishing.paging import page_count
from dateline.publishing.queries import nouns
from dateline.publishing.queries.fronts import contributor_page, page_address
from dateline.publishing.queries.listed import of_contributor
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.printed import printed
from dateline.publishing.recipes.recipe import Recipe, page_key, page_keys

KIND = "contributor"


def keys(press: Press) -> Iterator[str]:
    for who, language in nouns.bylines(press):
        contributor = nouns.contributor(str(who))
        if contributor:
            rows = of_contributor(contributor, language=language)
            yield from page_keys(_base(who, language), page_count(rows.count()))


def bake(press: Press, key: str) -> Iterator[Leaf]:
    base, number = page_key(key)
    who, _colon, language = base.partition(":")
    contributor = nouns.contributor(who)
    if contributor is None or language not in press.codes:
        return
    with press.making(language):
        page = contributor_page(press, contributor, language, number)
        if page is None:
            return
        yield from printed(
            press,
            "contributor",
            page,
            path=page_address(contributor_path(language=language, slug=contributor.slug), number),
            language=language,
            is_indexed=True,
            changed_at=page.cards[0].published_at if page.cards else None,
            shows=press.noted,
        )


def around(press: Press, articles: Sequence[Article]) -> Iterator[str]:
    for (who, language), oldest in nouns.oldest_in(articles, _lists):
        rows = of_contributor(who, language=language)
        total = rows.count()
        yield from nouns.pages_around(KIND, _base(who.pk, language), rows, oldest, total=total)
        if total <= len(articles):  # the pages in the other languages may begin to lead here, or cease to
            yield from (_base(who.pk, code) for code in press.codes if code != language)


def _lists(article: Article) -> Iterator[tuple[Contributor, str]]:
    named = (row.contributor for row in (*article.credits.all(), *article.issuers.all()))
    yield from ((who, article.language) for who in named if who)


def _base(who: int, language: str) -> str:
    return f"{who}:{language}"


RECIPE = Recipe(kind=KIND, keys=keys, bake=bake, around=around, is_in_sitemap=True)
