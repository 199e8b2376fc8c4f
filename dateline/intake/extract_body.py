"""Finds an article's body: trafilatura first, readability as second opinion."""

from copy import deepcopy
from dataclasses import dataclass

from lxml import etree
from lxml.etree import LxmlError
from lxml.html import HtmlElement
from readability.readability import Unparseable

from dateline.intake import extract_blocks as b
from dateline.intake.detector import better_of
from dateline.intake.extract_blocks import inner_text
from dateline.intake.extract_page import Page
from dateline.intake.extract_second import SecondOpinion
from dateline.intake.extract_trim import trimmed

_PROSE = 120
_FEW_PARAGRAPHS = 2
_UNREAD = ("script", "style", "link", "meta", "noscript")


@dataclass(frozen=True)
class Body:
    """The body as chosen, and the opinion that was not."""

    blocks: list[b.Block]
    other: list[b.Block]


def find_body(page: Page, *, headline: str, authors: list[str]) -> Body:
    """Return the body of the article on `page`, with what its own fields hold already cut."""
    page = without_layout_tables(page)
    source, lean = b.Source(page.tree), _lean(page)
    first = trimmed([source.restored(x) for x in _first_opinion(lean)], headline=headline, authors=authors)
    second = trimmed(_second_opinion(lean), headline=headline, authors=authors)
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


def _lean(page: Page) -> HtmlElement:
    """Return a copy of the page without what neither opinion reads, so that it is passed over once.

    A forum tells by a script that it is one, and is read by its scripts.
    """
    tree = deepcopy(page.tree)
    is_forum = any("DiscussionForumPosting" in (script.text or "") for script in tree.iter("script"))
    etree.strip_elements(tree, *_UNREAD[is_forum:], with_tail=False)
    return tree


def _first_opinion(tree: HtmlElement) -> list[b.Block]:
    """Extracts without links: with them trafilatura loses the words before a link in some pages."""
    from trafilatura import (
        bare_extraction,
    )  # a fifth of a worker's start, and only its confined child extracts

    found = bare_extraction(
        tree, include_comments=False, favor_precision=True, fast=True, with_metadata=False
    )
    body = getattr(found, "body", None)
    return b.from_extraction(body) if isinstance(body, etree._Element) else []


def _second_opinion(tree: HtmlElement) -> list[b.Block]:
    try:
        return b.from_markup(SecondOpinion(tree).summary(html_partial=True))
    except (
        Unparseable, LxmlError, AssertionError, ValueError, TypeError, IndexError, KeyError, AttributeError,
    ):  # fmt: skip
        return []  # a second opinion that fails is none
