"""A page as its publisher describes it: the tree, its meta names and its JSON-LD."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from lxml.etree import ElementDefaultClassLookup, HTMLParser, ParserError, XPath
from lxml.html import HtmlElement, document_fromstring

from dateline.lib.text import names, one_line, without_controls

ARTICLE_TYPES = names(
    "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle "
    "ReviewNewsArticle AskPublicNewsArticle BlogPosting LiveBlogPosting Report SocialMediaPosting TechArticle "
    "ScholarlyArticle AdvertiserContentArticle SatiricalArticle Review Recipe"
)
_COMMENT = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/)\s*$"
)
_DEEPEST = 12
# Each element as one class, which lxml knows by itself; lxml.html's own way asks Python for every element it shows.
_PLAIN = ElementDefaultClassLookup(element=HtmlElement)

Node = dict[str, Any]


@dataclass
class Page:
    """A parsed page. `tree` is never changed; whoever needs to cut takes a copy."""

    tree: HtmlElement
    url: str

    @cached_property
    def meta(self) -> dict[str, list[str]]:
        """Contents of meta elements by lower-case property, name or itemprop, in page order, none of them empty."""
        found: dict[str, list[str]] = {}
        for element in self.tree.iter("meta"):
            content = one_line(html.unescape(element.get("content") or ""))
            name = element.get("property") or element.get("name") or element.get("itemprop")
            if name and content:
                found.setdefault(name.strip().lower(), []).append(content)
        return found

    @cached_property
    def linked_data(self) -> list[Node]:
        """Every JSON-LD node of the page that has a type, the outer before the inner."""
        scripts = (e for e in self.tree.iter("script") if "ld+json" in (e.get("type") or ""))
        return [node for script in scripts for node in _nodes(_json(script.text or ""))]

    @cached_property
    def article(self) -> Node:
        """The JSON-LD node of the article itself, else an empty one."""
        articles = [node for node in self.linked_data if types_of(node) & ARTICLE_TYPES]
        told = (node for node in articles if node.get("headline") or node.get("articleBody"))
        return next(told, articles[0] if articles else {})

    def first(self, *keys: str) -> str:
        """Return the first content of the first of `keys` that the page has, else an empty text."""
        return next((self.meta[key][0] for key in keys if key in self.meta), "")


def parse(markup: str, *, url: str) -> Page | None:
    """Return the page, or None where `markup` has no element at all."""
    clean = without_controls(markup)
    if not clean.strip():
        return None
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    parser.set_element_class_lookup(_PLAIN)
    try:
        tree = document_fromstring(clean.encode("utf-8"), parser=parser)
    except (ValueError, AssertionError, SyntaxError, ParserError):  # the last: a document without an element
        return None
    return Page(tree=tree, url=url)


def elements(way: XPath, tree: HtmlElement) -> list[HtmlElement]:
    """Return the elements that `way` finds from `tree`."""
    return cast("list[HtmlElement]", way(tree))


def types_of(node: Node) -> frozenset[str]:
    """Return the short names of a JSON-LD node's types."""
    types = node.get("@type") or ()
    listed = [types] if isinstance(types, str) else types
    return frozenset(str(name).rsplit("/", 1)[-1] for name in listed)


def text_of(value: object) -> str:
    """Return a JSON-LD value as one line: a text, the first of a list, or what an object is called."""
    if isinstance(value, list):
        return next(filter(None, map(text_of, value)), "")
    if isinstance(value, dict):
        return text_of(value.get("name") or value.get("@value") or value.get("url"))
    return one_line(html.unescape(value)) if isinstance(value, str) else ""


def _json(source: str) -> object:
    try:
        return json.loads(_COMMENT.sub("", source).strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: object, depth: int = 0) -> Iterator[Node]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for part in value:
            yield from _nodes(part, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for part in value.values():
            if isinstance(part, (dict, list)):
                yield from _nodes(part, depth + 1)
