"""The sample's texts in the shapes that the rooms take: markup of a page, and raw blocks of a body. Pure."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from dateline.exchange.sample.shapes import (
    Block,
    Heading,
    Original,
    Paragraph,
    PictureUse,
    Points,
    Quote,
    TranslatorsNote,
)

# What the menus call the front page, in each language of the sample.
HOME = {"en": "Home", "fr": "Accueil", "fa": "خانه"}


def markup_of(block: Block) -> str:
    """Return a block as the outlet's page would have it; pictures and notes are not the outlet's words."""
    match block:
        case Paragraph(html):
            return f"<p>{html}</p>"
        case Heading(text):
            return f"<h2>{escape(text)}</h2>"
        case Quote(text, attribution):
            return f"<blockquote><p>{escape(text)}</p><p>{escape(attribution)}</p></blockquote>"
        case Points(lines):
            return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"
        case TranslatorsNote() | PictureUse():
            return ""


def body_html(blocks: Iterable[Block]) -> str:
    """Return the body of an original."""
    return "".join(markup_of(block) for block in blocks)


def page_html(original: Original) -> bytes:
    """Return the page that an outlet would have served for this original."""
    signed = ", ".join(original.authors)
    return (
        f'<!doctype html><html lang="{original.language}"><head><meta charset="utf-8">'
        f"<title>{escape(original.headline)}</title></head><body><article><h1>{escape(original.headline)}</h1>"
        f'<p class="standfirst">{escape(original.standfirst)}</p><p class="byline">{escape(signed)}</p>'
        f"{body_html(original.blocks)}</article></body></html>"
    ).encode()


def raw_body(blocks: Iterable[Block], pictures: dict[str, int]) -> list[dict[str, Any]]:
    """Return the raw blocks of an article's body; `pictures` gives the row of each picture's name."""
    return [raw for block in blocks for raw in _raw(block, pictures)]


def _raw(block: Block, pictures: dict[str, int]) -> Iterator[dict[str, Any]]:
    match block:
        case Paragraph(html):
            yield {"type": "paragraph", "value": f"<p>{html}</p>"}
        case Heading(text):
            yield {"type": "heading", "value": text}
        case Quote(text, attribution):
            yield {"type": "quote", "value": {"text": f"<p>{escape(text)}</p>", "attribution": attribution}}
        case Points():
            yield {"type": "list", "value": markup_of(block)}
        case TranslatorsNote(html):
            yield {"type": "note", "value": f"<p>{html}</p>"}
        case PictureUse(name, alt, caption):
            value = {"picture": pictures[name], "alt": alt, "caption": caption}
            yield {"type": "picture", "value": value}
