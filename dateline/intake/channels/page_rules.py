"""Rules by which a page without a feed is read: XPath 1.0 under FreshRSS's names, or CSS under ours.

Source: FreshRSS's documentation of its OPML attributes. A rule for a field starts from the item, may lead to an
attribute or be a text of its own (`"The desk"`); what it finds counts as one line. CSS may end in `@name`, for an
attribute; links give their `href` and pictures their `src` without being asked.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, TypeAlias

import cssselect
from lxml import etree
from lxml.html import HtmlElement, fromstring

from dateline.intake.feeds import NotAFeed
from dateline.lib.text import cut, one_line

LONGEST_RULE: Final = 2_000
PARTS: Final = ("Title", "Content", "Uri", "Author", "Timestamp", "Thumbnail", "Categories", "Uid")
FEED_TITLE: Final = "xPathFeedTitle"
TIME_FORMAT: Final = "xPathItemTimeFormat"
FULL_CONTENT: Final = "cssFullContent"
# What is left out of the full article; the second is how older files of FreshRSS call it.
CONTENT_FILTERS: Final = ("cssContentFilter", "cssFullContentFilters")
_ATTRIBUTE = re.compile(r"^(?P<css>.*?)\s*@(?P<name>[A-Za-z_][\w:.-]*)$", re.DOTALL)
_CLASS = re.compile(r"\.[A-Za-z_-][\w-]*")
_XPATH = re.compile(r"::|/|\[\s*(?:@|\d+\s*\])|(?<![\w:-])[a-z][a-z-]*\(")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_IMPLIED: Final = {"Uri": "href", "Thumbnail": "src"}
_CALLED: Final = {
    "": "the rule for items",
    "Title": "the rule for headlines",
    "Content": "the rule for the text",
    "Uri": "the rule for addresses",
    "Author": "the rule for authors",
    "Timestamp": "the rule for dates",
    "Thumbnail": "the rule for pictures",
    "Categories": "the rule for categories",
    "Uid": "the rule for identifiers",
}

Found: TypeAlias = HtmlElement | str | float | bool


class BadRule(NotAFeed):
    """A rule that cannot be read or followed; the message says which one, and what is wrong with it."""


class RulesFindNothing(NotAFeed):
    """Rules that are sound and find nothing on this page; the message says which one, and what it did match."""


@dataclass(frozen=True)
class Rule:
    """One rule, ready to be followed. name: as the channel has it. text: as its writer wrote it."""

    part: str
    name: str
    text: str
    xpath: str

    @property
    def called(self) -> str:
        """How it is called in a sentence, with its text."""
        return f"{_CALLED[self.part]} ({cut(one_line(self.text), 120)})"

    def follow(self, start: HtmlElement) -> list[Found]:
        """Return what it finds from `start`, in page order. Raises BadRule where it cannot be followed."""
        try:
            found = _compiled(self.xpath)(start)
        except (etree.XPathError, ValueError) as error:  # ValueError: characters that no markup may have
            raise BadRule(f"{_capital(self.called)} cannot be followed: {_reason(error)}.") from None
        return list(found) if isinstance(found, list) else [found]

    def line(self, start: HtmlElement) -> str:
        """Return the first thing that it finds as one line, empty where it finds nothing."""
        return next((as_line(found) for found in self.follow(start)), "")


@dataclass(frozen=True)
class PageRules:
    """How a page is read. fields: by part, those that are given. time_format: in PHP's letters, or empty."""

    item: Rule
    fields: Mapping[str, Rule] = field(default_factory=dict)
    feed_title: str = ""
    time_format: str = ""


def as_line(found: Found) -> str:
    """Return an element's, an attribute's or a value's text on one line."""
    if isinstance(found, str):
        return one_line(found)
    if isinstance(found, bool | float):
        return f"{found:g}" if isinstance(found, float) else str(found).lower()
    return one_line("".join(map(str, found.itertext())))


def read_rules(rules: Mapping[str, Any]) -> PageRules:
    """Return the rules of a channel, each checked. XPath stands over CSS where a field has both. Raises BadRule."""
    item = _rule("", rules)
    if item is None:
        raise BadRule("There is no rule for items: choose a headline in the picker, or write xPathItem.")
    fields = {part: rule for part in PARTS if (rule := _rule(part, rules))}
    return PageRules(item, fields, _text(rules, FEED_TITLE), _text(rules, TIME_FORMAT))


