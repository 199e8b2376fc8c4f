"""Reads one text file of the sample: TOML between two lines of +++, then a small Markdown.

Blocks are set apart by a blank line:

    ## A heading                      > A quotation.
                                      > — Who said it
    - a line of a list
    - another                         (note) A translator's note.

    ![](harbour) A caption.           ![Own words for the picture](harbour) A caption.

Anything else is a paragraph, with *em*, **strong** and [words](address).
"""

import html
import re
import tomllib
from typing import Any

from dateline.exchange.sample.shapes import (
    Block,
    Heading,
    Paragraph,
    PictureUse,
    Points,
    Quote,
    SampleBroken,
    TranslatorsNote,
)

FENCE = "+++\n"
PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<name>[\w-]+)\)\s*(?P<caption>.*)", re.DOTALL)
MARKS = (
    (re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)"), r'<a href="\2">\1</a>'),
    (re.compile(r"\*\*([^*]+)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"\*([^*]+)\*"), r"<em>\1</em>"),
)


def read_front_matter(text: str, *, file: str) -> tuple[dict[str, Any], str]:
    """Return the fields before the second fence and the body after it.

    Raises SampleBroken where a fence is missing or the fields are no TOML.
    """
    if not text.startswith(FENCE) or FENCE not in text[len(FENCE) :]:
        raise SampleBroken(file=file, field="front matter", reason="must stand between two lines of +++")
    head, body = text[len(FENCE) :].split(FENCE, 1)
    try:
        return tomllib.loads(head), body
    except tomllib.TOMLDecodeError as error:
        raise SampleBroken(file=file, field="front matter", reason=str(error)) from error


def read_blocks(body: str) -> tuple[Block, ...]:
    """Return the blocks of a body, in order; an empty body gives none."""
    pieces = (piece.strip() for piece in re.split(r"\n\s*\n", body))
    return tuple(_block(piece) for piece in pieces if piece)


def inline(text: str) -> str:
    """Return one run of text as HTML: escaped, with em, strong and links; line ends become spaces."""
    marked = html.escape(_on_one_line(text), quote=False)
    for pattern, tag in MARKS:
        marked = pattern.sub(tag, marked)
    return marked


def words(blocks: tuple[Block, ...]) -> int:
    """Count the words that a reader reads, captions and notes left out."""
    return sum(len(re.sub(r"<[^>]+>", "", line).split()) for block in blocks for line in lines(block))


def lines(block: Block) -> tuple[str, ...]:
    """Return the running text of a block: none for a picture or a note."""
    match block:
        case Paragraph(html=text) | Heading(text=text) | Quote(text=text):
            return (text,)
        case Points(lines=points):
            return points
        case _:
            return ()


def _block(piece: str) -> Block:
    if piece.startswith("## "):
        return Heading(_on_one_line(piece[3:]))
    if piece.startswith("> "):
        return _quote(piece)
    if piece.startswith("- "):
        return Points(tuple(inline(line) for line in re.split(r"\n?^- ", piece, flags=re.MULTILINE) if line))
    if piece.startswith("(note) "):
        return TranslatorsNote(inline(piece[7:]))
    if picture := PICTURE.fullmatch(piece):
        return PictureUse(picture["name"], picture["alt"], _on_one_line(picture["caption"]), "")
    return Paragraph(inline(piece))


def _quote(piece: str) -> Quote:
    said = [line.removeprefix(">").strip() for line in piece.splitlines()]
    attribution = said.pop().removeprefix("— ") if said[-1].startswith("— ") else ""
    return Quote(" ".join(said), attribution)


def _on_one_line(text: str) -> str:
    """Join lines by spaces; the no-break spaces of French stay as they are."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")
