"""The news sitemap: what came out today and yesterday and may be found, in all languages; made anew each day.

Two whole days of the site's zone are never more than the two days that search engines read.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Final

from dateline.articles.models import Article
from dateline.lib.formats.sitemap import News, index, news_sitemaps
from dateline.publishing import rules
from dateline.publishing.leaf import XML, Leaf
from dateline.publishing.queries.article_page import terms_of
from dateline.publishing.queries.cards import published_at
from dateline.publishing.queries.frames import frame
from dateline.publishing.queries.listed import listed
from dateline.publishing.queries.press import Press
from dateline.publishing.recipes.recipe import Recipe

KIND: Final = "news-sitemap"


def keys(_press: Press) -> tuple[str, ...]:
    return ("",)


def bake(press: Press, key: str) -> Iterator[Leaf]:
    if key:
        return
    with press.making(press.default):
        press.until(press.today + timedelta(days=1))
        files = news_sitemaps([_news(press, article) for article in _of_these_days(press)])
        names = [_name(number) for number in range(1, len(files) + 1)] if len(files) > 1 else []
        for name, content in zip(names, files, strict=False):
            yield Leaf(path=name, content=content, content_type=XML, is_beside=True)
        whole = index([(press.absolute(name), None) for name in names]) if names else files[0]
        yield Leaf(path=_name(), content=whole, content_type=XML, shows=press.noted)


def _of_these_days(press: Press) -> Iterator[Article]:
    since = datetime.combine(press.today - timedelta(days=1), time.min, tzinfo=press.zone)
    rows = listed().filter(first_published_at__gte=since, locale__language_code__in=press.codes)
    for article in rows.select_related("locale", "permission__agreement").defer("body"):
        if rules.is_indexed(article.kind, terms_of(article)):
            yield article


def _news(press: Press, article: Article) -> News:
    press.note(article.uid)
    return News(
        loc=press.absolute(article.get_absolute_url()),
        publication=frame(press, article.language).site_name,
        language=_language(article.language),
        published_at=press.local(published_at(article)),
        title=article.headline,
    )


def _language(tag: str) -> str:
    """Return a language as news sitemaps name it: two or three letters, but for the two kinds of Chinese."""
    tag = tag.lower()
    if tag in {"zh-hans", "zh-cn"}:
        return "zh-cn"
    return "zh-tw" if tag in {"zh-hant", "zh-tw"} else tag.partition("-")[0]


def _name(number: int = 0) -> str:
    return f"/news-sitemap-{number}.xml" if number else "/news-sitemap.xml"


def around(_press: Press, _articles: Sequence[Article]) -> tuple[str, ...]:
    return ("",)


RECIPE = Recipe(kind=KIND, keys=keys, bake=bake, around=around)
