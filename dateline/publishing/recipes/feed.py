"""RSS of each language, section and topic, and of the editions of each language."""

from collections.abc import Iterator

from dateline.articles.models import Article
from dateline.lib.formats.rss import Feed, write
from dateline.lib.formats.sealed import seal_feed
from dateline.publishing.leaf import RSS, Leaf
from dateline.publishing.queries import feeds, nouns
from dateline.publishing.queries.edition import editions_with
from dateline.publishing.queries.edition_archive import editions_feed
from dateline.publishing.queries.edition_numbers import out_in
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.record import keys as keys_of_site
from dateline.publishing.recipes.recipe import Recipe


def keys(press: Press) -> Iterator[str]:
    yield from (f"site/{code}" for code in press.codes)
    yield from (f"editions/{code}" for code in press.codes if out_in(code).exists())
    yield from (f"section/{section.pk}" for section in nouns.sections(press))
    yield from (f"topic/{topic.pk}" for topic in nouns.topics(press))


def bake(press: Press, key: str) -> Iterator[Leaf]:
    of_what, _slash, which = key.partition("/")
    language = _language(press, of_what, which)
    if language is None:
        return
    with press.making(language):
        feed = _feed(press, of_what, which)
        if feed:
            yield Leaf(
                path=feed.href.removeprefix(press.base),
                content=seal_feed(write(feed), address=feed.href, key=keys_of_site().private()),
                content_type=RSS,
                language=language,
                shows=press.noted,
            )


def _language(press: Press, of_what: str, which: str) -> str | None:
    if of_what in {"site", "editions"}:
        return which if which in press.codes else None
    noun = nouns.section(press, which) if of_what == "section" else nouns.topic(press, which)
    return str(noun.locale.language_code) if noun else None


def _feed(press: Press, of_what: str, which: str) -> Feed | None:
    if of_what == "site":
        return feeds.site_feed(press, which)
    if of_what == "editions":
        return editions_feed(press, which) if out_in(which).exists() else None
    if of_what == "section":
        section = nouns.section(press, which)
        return feeds.section_feed(press, section) if section else None
    topic = nouns.topic(press, which)
    return feeds.topic_feed(press, topic) if topic else None


def around(_press: Press, article: Article) -> Iterator[str]:
    yield f"site/{article.language}"
    yield from (f"editions/{article.language}" for _key in editions_with(article)[:1])
    yield from (f"section/{section.pk}" for section in nouns.sections_of(article))
    yield from (f"topic/{topic.pk}" for topic in article.topics.all())


RECIPE = Recipe(kind="feed", keys=keys, bake=bake, around=around)
