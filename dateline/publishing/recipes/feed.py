"""Feeds of each language, section, topic, contributor, outlet and kind, and of the editions: RSS, Atom, JSON Feed.

Keys: `site/en`, `section/3`, `contributor/7:en`, `outlet/2:en`, `kind/translation:en`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from dateline.articles.kinds import USE_OF_KIND, Kind
from dateline.articles.models import Article
from dateline.lib.formats import atom, json_feed, rss
from dateline.lib.formats.rss import Feed
from dateline.lib.formats.sealed import seal_feed
from dateline.publishing.leaf import ATOM, JSON_FEED, RSS, Leaf
from dateline.publishing.queries import feeds, nouns
from dateline.publishing.queries.edition import editions_with
from dateline.publishing.queries.edition_archive import editions_feed
from dateline.publishing.queries.edition_numbers import out_in
from dateline.publishing.queries.listed import listed, of_kind
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.record import keys as keys_of_site
from dateline.publishing.recipes.recipe import Recipe
from dateline.sources.models import Outlet

# One feed in three formats: the name of its file, its type, who writes it.
FORMATS: Final[tuple[tuple[str, str, Callable[[Feed], bytes]], ...]] = (
    ("feed.xml", RSS, rss.write),
    ("atom.xml", ATOM, atom.write),
    ("feed.json", JSON_FEED, json_feed.write),
)


def keys(press: Press) -> Iterator[str]:
    yield from (f"site/{code}" for code in press.codes)
    yield from (f"editions/{code}" for code in press.codes if out_in(code).exists())
    yield from (f"section/{section.pk}" for section in nouns.sections(press))
    yield from (f"topic/{topic.pk}" for topic in nouns.topics(press))
    yield from (f"contributor/{who}:{code}" for who, code in nouns.bylines(press))
    rows = listed().filter(kind__in=list(USE_OF_KIND), locale__language_code__in=press.codes)
    pairs = rows.order_by().values_list("original__outlet", "locale__language_code").distinct()
    yield from (f"outlet/{outlet}:{code}" for outlet, code in sorted(pair for pair in pairs if pair[0]))
    for code in press.codes:
        yield from (f"kind/{kind}:{code}" for kind in Kind if of_kind(kind, language=code).exists())


def bake(press: Press, key: str) -> Iterator[Leaf]:
    of_what, _slash, which = key.partition("/")
    language = _language(press, of_what, which)
    if language is None:
        return
    with press.making(language):
        feed = _feed(press, of_what, which)
        if feed:
            yield from _leaves(press, feed, language)


def _leaves(press: Press, feed: Feed, language: str) -> Iterator[Leaf]:
    private = keys_of_site().private()
    for name, mime, write in FORMATS:
        href = f"{feed.href.removesuffix(FORMATS[0][0])}{name}"
        yield Leaf(
            path=href.removeprefix(press.base),
            content=seal_feed(write(replace(feed, href=href)), address=href, key=private),
            content_type=mime,
            language=language,
            shows=press.noted,
            is_beside=mime != RSS,
        )


def _language(press: Press, of_what: str, which: str) -> str | None:
    if of_what in {"section", "topic"}:
        noun = nouns.section(press, which) if of_what == "section" else nouns.topic(press, which)
        return str(noun.locale.language_code) if noun else None
    code = which.rpartition(":")[2]
    return code if code in press.codes else None


def _feed(press: Press, of_what: str, which: str) -> Feed | None:
    name, _colon, code = which.rpartition(":")
    return _OF_WHAT[of_what](press, name or which, code) if of_what in _OF_WHAT else None


def _editions(press: Press, _which: str, code: str) -> Feed | None:
    return editions_feed(press, code) if out_in(code).exists() else None


def _section(press: Press, which: str, _code: str) -> Feed | None:
    section = nouns.section(press, which)
    return feeds.section_feed(press, section) if section else None


def _topic(press: Press, which: str, _code: str) -> Feed | None:
    topic = nouns.topic(press, which)
    return feeds.topic_feed(press, topic) if topic else None


def _contributor(press: Press, which: str, code: str) -> Feed | None:
    contributor = nouns.contributor(which)
    return feeds.contributor_feed(press, contributor, code) if contributor else None


def _outlet(press: Press, which: str, code: str) -> Feed | None:
    outlet = Outlet.objects.filter(pk=which).first()
    return feeds.outlet_feed(press, outlet, code) if outlet else None


def _kind(press: Press, which: str, code: str) -> Feed | None:
    return feeds.kind_feed(press, Kind(which), code) if which in Kind.values else None


_OF_WHAT: Final[dict[str, Callable[[Press, str, str], Feed | None]]] = {
    "site": lambda press, _which, code: feeds.site_feed(press, code),
    "editions": _editions,
    "section": _section,
    "topic": _topic,
    "contributor": _contributor,
    "outlet": _outlet,
    "kind": _kind,
}


def around(_press: Press, articles: Sequence[Article]) -> Iterator[str]:
    yield from (
        f"editions/{language}" for language in sorted({one.language for one in editions_with(articles)})
    )
    for article in articles:
        yield from _feeds_of(article)


def _feeds_of(article: Article) -> Iterator[str]:
    language = article.language
    yield f"site/{language}"
    yield from (f"section/{section.pk}" for section in nouns.sections_of(article))
    yield from (f"topic/{topic.pk}" for topic in article.topics.all())
    named = {row.contributor_id for row in (*article.credits.all(), *article.issuers.all())}
    yield from (f"contributor/{who}:{language}" for who in sorted(who for who in named if who))
    if article.original and article.kind in USE_OF_KIND:
        yield f"outlet/{article.original.outlet_id}:{language}"
    yield f"kind/{article.kind}:{language}"


RECIPE = Recipe(kind="feed", keys=keys, bake=bake, around=around)
