"""An original and its translation, block by block: as the desk aligned them, else by their lengths and kinds."""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from typing import Final

from dateline.articles.addresses import side_by_side_path
from dateline.articles.models import Article
from dateline.intake.models import Original
from dateline.lib.scripts import direction
from dateline.lib.text import cut, one_line
from dateline.publishing import rules
from dateline.publishing.aligning import Piece, aligned
from dateline.publishing.pages import Head, Link
from dateline.publishing.pages_beside import Pair, Side, SideBySidePage
from dateline.publishing.queries.article_page import provenance_of, shows_both
from dateline.publishing.queries.frames import frame
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.tongues import name_here
from dateline.translation.documents import Block, BlockKind
from dateline.translation.languages import joiner
from dateline.translation.marks import restored
from dateline.translation.models import Job, Segment
from dateline.translation.queries.jobs import segments_in_order
from dateline.translation.reading import read_document
from dateline.translation.runs import words_of

DESCRIPTION_LENGTH: Final = 300
_OURS_ALONE: Final = frozenset({"note", "picture", "row", "pull", "chart", "embed"})
_TAGS: Final = {
    BlockKind.HEADING: "h2", BlockKind.QUOTE: "blockquote", BlockKind.ATTRIBUTION: "cite",
    BlockKind.LIST_ITEM: "li",
}  # fmt: skip


def side_by_side_page(press: Press, article: Article) -> SideBySidePage | None:
    """Return the page of both texts; None where readers may not see the original."""
    source = article.original
    if not shows_both(article) or source is None:
        return None
    provenance = provenance_of(press, article)
    pairs = _by_the_desk(article) or _by_length(article, source)
    if provenance is None or not pairs:
        return None
    press.note(article.uid)
    held = frame(press, article.language)
    path = side_by_side_path(article.get_absolute_url())
    return SideBySidePage(
        frame=held,
        head=Head(
            title=f"{article.headline} | {held.site_name}",
            description=cut(one_line(article.standfirst), DESCRIPTION_LENGTH),
            canonical=press.absolute(path),
            robots=rules.NOINDEX,
        ),
        crumbs=(
            Link(name=held.site_name, href=held.home),
            Link(name=article.headline, href=article.get_absolute_url()),
        ),
        href=article.get_absolute_url(),
        headline=source.headline,
        headline_here=article.headline,
        language=source.language,
        direction=direction(source.language),
        language_name=name_here(source.language),
        language_name_here=name_here(article.language),
        pairs=tuple(pairs),
        provenance=provenance,
    )


def _by_the_desk(article: Article) -> list[Pair]:
    """As the translator had them: the sentences of a block, beside what stands for them.

    Nothing while the desk is at work on it: what is written there then is not what readers were given.
    """
    job = (
        Job.objects.filter(article=article, state=Job.State.APPROVED).first() if article.is_composed else None
    )
    rows = segments_in_order(job) if job else []
    source = article.original.language if article.original else ""
    return [
        _desk_pair(list(group), source, article.language)
        for _block, group in groupby(
            (row for row in rows if row.block_kind != BlockKind.HEADLINE), key=lambda row: row.block
        )
    ]


def _desk_pair(rows: Sequence[Segment], source: str, language: str) -> Pair:
    tag = _TAGS.get(BlockKind(rows[0].block_kind), "p")
    theirs = joiner(source).join(restored(row.source, row.marks) for row in rows if row.source)
    ours = joiner(language).join(restored(row.text, row.marks) for row in rows if row.text)
    return Pair(theirs=_sides(tag, theirs), ours=_sides(tag, ours))


def _sides(tag: str, markup: str) -> tuple[Side, ...]:
    return (Side(tag, markup),) if markup.strip() else ()


def _by_length(article: Article, source: Original) -> list[Pair]:
    """What was translated elsewhere than on our desk."""
    theirs = _told(read_document(headline="", standfirst=source.standfirst, body_html=source.body_html))
    body = "".join(str(block.render()) for block in article.body if block.block_type not in _OURS_ALONE)
    ours = _told(read_document(headline="", standfirst=article.standfirst, body_html=body))
    if not theirs or not ours:
        return []
    return [
        Pair(theirs=tuple(_side(theirs[at]) for at in there), ours=tuple(_side(ours[at]) for at in here))
        for there, here in aligned(_pieces(theirs), _pieces(ours))
    ]


def _told(blocks: Iterable[Block]) -> list[Block]:
    return [block for block in blocks if words_of(block.runs).strip() and block.kind is not BlockKind.CAPTION]


def _pieces(blocks: Iterable[Block]) -> list[Piece]:
    return [Piece(str(block.kind), len(words_of(block.runs))) for block in blocks]


def _side(block: Block) -> Side:
    return Side(_TAGS.get(block.kind, "p"), escape(words_of(block.runs)))
