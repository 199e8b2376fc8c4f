"""What came out on each day, and the list of all days. Keys: `en`, `en:2026-11-23`."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from dateline.articles.addresses import archive_path, day_path
from dateline.articles.models import Article
from dateline.publishing.leaf import Leaf
from dateline.publishing.queries.lists_more import archive_page, day_page, days_of
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.printed import printed
from dateline.publishing.recipes.recipe import Recipe


def keys(press: Press) -> Iterator[str]:
    for code in press.codes:
        yield code
        yield from (f"{code}:{day.isoformat()}" for day in days_of(code))


def bake(press: Press, key: str) -> Iterator[Leaf]:
    language, _colon, told = key.partition(":")
    if language not in press.codes:
        return
    with press.making(language):
        if not told:
            yield from printed(
                press,
                "archive",
                archive_page(press, language),
                path=archive_path(language=language),
                language=language,
                is_indexed=True,
            )
            return
        day = _day(told)
        page = day_page(press, language, day) if day else None
        if day is not None and page is not None:
            yield from printed(
                press,
                "day",
                page,
                path=day_path(language=language, day=day),
                language=language,
                is_indexed=True,
                changed_at=page.cards[0].published_at,
                shows=press.noted,
            )


def _day(told: str) -> date | None:
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None


def around(_press: Press, articles: Sequence[Article]) -> Iterator[str]:
    """The list of days changes with the first piece of a day and the last; the days beside it lead there."""
    days: dict[str, set[date]] = defaultdict(set)
    for article in articles:
        if article.address_date is not None:
            days[article.language].add(article.address_date)
    for language, theirs in days.items():
        yield language
        known = sorted({*days_of(language), *theirs})
        for at in (known.index(day) for day in theirs):
            yield from (f"{language}:{day.isoformat()}" for day in known[max(at - 1, 0) : at + 2])


RECIPE = Recipe(kind="day", keys=keys, bake=bake, around=around, is_in_sitemap=True)
