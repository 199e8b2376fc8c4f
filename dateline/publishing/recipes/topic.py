"""The hub of each topic, and its older pages."""

from collections.abc import Iterator, Sequence

from dateline.articles.addresses import topic_path
from dateline.articles.models import Article
from dateline.publishing.leaf import Leaf
from dateline.publishing.paging import page_count
from dateline.publishing.queries import nouns
from dateline.publishing.queries.fronts import page_address, topic_page
from dateline.publishing.queries.listed import of_topic
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.printed import printed
from dateline.publishing.recipes.recipe import Recipe, page_key, page_keys

KIND = "topic"


def keys(press: Press) -> Iterator[str]:
    for topic in nouns.topics(press):
        yield from page_keys(str(topic.pk), page_count(of_topic(topic).count()))


def bake(press: Press, key: str) -> Iterator[Leaf]:
    base, number = page_key(key)
    topic = nouns.topic(press, base)
    if topic is None:
        return
    language = str(topic.locale.language_code)
    with press.making(language):
        page = topic_page(press, topic, number)
        if page is None:
            return
        yield from printed(
            press,
            "topic",
            page,
            path=page_address(topic_path(language=language, slug=topic.slug), number),
            language=language,
            is_indexed=True,
            changed_at=page.cards[0].published_at if page.cards else None,
            shows=press.noted,
        )


def around(_press: Press, articles: Sequence[Article]) -> Iterator[str]:
    for topic, oldest in nouns.oldest_in(articles, lambda one: one.topics.all()):
        yield from nouns.pages_around(KIND, str(topic.pk), of_topic(topic), oldest)


RECIPE = Recipe(kind=KIND, keys=keys, bake=bake, around=around, is_in_sitemap=True)
