"""A page without a feed: a front page, a list of news, whatever shows pieces in blocks that rules can name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urldefrag

from lxml import etree
from lxml.html import HtmlElement

from dateline.intake import feeds
from dateline.intake.channels.page_dates import UnknownLetter, moment_of
from dateline.intake.channels.page_rules import (
    BadRule,
    PageRules,
    Rule,
    RulesFindNothing,
    as_line,
    read_rules,
)
from dateline.intake.extract_page import parse as parse_page
from dateline.intake.metadata_authors import from_byline
from dateline.lib.decoding import decode
from dateline.lib.floods import refuse_floods
from dateline.lib.sanitise import sanitise, web_address
from dateline.lib.text import cut, one_line

_LONGEST_HEADLINE = 500
_PICTURE_ATTRIBUTES = ("src", "data-src", "data-original", "data-lazy-src")


@dataclass(frozen=True)
class Sheet:
    """A page as rules see it: its tree, where it was, and where its relative addresses start."""

    tree: HtmlElement
    url: str
    base: str


def parse(
    content: bytes, *, url: str, content_type: str | None, rules: Mapping[str, Any]
) -> feeds.ParsedFeed:
    """Return what the page lists by its rules, each address once.

    Raises BadRule and RulesFindNothing, which are NotAFeed, and HostileMarkup.
    """
    ready = read_rules(rules)
    sheet = sheet_of(content, url=url, content_type=content_type)
    entries = list(_entries(sheet, ready, items_of(sheet, ready)))
    return feeds.ParsedFeed(
        title=_title(sheet, ready),
        home_url=url,
        language=_language(sheet),
        ttl=None,
        hub=None,
        entries=entries,
    )


def sheet_of(content: bytes, *, url: str, content_type: str | None) -> Sheet:
    """Return the page that came from `url`. Raises NotAFeed where there is none, HostileMarkup."""
    markup = decode(content, declared=feeds._charset(content_type))
    refuse_floods(markup)
    page = parse_page(markup, url=url)
    if page is None:
        raise feeds.NotAFeed("The answer is empty; is the address complete?")
    told = next((element.get("href") or "" for element in page.tree.iter("base")), "")
    return Sheet(page.tree, url, web_address(told, base=url) or url if told else url)


def items_of(sheet: Sheet, rules: PageRules) -> list[HtmlElement]:
    """Return the blocks that the rule for items finds. Raises BadRule, RulesFindNothing."""
    found = rules.item.follow(sheet.tree)
    items = [one for one in found if isinstance(one, HtmlElement)]
    if found and not items:
        raise BadRule(
            f"{_capital(rules.item.called)} finds a text, not blocks of the page: it must end at an element."
        )
    if not items:
        raise RulesFindNothing(
            f"The page is there, but {rules.item.called} finds nothing on it. If it did before, the layout of the"
            " page has changed: open the picker and point at a headline again."
        )
    return items[: feeds.MOST_ENTRIES]


def _entries(sheet: Sheet, rules: PageRules, items: list[HtmlElement]) -> Iterator[feeds.FeedEntry]:
    read = [_entry(sheet, rules, item) for item in items]
    _refuse_if_nothing(rules, "Uri", read, [entry.url for entry in read], "has a link")
    if rule := rules.fields.get("Title"):
        _refuse_if_nothing(rules, "Title", read, [rule.line(item) for item in items], "has a headline")
    seen: set[str] = set()
    for entry in read:
        if entry.url and entry.title and entry.url not in seen:
            seen.add(entry.url)
            yield entry


def _refuse_if_nothing(
    rules: PageRules, part: str, read: list[feeds.FeedEntry], values: list[str], lacking: str
) -> None:
    if any(values):
        return
    rule = rules.fields.get(part)
    by = f" by {rule.called}" if rule else ""
    raise RulesFindNothing(
        f"{_capital(rules.item.called)} matches {len(read)} blocks, but none of them {lacking}{by}. If the page was"
        " read before, its layout has changed: open the picker and point at a headline again."
    )


def _entry(sheet: Sheet, rules: PageRules, item: HtmlElement) -> feeds.FeedEntry:
    fields = rules.fields
    address = _address(sheet, fields.get("Uri"), item)
    title = cut(_line(fields.get("Title"), item) or _own_title(item), _LONGEST_HEADLINE)
    content = _content(sheet, fields.get("Content"), item)
    return feeds.FeedEntry(
        guid=_line(fields.get("Uid"), item) or address,
        url=address,
        title=title,
        summary=feeds._plain(content),
        content_html=content,
        authors=_authors(fields.get("Author"), item),
        published_at=_moment(fields.get("Timestamp"), item, rules.time_format),
        language=None,
        image_url=_picture(sheet, fields.get("Thumbnail"), item),
    )


def _line(rule: Rule | None, item: HtmlElement) -> str:
    return rule.line(item) if rule else ""


def _own_title(item: HtmlElement) -> str:
    """Return the headline of a block whose rules name none: its first heading, else its longest link."""
    headings = [one_line(h.text_content()) for h in item.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    links = [one_line(link.text_content()) for link in item.iter("a")]
    return next(filter(None, headings), "") or max(links, key=len, default="")


def _address(sheet: Sheet, rule: Rule | None, item: HtmlElement) -> str:
    """Return where an item leads: by its rule, else the link of its heading, else its first."""
    if rule:
        told = [_link_in(found) for found in rule.follow(item)]
    else:
        links = [
            *item.iterfind(".//h1//a"),
            *item.iterfind(".//h2//a"),
            *item.iterfind(".//h3//a"),
            *item.iter("a"),
        ]
        told = [link.get("href") or "" for link in links]
    found = (web_address(one, base=sheet.base) for one in told if one.strip())
    return _without_fragment(next(filter(None, found), ""), sheet.url)


def _link_in(found: object) -> str:
    if not isinstance(found, HtmlElement):
        return as_line(found) if isinstance(found, str | float | bool) else ""
    link = found if found.tag == "a" else next(found.iter("a"), None)
    return (link.get("href") or "") if link is not None else as_line(found)


def _without_fragment(address: str, page: str) -> str:
    """Return an address without the place on its page: links to two places lead to one piece.

    It stays where the page is this one, and where a script of the site reads it.
    """
    bare, fragment = urldefrag(address)
    is_place_here = bare == urldefrag(page)[0]
    return address if is_place_here or fragment.startswith(("!", "/")) else bare


def _content(sheet: Sheet, rule: Rule | None, item: HtmlElement) -> str:
    if rule is None:
        return ""
    parts = [
        _markup(found) if isinstance(found, HtmlElement) else as_line(found) for found in rule.follow(item)
    ]
    return sanitise("\n".join(parts), base=sheet.base)


def _markup(element: HtmlElement) -> str:
    return etree.tostring(element, encoding="unicode", method="html", with_tail=False)


def _authors(rule: Rule | None, item: HtmlElement) -> list[dict[str, str]]:
    lines = [as_line(found) for found in rule.follow(item)] if rule else []
    found = {author.name: author for line in lines for author in from_byline(line)}
    return [{"name": author.name, "kind": author.kind} for author in found.values()]


def _moment(rule: Rule | None, item: HtmlElement, time_format: str) -> str | None:
    if rule is None:
        return None
    told = [element for element in rule.follow(item) if element is not None][:1]
    machine = [one.get("datetime") or "" for one in told if isinstance(one, HtmlElement)]
    try:
        texts = [*filter(None, machine), *map(as_line, told)]
        return next(filter(None, (moment_of(text, time_format=time_format) for text in texts)), None)
    except UnknownLetter as error:
        raise BadRule(
            f"The format of dates (xPathItemTimeFormat, {time_format}) cannot be read. {error}"
        ) from None


def _picture(sheet: Sheet, rule: Rule | None, item: HtmlElement) -> str | None:
    found = rule.follow(item) if rule else []
    told = [value for one in found for value in _addresses_of_picture(one)]
    return next(filter(None, (web_address(one, base=sheet.base) for one in told if one)), None)


def _addresses_of_picture(found: object) -> list[str]:
    if isinstance(found, HtmlElement):
        picture = found if found.tag == "img" else next(found.iter("img"), found)
        return [picture.get(name) or "" for name in _PICTURE_ATTRIBUTES]
    return [found.strip()] if isinstance(found, str) else []


def _title(sheet: Sheet, rules: PageRules) -> str:
    if rules.feed_title:
        found = Rule("", "xPathFeedTitle", rules.feed_title, rules.feed_title).line(sheet.tree)
        if found:
            return found
    return one_line(sheet.tree.findtext(".//title") or "")


def _language(sheet: Sheet) -> str | None:
    root = sheet.tree.getroottree().getroot()
    return feeds._language(root.get("lang") or "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
