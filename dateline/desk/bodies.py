"""Bodies made of originals' own words as the desk's blocks, without pictures: reprint, excerpt. Pure."""

import re
from html import escape, unescape
from uuid import UUID

from dateline.translation.composing import Composed, RawBlock, Translated, compose
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


def opening(words: Composed, *, most: int) -> Composed:
    """Return the beginning of an article: whole paragraphs, and of the first at least what fits.

    most: words of standfirst and body together; a standfirst that does not leave room for a paragraph is left out.
    """
    standfirst = words.standfirst if len(words.standfirst.split()) * 2 <= most else ""
    left = most - len(standfirst.split())
    body: list[RawBlock] = []
    for block in words.body:
        text = _plain(block)
        if block["type"] != "paragraph" or len(text.split()) > left:
            break
        body.append(block)
        left -= len(text.split())
    first = next((block for block in words.body if block["type"] == "paragraph"), None)
    if not body and first is not None and left > 0:
        begun = " ".join(_plain(first).split()[: max(left, 1)])
        body = [{**first, "value": f"<p>{escape(begun)} …</p>" if left > 1 else f"<p>{escape(begun)}</p>"}]
    return Composed(headline=words.headline, standfirst=standfirst, body=body)


def _plain(block: RawBlock) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", str(block["value"])))


def _whole(text: str, **_options: str) -> list[str]:
    """Leave a block as it is: a reprint has no use for its sentences."""
    return [text]
