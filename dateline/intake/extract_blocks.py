"""An article's body as a row of blocks, whichever extractor found it."""

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring

from dateline.lib.text import names, one_line, without_controls

_HEADINGS = names("h1 h2 h3 h4 h5 h6")
_WHOLE = names("ul ol dl blockquote table pre figure") | _HEADINGS
_BLOCKS = _WHOLE | names(
    "p div section article main header footer aside address hr figcaption li td center form body"
)
_CONTAINERS = names("div section td")
_LISTS_AND_TABLES = names("ul ol dl table")
_SOURCES = _WHOLE | _CONTAINERS | {"p"}
_TAGS = {"quote": "blockquote", "item": "li", "row": "tr", "lb": "br", "graphic": "img", "ab": "p"}
_MARKS = {"#b": "strong", "#i": "em", "#u": "u", "#t": "code", "#sub": "sub", "#sup": "sup"}
_LISTS = {"ol": "ol", "dl": "dl"}


@dataclass(frozen=True)
class Block:
    """One piece of a body: `tag` is p, a heading, ul, ol, blockquote, table, pre or figure.

    link_ratio: the share of the text that is linked, 0 to 1.
    """

    tag: str
    text: str
    html: str
    link_ratio: float = 0.0

    @property
    def is_heading(self) -> bool:
        return self.tag in _HEADINGS


def text_of(blocks: Iterable[Block]) -> str:
    """Return the blocks' text, a blank line between them; figures are pictures and give none."""
    return "\n\n".join(block.text for block in blocks if block.tag != "figure")


def html_of(blocks: Iterable[Block]) -> str:
    """Return the blocks' markup, not yet sanitised."""
    return "\n".join(block.html for block in blocks)


def from_markup(markup: str) -> list[Block]:
    """Return the blocks of a fragment of HTML."""
    return blocks(fragment_fromstring(without_controls(markup) or "<p></p>", create_parent="div"))


def from_extraction(body: etree._Element) -> list[Block]:
    """Return the blocks of trafilatura's tree, whose elements have names of their own."""
    tree = deepcopy(body)
    for element in tree.iter():
        if isinstance(element.tag, str):
            _rename(element)
    return blocks(tree)


def blocks(root: HtmlElement | etree._Element) -> list[Block]:
    """Return the blocks below `root`, those without text left out."""
    return [block for block in map(_block, _pieces(root)) if block and block.text]


class Source:
    """The page's own elements by their text, to give a block back the links and marks that extraction lost."""

    def __init__(self, tree: etree._Element) -> None:
        self.by_text: dict[str, etree._Element] = {}
        for element in tree.iter(*sorted(_SOURCES)):
            if element.tag in _CONTAINERS and _has_block(element):
                continue
            key = key_of(inner_text(element))
            if key:
                self.by_text.setdefault(key, element)

    def restored(self, block: Block) -> Block:
        """Return `block` with the markup that its text has in the page, or as it is where the page has no such text."""
        element = self.by_text.get(key_of(block.text))
        if element is None:
            return block
        found = deepcopy(element)
        found.tail = None
        if block.tag != found.tag and (block.tag not in _LISTS_AND_TABLES):
            found.tag = block.tag
        linked = sum(len(one_line(inner_text(a))) for a in found.iter("a"))
        markup = etree.tostring(found, encoding="unicode", method="html")
        return Block(block.tag, block.text, markup, min(1.0, linked / len(block.text)))


def inner_text(element: etree._Element) -> str:
    """Return all text below `element`, as it stands."""
    return "".join(map(str, element.itertext()))


def key_of(text: str) -> str:
    """Return `text` as it is compared: without white space and cell marks."""
    return "".join(text.replace("|", "").split())


def _rename(element: etree._Element) -> None:
    old = element.tag
    if old == "head":
        rend = element.get("rend") or "h2"
        element.tag = rend if rend in _HEADINGS else "h2"
    elif old == "hi":
        element.tag = _MARKS.get(element.get("rend") or "", "span")
    elif old == "list":
        element.tag = _LISTS.get(element.get("rend") or "", "ul")
    elif old == "cell":
        element.tag = "th" if element.get("role") == "head" else "td"
    elif old == "ref":
        element.tag = "a"
        element.set("href", element.get("target") or "")
    else:
        element.tag = _TAGS.get(str(old), old)


def _pieces(element: etree._Element) -> Iterator[etree._Element]:
    """Yield block elements in order; text that stands between them becomes paragraphs of its own."""
    loose = etree.Element("p")
    _add_text(loose, element.text)
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in _BLOCKS or (tag and _has_block(child)):
            yield loose
            loose = etree.Element("p")
            yield from [child] if _is_piece(child) else _pieces(child)
            _add_text(loose, child.tail)
        elif tag == "br" and _next_is_break(child):
            yield loose
            loose = etree.Element("p")
            _add_text(loose, child.tail)
        elif tag:
            loose.append(deepcopy(child))
        else:
            _add_text(loose, child.tail)
    yield loose


def _is_piece(element: etree._Element) -> bool:
    return element.tag in _WHOLE or (
        element.tag == "p" and not _has_block(element) and not _has_double_break(element)
    )


def _has_block(element: etree._Element) -> bool:
    return any(isinstance(e.tag, str) and e.tag in _BLOCKS for e in element.iterdescendants())


def _has_double_break(element: etree._Element) -> bool:
    return any(_next_is_break(e) for e in element.iter("br"))


def _next_is_break(element: etree._Element) -> bool:
    following = element.getnext()
    return following is not None and following.tag == "br" and not (element.tail or "").strip()


def _add_text(element: etree._Element, text: str | None) -> None:
    if not text:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _block(element: etree._Element) -> Block | None:
    tag = str(element.tag)
    text = _readable(element)
    if not text:
        return None
    element = deepcopy(element)
    element.tail = None
    linked = sum(len(one_line(inner_text(a))) for a in element.iter("a"))
    markup = etree.tostring(element, encoding="unicode", method="html")
    return Block(tag=tag if tag in _WHOLE else "p", text=text, html=markup, link_ratio=linked / len(text))


def _readable(element: etree._Element) -> str:
    """Return the text as read: list items and rows on lines of their own, cells apart."""
    parts: list[str] = []
    _gather(element, parts)
    lines = (one_line(line) for line in "".join(parts).split("\n"))
    return re.sub(r"\n{2,}", "\n", "\n".join(lines)).strip(" \n|")


def _gather(element: etree._Element, parts: list[str]) -> None:
    if not isinstance(element.tag, str):
        return
    if element.tag in ("br", "li", "tr", "p", "dt", "dd", "div", "caption", "figcaption"):
        parts.append("\n")
    elif element.tag in ("td", "th"):
        parts.append(" | ")
    parts.append(_flat(element.text))
    for child in element:
        _gather(child, parts)
        parts.append(_flat(child.tail))
    if element.tag in ("p", "div", "li"):
        parts.append("\n")


def _flat(text: str | None) -> str:
    return text.replace("\n", " ") if text else ""
