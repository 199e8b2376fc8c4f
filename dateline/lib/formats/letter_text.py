"""The text of a newsletter without its wrapping: layout tables, counting pixels, the footer about subscriptions."""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from dateline.lib.floods import HostileMarkup, refuse_floods
from dateline.lib.formats import pieces
from dateline.lib.formats.letter_words import BUTTONS, LEAVING, VIEWING
from dateline.lib.formats.pieces import Unreadable
from dateline.lib.text import names, one_line, words

FEWEST_WORDS: Final = 4
LONGEST_TITLE: Final = 250
_LAYOUT = names("table tbody thead tfoot tr td th center font")
_BLOCKS = names(
    "p div table ul ol blockquote h1 h2 h3 h4 h5 h6 section article header footer li td tr center"
)
_HEADINGS = names("h1 h2 h3 h4 h5 h6")
_UNREAD = names("style script title")
_SMALL = re.compile(r"\s*[0-2](?:px|\.0*)?\s*")
_HIDDEN = re.compile(
    r"display\s*:\s*none|max-height\s*:\s*0(?![.\d])|font-size\s*:\s*[01]px|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
)
_TINY_STYLE = re.compile(r"(?:^|;)\s*(?:width|height)\s*:\s*[0-2]px")
_FOOTER_LONGEST: Final = 1_500


@dataclass(frozen=True)
class Tidied:
    """The text of a letter. text_length: in characters."""

    body_html: str
    text_length: int
    language: str = ""


@dataclass(frozen=True)
class Link:
    """A headline in a letter that leads to a page. summary: the text that follows it."""

    title: str
    url: str
    summary: str = ""


def tidied(markup: str) -> Tidied:
    """Return the text of a letter in HTML. Raises Unreadable where its markup is a trap."""
    try:
        refuse_floods(markup)
        root = document_fromstring(markup.encode("utf-8", "replace"), parser=_parser())
    except HostileMarkup as error:
        raise Unreadable(f"Its text is built to hang a reader: {error}.") from None
    except (etree.ParserError, ValueError, AssertionError):
        return Tidied("", 0)
    body = next(root.iter("body"), root)
    _take_out_unseen(body)
    _take_out_footer(body)
    language = pieces.language(root.get("lang") or "")
    _unwrap(body)
    clean = pieces.clean(_inner(body))
    return Tidied(clean, _length(clean), language)


def unwrapped(text: str) -> Tidied:
    """Return a plain letter as paragraphs, its signature and footer left out."""
    text = text.split("\n-- \n", maxsplit=1)[0]
    parts = [
        part
        for part in re.split(r"\n\s*\n", text)
        if not (LEAVING.search(part) and len(part) < _FOOTER_LONGEST)
    ]
    markup = pieces.clean(_linked(pieces.as_paragraphs("\n\n".join(parts))))
    return Tidied(markup, _length(markup))


def links_in(body_html: str) -> list[Link]:
    """Return the headlines among a tidied letter's links, each address once, in their order."""
    if not body_html:
        return []
    root = document_fromstring(body_html.encode(), parser=_parser())
    found = dict[str, Link]()
    for anchor in root.iter("a"):
        url, title = pieces.address(anchor.get("href")), one_line("".join(map(str, anchor.itertext())))
        if url and url not in found and _is_headline(title, anchor):
            found[url] = Link(title, url, _summary(anchor))
    return list(found.values())


def _is_headline(title: str, anchor: HtmlElement) -> bool:
    if LEAVING.search(title) or VIEWING.search(title) or BUTTONS.match(title) or len(title) > LONGEST_TITLE:
        return False
    block = _block_of(anchor)
    alone = (
        len(one_line("".join(map(str, block.itertext())))) <= len(title) * 1.5 + 20
        if block is not None
        else True
    )
    in_heading = any(parent.tag in _HEADINGS for parent in anchor.iterancestors())
    unspaced = len(title) >= 8 and not title.isascii() and len(title.split()) <= 2  # noqa: PLR2004
    return (len(words(title)) >= FEWEST_WORDS or unspaced) and (alone or in_heading)


def _block_of(element: HtmlElement) -> HtmlElement | None:
    return next((parent for parent in element.iterancestors() if parent.tag in _BLOCKS), None)


