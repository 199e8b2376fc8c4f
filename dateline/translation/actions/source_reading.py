"""Reading a source again: another version of an original from its snapshot, or one of our own pieces as it stands."""

from dataclasses import dataclass
from html import escape
from typing import Final

from dateline.articles.models import Article
from dateline.intake import apart
from dateline.intake.actions.again import told_of
from dateline.intake.actions.taking import read_snapshot
from dateline.intake.answers import charset
from dateline.intake.channels.page_rules import BadRule
from dateline.intake.extract import Extract, NoArticle
from dateline.intake.models import FurtherPage, Original, Snapshot
from dateline.intake.models.site_rule import SiteRule
from dateline.intake.pages_joined import as_one
from dateline.intake.queries.readings import reading_for
from dateline.intake.snapshots import SnapshotDamaged, SnapshotMissing
from dateline.lib.confined import Trouble
from dateline.lib.floods import HostileMarkup
from dateline.lib.text import paragraphs
from dateline.translation.documents import Block, Sentence, sentences
from dateline.translation.own_pieces import body_markup
from dateline.translation.reading import read_document
from dateline.translation.segments import split_paragraph

_NOT_READ: Final = (BadRule, HostileMarkup, NoArticle, SnapshotDamaged, SnapshotMissing, Trouble)


@dataclass(frozen=True)
class SourceReading:
    """A source's sentences. is_bare: its links and emphasis are not known, only its words."""

    sentences: list[Sentence]
    is_bare: bool = False


def sentences_of_original(original: Original) -> list[Sentence]:
    """Return the sentences of an original in the reading that counts at the desk."""
    reading = reading_for(original)
    blocks = read_document(
        headline=reading.headline, standfirst=reading.standfirst, body_html=reading.body_html
    )
    return _cut(blocks, original.language)


def sentences_of_article(article: Article) -> list[Sentence]:
    """Return the sentences of one of our own pieces, as the row or revision that is handed in has them."""
    blocks = read_document(
        headline=article.headline,
        standfirst=article.standfirst,
        body_html=body_markup(article.body.get_prep_value()),
    )
    return _cut(blocks, article.language)


def reading_of(snapshot: Snapshot) -> SourceReading:
    """Return the sentences of an original as a snapshot has them.

    Where its evidence is not there any more, or nothing can be read from it, from the text that is kept with it.
    """
    original = snapshot.original
    pages = [] if snapshot.was_brought or snapshot.state != Snapshot.State.WHOLE else _pages(snapshot)
    if not pages:
        return _bare(snapshot)
    found = as_one(pages, trouble="")
    blocks = read_document(
        headline=found.headline or snapshot.headline,
        standfirst=found.standfirst,
        body_html=found.body_html,
    )
    return SourceReading(_cut(blocks, original.language))


def _pages(snapshot: Snapshot) -> list[Extract]:
    try:
        pages: list[Snapshot | FurtherPage] = [snapshot, *snapshot.further.all()]
        return [_extract(page, snapshot) for page in pages]
    except _NOT_READ:
        return []


def _extract(page: Snapshot | FurtherPage, snapshot: Snapshot) -> Extract:
    kind = next((value for name, value in page.headers if name.lower() == "content-type"), "")
    rule = SiteRule.objects.for_page(page.final_url)
    told = told_of(snapshot.original)
    return apart.extract(
        read_snapshot(page),  # type: ignore[arg-type]  # both have the hash that it asks for
        url=page.final_url,
        title=snapshot.headline or None,
        summary=None,
        declared_encoding=charset(kind),
        rules=rule.as_rules() if rule else dict(told.rules) or None,
    )


def _bare(snapshot: Snapshot) -> SourceReading:
    """Return the sentences of the text alone; the standfirst is the one that we know."""
    body = "".join(f"<p>{escape(text)}</p>" for text in paragraphs(snapshot.body_text))
    blocks = read_document(
        headline=snapshot.headline, standfirst=reading_for(snapshot.original).standfirst, body_html=body
    )
    return SourceReading(_cut(blocks, snapshot.original.language), is_bare=True)


def _cut(blocks: list[Block], language: str) -> list[Sentence]:
    return sentences(blocks, language=language, split=split_paragraph)
