"""Finds an article's body: trafilatura first, readability as second opinion."""

import re
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree
from lxml.etree import LxmlError
from lxml.html import HtmlElement
from readability import Document
from readability.readability import Unparseable
from trafilatura import bare_extraction

from dateline.intake import extract_blocks as b
from dateline.intake.detector import better_of
from dateline.intake.extract_blocks import inner_text
from dateline.intake.extract_page import Page
from dateline.intake.extract_trim import trimmed

_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_PROSE = 120
_FEW_PARAGRAPHS = 2
_UNREAD = ("script", "style", "link")


@dataclass(frozen=True)
class Body:
    """The body as chosen, and the opinion that was not."""

    blocks: list[b.Block]
    other: list[b.Block]


def find_body(page: Page, *, headline: str, authors: list[str]) -> Body:
    """Return the body of the article on `page`, with what its own fields hold already cut."""
    page = without_layout_tables(page)
    source = b.Source(page.tree)
    first = trimmed([source.restored(x) for x in _first_opinion(page)], headline=headline, authors=authors)
    second = trimmed(_second_opinion(page), headline=headline, authors=authors)
    best = better_of(first, second)
    return Body(blocks=best, other=second if best is first else first)


def without_layout_tables(page: Page) -> Page:
    """Return the page with tables that lay it out turned into plain boxes, as old sites need; others as they are."""
    if not any(_lays_out(table) for table in page.tree.iter("table")):
        return page
    tree = deepcopy(page.tree)
    for table in [table for table in tree.iter("table") if _lays_out(table)]:
        for element in table.iter("tbody", "thead", "tr", "td", "th"):
            if next(element.iterancestors("table"), None) is table:
                element.tag = "div"
        table.tag = "div"
    return Page(tree=tree, url=page.url)


def _lays_out(table: etree._Element) -> bool:
    """True where a table holds a headline, another table or paragraphs of prose: no table of facts does."""
    inner = sum(len(inner_text(p)) > _PROSE for p in table.iter("p"))
    return table.find(".//h1") is not None or table.find(".//table") is not None or inner > _FEW_PARAGRAPHS


def _first_opinion(page: Page) -> list[b.Block]:
    """Extracts without links: with them trafilatura loses the words before a link in some pages."""
    found = bare_extraction(
        deepcopy(page.tree), include_comments=False, favor_precision=True, fast=True, with_metadata=False
    )
    body = getattr(found, "body", None)
    return b.from_extraction(body) if isinstance(body, etree._Element) else []


class _Readability(Document):
    """Readability over a tree that is parsed already. Its cleaning for display is left to our sanitiser."""

    def _parse(self, input: HtmlElement) -> HtmlElement:  # noqa: A002 - readability's name
        tree = deepcopy(input)
        for element in tree.xpath("//script|//style|//link|//*[@hidden]|//*[contains(@style, 'none')]"):
            hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "")
            if element.getparent() is not None and (hidden or element.tag in _UNREAD):
                element.drop_tree()
        return tree

    def get_clean_html(self) -> str:
        return etree.tostring(self._html(), encoding="unicode", method="html")


def _second_opinion(page: Page) -> list[b.Block]:
    try:
        return b.from_markup(_Readability(page.tree).summary(html_partial=True))
    except (
        Unparseable, LxmlError, AssertionError, ValueError, TypeError, IndexError, KeyError, AttributeError,
    ):  # fmt: skip
        return []  # a second opinion that fails is none
