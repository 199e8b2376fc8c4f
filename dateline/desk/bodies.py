"""The body of a reprint: the original's own words as the desk's blocks, without its pictures. Pure."""

from uuid import UUID

from dateline.translation.composing import Composed, Translated, compose
from dateline.translation.documents import sentences
from dateline.translation.reading import read_document


def reprinted(*, headline: str, standfirst: str, body_html: str, language: str, key: UUID) -> Composed:
    """Return an original's words as an article. `key` is the article's, for the ids of the blocks.

    Raises HostileMarkup where the markup would hang a parser.
    """
    blocks = read_document(headline=headline, standfirst=standfirst, body_html=body_html)
    words = (
        Translated(one.block, one.kind, one.place, one.source, one.marks)
        for one in sentences(blocks, language=language, split=_whole)
    )
    return compose(words, language=language, key=key)


def _whole(text: str, **_options: str) -> list[str]:
    """Leave a block as it is: a reprint has no use for its sentences."""
    return [text]
