"""What must hold in the sample newsroom before anyone loads it: every reference resolves."""

import re
from collections.abc import Container, Iterable, Iterator
from urllib.parse import urlsplit

from dateline.exchange.sample.shapes import (
    Article,
    MenuEntry,
    Newsroom,
    Original,
    Paragraph,
    PictureUse,
    SampleBroken,
    TranslatorsNote,
)

KINDS = {"exclusive", "translation", "reprint"}
GENRES = {"report", "opinion", "interview", "analysis", "statement", "photo essay", "review"}
STATES = {"published", "draft"}
RELATIONS = {"disputes", "replies_to", "supports", "corrects"}
USES = {"reprint", "translation", "excerpt", "headline", "letter", "archive", "picture"}
HREF = re.compile(r'href="([^"]*)"')

Problem = tuple[str, str]  # field, reason


def check(newsroom: Newsroom) -> None:
    """Raise SampleBroken for the first thing that does not hold."""
    for file, field, reason in _problems(newsroom):
        raise SampleBroken(file=file, field=field, reason=reason)


def _problems(newsroom: Newsroom) -> Iterator[tuple[str, str, str]]:
    for field, reason in _newsroom_problems(newsroom):
        yield "newsroom.json", field, reason
    for original in newsroom.originals.values():
        for field, reason in _original_problems(original, newsroom):
            yield f"originals/{original.key}.md", field, reason
    for article in newsroom.articles.values():
        for field, reason in _article_problems(article, newsroom):
            yield f"articles/{article.key}.{article.language}.md", field, reason
    for slug in {slug for slug, _ in newsroom.pages}:
        for language in newsroom.identity.languages:
            if (slug, language) not in newsroom.pages:
                yield f"pages/{slug}.{language}.md", "file", "the page is missing in this language"


def _newsroom_problems(newsroom: Newsroom) -> Iterator[Problem]:
    for section in newsroom.sections.values():
        if section.parent:
            yield from _known("sections.parent", [section.parent], newsroom.sections)
    for contributor in newsroom.contributors.values():
        if contributor.outlet:
            yield from _known("contributors.outlet", [contributor.outlet], newsroom.outlets)
    for agreement in newsroom.agreements:
        yield from _known("agreements.outlet", [agreement.outlet], newsroom.outlets)
        yield from _known("agreements.uses", agreement.uses, USES)
        yield from _known("agreements.canonical", [agreement.canonical], {"original", "self"})
    for entry in newsroom.main_menu + newsroom.side_menu:
        yield from _menu_problems(entry, newsroom)
    for topic in newsroom.topics.values():
        if topic.starts_date and not (topic.ends_date and topic.starts_date <= topic.ends_date):
            yield "topics.ends_date", f"the event {topic.slug!r} must end after it starts"
    yield from _addresses(newsroom)


def _menu_problems(entry: MenuEntry, newsroom: Newsroom) -> Iterator[Problem]:
    pages = {slug for slug, _ in newsroom.pages}
    places: dict[str, Container[str]] = {
        "home": {""},
        "section": newsroom.sections,
        "topic": newsroom.topics,
        "page": pages,
    }
    yield from _known("menu.kind", [entry.kind], places)
    yield from _known(f"menu.{entry.kind}", [entry.slug], places.get(entry.kind, ()))
    for child in entry.children:
        yield from _menu_problems(child, newsroom)


def _addresses(newsroom: Newsroom) -> Iterator[Problem]:
    identity = newsroom.identity
    for link in identity.social + identity.useful:
        yield from _fictional("identity links", link.url)
    for outlet in newsroom.outlets.values():
        yield from _fictional("outlets.url", outlet.url)
        yield from _fictional("outlets.mail", outlet.mail)
    yield from _fictional("identity.mail", identity.mail)


def _original_problems(original: Original, newsroom: Newsroom) -> Iterator[Problem]:
    yield from _known("outlet", [original.outlet], newsroom.outlets)
    yield from _fictional("url", original.url)
    if bool(original.authors) == original.unsigned:
        yield "authors", "name the authors, or say unsigned = true, not both"
    if not original.blocks:
        yield "body", "an original is kept whole: write its text"


def _article_problems(article: Article, newsroom: Newsroom) -> Iterator[Problem]:
    yield from _known("file name", [article.language], newsroom.identity.languages)
    yield from _known("kind", [article.kind], KINDS)
    yield from _known("genre", [article.genre], GENRES)
    yield from _known("state", [article.state], STATES)
    yield from _known("section", [article.section], newsroom.sections)
    yield from _known("other_sections", article.other_sections, newsroom.sections)
    yield from _known("topics", article.topics, newsroom.topics)
    yield from _known("credits", [credit.contributor for credit in article.credits], newsroom.contributors)
    for use in (article.picture, *article.blocks):
        if isinstance(use, PictureUse) and not (use.alt and use.credit):
            yield "picture", f"{use.name!r} needs alternative text and a credit in {article.language!r}"
    for block in article.blocks:
        if isinstance(block, Paragraph | TranslatorsNote):
            for address in HREF.findall(block.html):
                yield from _fictional("body", address)
    yield from _origin_problems(article, newsroom)
    yield from _answer_problems(article, newsroom)


def _origin_problems(article: Article, newsroom: Newsroom) -> Iterator[Problem]:
    if article.kind == "exclusive":
        if article.original:
            yield "original", "an exclusive has none"
        if not article.by("author"):
            yield "credits.author", "an exclusive has an author"
        return
    if article.original not in newsroom.originals:
        yield "original", f"a {article.kind} names a file of originals/"
        return
    original = newsroom.originals[article.original]
    if bool(article.by("author")) == original.unsigned:
        yield "credits.author", "must be as the original is signed"
    if (article.kind == "reprint") != (article.language == original.language):
        yield "kind", f"the original is in {original.language!r}"
    if article.kind == "translation" and not article.by("translator"):
        yield "credits.translator", "is missing"
    if article.days_ago > original.days_ago:
        yield "days_ago", "must not be before the original"


def _answer_problems(article: Article, newsroom: Newsroom) -> Iterator[Problem]:
    if (article.genre == "statement") != bool(article.issuers):
        yield "issuers", "a statement names its issuers, and nothing else does"
    answers = article.answers
    if not answers:
        return
    yield from _known("answers.relation", [answers.relation], RELATIONS)
    if bool(answers.original) == bool(answers.article):
        yield "answers", "must name an original or an article, not both"
    if answers.original:
        yield from _known("answers.original", [answers.original], newsroom.originals)
    if answers.article:
        yield from _known("answers.article", [answers.article], {key for key, _ in newsroom.articles})
    yield from _fictional("answers.url", answers.url)


def _known(field: str, names: Iterable[str], known: Container[str]) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            yield field, f"{name!r} is not known"


def _fictional(field: str, address: str) -> Iterator[Problem]:
    parts = urlsplit(address)
    host = parts.hostname or address.rpartition("@")[2]
    if address and not host.endswith(".example"):
        yield field, f"{address!r} must be under .example, so that nobody real is meant"