def _summary(anchor: HtmlElement) -> str:
    """Return the paragraph behind the block of a headline, where it is text and no other headline."""
    block = _block_of(anchor)
    following = block.getnext() if block is not None else None
    if following is None or following.tag in _HEADINGS:
        return ""
    text = one_line("".join(map(str, following.itertext())))
    linked = sum(len(one_line("".join(map(str, a.itertext())))) for a in following.iter("a"))
    return text[:1000] if text and linked < len(text) * 0.5 else ""


def _parser() -> etree.HTMLParser:
    return etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )


def _take_out_unseen(body: HtmlElement) -> None:
    """Take out what nobody is meant to see: pixels that count readers, text for the list of letters alone."""
    for element in list(body.iter()):
        if element is body or not isinstance(element.tag, str):
            continue
        style = (element.get("style") or "").lower()
        is_pixel = element.tag == "img" and (_is_small(element) or bool(_TINY_STYLE.search(style)))
        if is_pixel or _is_inline_picture(element) or _HIDDEN.search(style) or element.tag in _UNREAD:
            _drop(element)


def _is_small(image: HtmlElement) -> bool:
    return any(_SMALL.fullmatch(image.get(side) or "x") for side in ("width", "height"))


def _is_inline_picture(element: HtmlElement) -> bool:
    """A picture within the letter (cid:) has no address that anyone else could read."""
    return element.tag == "img" and not pieces.address(element.get("src"))


def _take_out_footer(body: HtmlElement) -> None:
    """Take out the smallest blocks around links by which one leaves, and links to read the letter on the web."""
    for anchor in list(body.iter("a")):
        text = one_line("".join(map(str, anchor.itertext())))
        leaves, views = LEAVING.search(text), VIEWING.search(text)
        if not (leaves or views) or len(text) > LONGEST_TITLE or _is_gone(anchor, body):
            continue
        block = _block_of(anchor)
        around = one_line("".join(map(str, block.itertext()))) if block is not None else ""
        _drop(block if block is not None and block is not body and len(around) < _FOOTER_LONGEST else anchor)


def _is_gone(element: HtmlElement, body: HtmlElement) -> bool:
    return body not in element.iterancestors()


def _drop(element: HtmlElement) -> None:
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    tail = element.tail or ""
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    parent.remove(element)


def _unwrap(body: HtmlElement) -> None:
    """Make the tables that only lay out into blocks; tables with headings or several full rows of figures stay."""
    for table in list(_inner_first(body)):
        if not _is_of_figures(table):
            for element in [table, *_own_cells(table)]:
                element.tag = "div"
                for name in list(element.attrib):
                    del element.attrib[name]
    for element in body.iter("center", "font"):
        element.tag = "div" if element.tag == "center" else "span"


def _inner_first(body: HtmlElement) -> Iterator[HtmlElement]:
    yield from reversed(list(body.iter("table")))


def _own_cells(table: HtmlElement) -> list[HtmlElement]:
    return [
        e
        for e in table.iterdescendants(*sorted(_LAYOUT - {"table", "center", "font"}))
        if _table_of(e) is table
    ]


def _table_of(element: HtmlElement) -> HtmlElement | None:
    return next(element.iterancestors("table"), None)


def _is_of_figures(table: HtmlElement) -> bool:
    if table.get("role") in ("presentation", "none") or any(
        True for _ in table.iterdescendants("table", "div", "img")
    ):
        return False
    if any(_table_of(cell) is table for cell in table.iter("th")):
        return True
    rows = [len(row.findall("td")) for row in table.iter("tr")]
    return len(rows) > 2 and min(rows, default=0) > 1 and len(set(rows)) == 1  # noqa: PLR2004


def _inner(body: HtmlElement) -> str:
    copy = deepcopy(body)
    copy.tail = None
    copy.tag = "div"
    return str(etree.tostring(copy, encoding="unicode", method="html"))


def _length(markup: str) -> int:
    return len(one_line(re.sub(r"<[^<>]*>", " ", markup)))


def _linked(markup: str) -> str:
    """Make the addresses in a plain letter into links."""
    return re.sub(
        r"https?://[^\s<>\"']{4,2000}[^\s<>\"'.,;:!?)\]]",
        lambda found: f'<a href="{found[0]}">{found[0]}</a>',
        markup,
    )
