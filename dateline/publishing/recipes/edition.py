"""An edition that is out: dated and numbered."""

from collections.abc import Iterator, Sequence

from dateline.articles.models import Article
from dateline.editions.models import Edition
from dateline.publishing.leaf import Leaf
from dateline.publishing.queries.edition import edition_by_key, edition_page, editions_with
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.printed import printed
from dateline.publishing.recipes.recipe import Recipe


def keys(press: Press) -> Iterator[str]:
    rows = Edition.objects.out().filter(language__in=press.codes).order_by("pk")
    yield from (str(uid) for uid in rows.values_list("uid", flat=True))


def bake(press: Press, key: str) -> Iterator[Leaf]:
    edition = edition_by_key(press, key)
    if edition is None:
        return
    with press.making(edition.language):
        page = edition_page(press, edition)
        yield from printed(
            press,
            "edition",
            page,
            path=edition.path,
            language=edition.language,
            is_indexed=True,
            changed_at=max([page.closed_at, *(one.at for one in page.late)]),
            shows=press.noted,
        )


def around(_press: Press, articles: Sequence[Article]) -> Iterator[str]:
    yield from (str(edition.uid) for edition in editions_with(articles))


RECIPE = Recipe(kind="edition", keys=keys, bake=bake, around=around, is_in_sitemap=True)