def written(texts: Mapping[str, str], others: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return a channel's rules from what an editor wrote for each part ("" for items), XPath or CSS as it looks.

    CSS is kept beside the XPath that it stands for, so that FreshRSS reads what we write. others: rules that are
    neither, such as the format of dates; empty ones are left out. Raises BadRule.
    """
    rules = {name: text.strip() for name, text in (others or {}).items() if text.strip()}
    for part in ("", *PARTS):
        text = texts.get(part, "").strip()
        if text and looks_like_xpath(text):
            rules[f"xPathItem{part}"] = text
        elif text:
            rules[f"xPathItem{part}"] = css_as_xpath(text, part=part)
            rules[f"cssItem{part}"] = text
    read_rules(rules)
    return rules


def texts_of(rules: Mapping[str, Any]) -> dict[str, str]:
    """Return what an editor wrote, by part: the CSS where the XPath is what it stands for, else the XPath."""
    texts = {}
    for part in ("", *PARTS):
        xpath, css = _text(rules, f"xPathItem{part}"), _text(rules, f"cssItem{part}")
        if xpath or css:
            texts[part] = css if css and (not xpath or is_css_for(part, css, xpath)) else xpath
    return texts


def looks_like_xpath(text: str) -> bool:
    """Is it XPath rather than CSS? What is both, such as a bare name, is CSS, which finds it at any depth."""
    if _QUOTED.match(text):
        return True
    bare = _QUOTED.sub("", text)
    return (
        text[:1] in ("/", "(", "@")
        or (text[:1] == "." and not _CLASS.match(text))
        or bool(_XPATH.search(bare))
    )


def full_content(rules: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a channel says about its articles' own pages, in the words of a site's rule; empty where nothing."""
    body = _text(rules, FULL_CONTENT)
    left_out = [text for name in CONTENT_FILTERS if (text := _text(rules, name))]
    return {**({"body": body} if body else {}), **({"leave_out": left_out} if left_out else {})}


def is_css_for(part: str, css: str, xpath: str) -> bool:
    """Is `xpath` what `css` compiles to?"""
    try:
        return css_as_xpath(css, part=part) == xpath
    except BadRule:
        return False


def whole_page_rule(text: str) -> Rule:
    """Return a rule that starts from the whole page, XPath or CSS as it looks, checked. Raises BadRule."""
    rule = Rule("", "", text, text if looks_like_xpath(text) else css_as_xpath(text))
    rule.follow(_EMPTY)
    return rule


def css_as_xpath(css: str, *, part: str = "") -> str:
    """Return CSS, with its `@attribute`, as XPath: from the root for items, else from the item. Raises BadRule."""
    attributed = _ATTRIBUTE.match(css)
    name = attributed["name"] if attributed else _IMPLIED.get(part, "")
    bare = attributed["css"] if attributed else css
    prefix = "//" if part == "" else "descendant-or-self::"
    if part and not bare.strip():
        return f"@{name}" if name else "."
    paths = _paths(bare, prefix, part)
    return " | ".join(f"{path}/@{name}" if name else path for path in paths)


def _paths(css: str, prefix: str, part: str) -> list[str]:
    translator = cssselect.HTMLTranslator()
    try:
        return [translator.selector_to_xpath(one, prefix=prefix) for one in cssselect.parse(css)]
    except (cssselect.SelectorError, RecursionError) as error:
        called = _capital(f"{_CALLED.get(part, 'the rule')} ({cut(one_line(css), 120)})")
        raise BadRule(f"{called} is no CSS that we can read: {error}.") from None


def _rule(part: str, rules: Mapping[str, Any]) -> Rule | None:
    for name, is_css in ((f"xPathItem{part}", False), (f"cssItem{part}", True)):
        text = _text(rules, name)
        if not text:
            continue
        if len(text) > LONGEST_RULE:
            raise BadRule(
                f"{_capital(_CALLED[part])} has {len(text)} characters; {LONGEST_RULE} are the most."
            )
        css = _text(rules, f"cssItem{part}")
        shown = css if css and not is_css and is_css_for(part, css, text) else text
        rule = Rule(part, name, shown, css_as_xpath(text, part=part) if is_css else text)
        rule.follow(_EMPTY)
        return rule
    return None


_EMPTY: Final = fromstring("<html><body><p><a href='/'>-</a></p></body></html>")


@lru_cache(maxsize=500)
def _compiled(xpath: str) -> etree.XPath:
    return etree.XPath(xpath, smart_strings=False, regexp=False)


def _reason(error: Exception) -> str:
    text = one_line(str(error)).rstrip(".")
    known = {
        "Unregistered function": "it calls a function that XPath 1.0 does not have",
        "Undefined variable": "it uses a variable, and there are none",
        "Undefined namespace prefix": "it uses a prefix (before a colon) that means nothing here",
        "Invalid expression": "it is no XPath; is a bracket or a quotation mark missing",
    }
    return next((words for start, words in known.items() if start.lower() in text.lower()), text)


def _text(rules: Mapping[str, Any], name: str) -> str:
    value = rules.get(name)
    return value.strip() if isinstance(value, str) else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
