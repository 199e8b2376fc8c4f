"""The second opinion: readability, with its slowest steps done in less work and to the same result.

Source of the steps that are done anew: readability-lxml 0.9, `readability.Document`.
"""

import re
from copy import deepcopy
from typing import Any, Final

from lxml import etree
from lxml.html import HtmlElement
from readability import Document, debug
from readability.readability import REGEXES, clean

from dateline.intake.extract_page import elements
from dateline.lib.text import names

_HIDDEN: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_UNREAD: Final = ("script", "style", "link")
_PERHAPS_HIDDEN: Final = etree.XPath("//script|//style|//link|//*[@hidden]|//*[contains(@style, 'none')]")
_NAMED: Final = etree.XPath(".//*[@class or @id]")
_IN_CODE: Final = etree.XPath("boolean(ancestor-or-self::pre | ancestor-or-self::code)")
_HOLDS_ARTICLE: Final = etree.XPath(
    "boolean(descendant-or-self::main | descendant-or-self::article | descendant-or-self::math)"
)
_KEPT: Final = names("html body")
_INLINE: Final = names("a b cite code em font i small span strong sub sup u")
# Names that begin so make a div more than a paragraph: readability looks for them in markup.
_BLOCK_NAMES: Final = ("blockquote", "dl", "div", "img", "ol", "p", "table", "ul")
_MARKUP: Final = REGEXES["divToPElementsRe"]
_LONG_GAP: Final = re.compile(r"\s{255}")
_GAPS: Final = re.compile(r"\t|[ \t]{2,}")


class SecondOpinion(Document):
    """Readability over a tree that is parsed already. Its cleaning for display is left to our sanitiser."""

    html: HtmlElement

    def summary(self, *args: Any, **words: Any) -> Any:
        """Return what readability finds. Its notes for the log would hold the whole tree until the next page."""
        try:
            return super().summary(*args, **words)
        finally:
            debug.uids, debug.uids_document = {}, None

    def _parse(self, input: HtmlElement) -> HtmlElement:  # noqa: A002 - readability's name
        tree = deepcopy(input)
        for element in elements(_PERHAPS_HIDDEN, tree):
            hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "")
            if element.getparent() is not None and (hidden or element.tag in _UNREAD):
                element.drop_tree()
        return tree

    def get_clean_html(self) -> str:
        return etree.tostring(self._html(), encoding="unicode", method="html")

    def remove_unlikely_candidates(self) -> None:
        """Drop what its class or id calls a side matter. Pages repeat their classes, so each is judged once."""
        judged: dict[str, bool] = {}
        for element in elements(_NAMED, self.html):
            name = f"{element.get('class', '')} {element.get('id', '')}"
            is_unlikely = judged.get(name)
            if is_unlikely is None:
                is_unlikely = judged[name] = _is_unlikely(name)
            if (
                is_unlikely
                and element.tag not in _KEPT
                and not _IN_CODE(element)
                and not _HOLDS_ARTICLE(element)
            ):
                element.drop_tree()

    def transform_misused_divs_into_paragraphs(self) -> None:
        """Make paragraphs of divs that hold no block, and of the loose text in those that do."""
        holders = _holders_of_blocks(self.html)
        for element in self.html.findall(".//div"):
            if element not in holders:
                element.tag = "p"
        for element in self.html.findall(".//div"):
            children = list(element)
            paragraph = _paragraph_at_head(element)
            _gather_runs(children, paragraph)
            _paragraphs_of_tails(element)

    def get_link_density(self, elem: HtmlElement) -> float:
        """Return the share of the text of `elem` that is linked."""
        linked = sum(length(link) for link in elem.iterfind(".//a"))
        return float(linked) / max(length(elem), 1)


def length(element: HtmlElement) -> int:
    """Return how long the text of an element is once its white space is tidied as readability does."""
    text = str(element.text_content())
    if _LONG_GAP.search(text):
        return len(clean(text))
    lines = (line.strip() for line in text.split("\n"))
    tidy = "\n".join(line for line in lines if line)
    return len(_GAPS.sub(" ", tidy) if "\t" in tidy or "  " in tidy else tidy)


def _is_unlikely(name: str) -> bool:
    unlikely, maybe = REGEXES["unlikelyCandidatesRe"], REGEXES["okMaybeItsACandidateRe"]
    return len(name) > 1 and bool(unlikely.search(name)) and not maybe.search(name)


def _is_block(element: HtmlElement) -> bool:
    return isinstance(element.tag, str) and element.tag.lower().startswith(_BLOCK_NAMES)


def _holders_of_blocks(tree: HtmlElement) -> set[HtmlElement]:
    """Return all elements below which there is a block."""
    holders: set[HtmlElement] = set()
    for element in tree.iter():
        if _is_block(element):
            for holder in element.iterancestors():
                if holder in holders:
                    break
                holders.add(holder)
    return holders


def _holds_block(element: HtmlElement) -> bool:
    """Whether markup of a block is in `element`. Where an attribute holds markup, readability's own look decides."""
    if any(map(_is_block, element.iter())):
        return True
    has_markup = any("<" in value for one in element.iter() for value in one.values())
    return has_markup and bool(_MARKUP.search(etree.tostring(element, encoding="unicode", method="html")))


def _paragraph_at_head(element: HtmlElement) -> HtmlElement | None:
    """Put the text before the first child into a paragraph; return that."""
    if not element.text or not element.text.strip():
        return None
    paragraph = element.makeelement("p")
    paragraph.text, element.text = element.text, None
    element.insert(0, paragraph)
    return paragraph


def _gather_runs(children: list[HtmlElement], paragraph: HtmlElement | None) -> None:
    """Gather runs of inline elements into paragraphs, the first into `paragraph` where there is one."""
    for child in children:
        if child.tag not in _INLINE or _holds_block(child):
            paragraph = None
            continue
        if paragraph is None:
            paragraph = child.makeelement("p")
            child.addprevious(paragraph)
        paragraph.append(child)


def _paragraphs_of_tails(element: HtmlElement) -> None:
    """Put the text behind each child into a paragraph of its own, and drop line breaks."""
    for place, child in reversed(list(enumerate(element))):
        if child.tail and child.tail.strip():
            paragraph = element.makeelement("p")
            paragraph.text, child.tail = child.tail, None
            element.insert(place + 1, paragraph)
        if child.tag == "br":
            child.drop_tree()
