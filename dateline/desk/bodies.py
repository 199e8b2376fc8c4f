"""Bodies made of originals' own words as the desk's blocks, without pictures: reprint, excerpt, press review. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Any
from uuid import UUID, uuid5

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


@dataclass(frozen=True)
class Voice:
    """One voice of a press review: who says it, and what they say, in their language."""

    outlet: str
    headline: str
    url: str
    words: str
    authors: tuple[str, ...] = ()


def reviewed(voices: Sequence[Voice], *, key: UUID) -> list[RawBlock]:
    """Return the voices as blocks: a heading with the outlet, their words as a quote, and the way to the piece."""
    told: list[tuple[str, Any]] = []
    for voice in voices:
        who = ", ".join([*voice.authors, voice.outlet])
        link = f'<p><a href="{escape(voice.url)}">{escape(voice.headline)}</a></p>'
        quote = {"text": f"<p>{escape(voice.words)}</p>", "attribution": who}
        told += [("heading", voice.outlet), ("quote", quote), ("paragraph", link)]
    return [
        {"type": kind, "value": value, "id": str(uuid5(key, f"{number}:{kind}"))}
        for number, (kind, value) in enumerate(told)
    ]


def first_sentences(text: str, *, most: int) -> str:
    """Return the beginning of a text on one line: at most so many words, an ellipsis where it goes on."""
    words = text.split()
    return " ".join(words[:most]) + (" …" if len(words) > most else "")


def _plain(block: RawBlock) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", str(block["value"])))


def _whole(text: str, **_options: str) -> list[str]:
    """Leave a block as it is: a reprint has no use for its sentences."""
    return [text]
