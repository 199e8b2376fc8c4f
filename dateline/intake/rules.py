"""What an editor said about the pages of a site: where headline, body and the rest stand, and what to leave out.

Rules are CSS, or XPath where they look like it; the same words serve a site's rule that an editor clicked together and
a channel's `cssFullContent`. What a rule does not find is left to the extraction, and said.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Final

from lxml.html import HtmlElement

from dateline.intake.channels.page_dates import moment_of
from dateline.intake.channels.page_rules import as_line, whole_page_rule
from dateline.intake.extract_blocks import Block, blocks, key_of
from dateline.intake.metadata_authors import from_byline

FIELDS: Final = ("headline", "standfirst", "author", "date", "body")
LEAVE_OUT: Final = "leave_out"
MOST_LEFT_OUT: Final = 40
_CALLED: Final = {
    "headline": "the headline",
    "standfirst": "the standfirst",
    "author": "the author",
    "date": "the date",
    "body": "the body",
}


@dataclass(frozen=True, kw_only=True)
class RuledParts:
    """What rules found on a page. Empty or None: no rule for it, or the rule finds nothing here (then in `unmatched`).

    tree: the page without what is to be left out; the one that was given stays as it is. body: as blocks.
    reasons: `code: sentence` for each rule that finds nothing, for the editor.
    """

    tree: HtmlElement
    headline: str = ""
    standfirst: str = ""
    authors: list[dict[str, str]] = field(default_factory=list)
    published_at: str | None = None
    body: list[Block] = field(default_factory=list)
    unmatched: tuple[str, ...] = ()

    @property
    def reasons(self) -> list[str]:
        """Why an editor should look: the rules that no longer match."""
        return [
            f"rule: The site's rule for {_CALLED[name]} finds nothing on this page; correct the extraction again."
            for name in self.unmatched
        ]


def apply_rules(tree: HtmlElement, rules: Mapping[str, Any]) -> RuledParts:
    """Return what `rules` find in a page.

    rules: by FIELDS, and LEAVE_OUT with a list. Raises BadRule where one cannot be read or followed.
    """
    pruned = _without(tree, rules.get(LEAVE_OUT) or ())
    lines = {name: _lines(pruned, name, rules) for name in FIELDS if name != "body"}
    containers = _found(pruned, str(rules.get("body") or ""))
    body = [block for one in _outermost(containers) for block in blocks(one)]
    found = {**lines, "body": body}
    return RuledParts(
        tree=pruned,
        headline=next(iter(lines["headline"]), ""),
        standfirst=" ".join(lines["standfirst"]),
        authors=_authors(lines["author"]),
        published_at=next(filter(None, map(moment_of, lines["date"])), None),
        body=_without_fields(body, lines),
        unmatched=tuple(name for name in FIELDS if rules.get(name) and not found[name]),
    )


def check(rules: Mapping[str, Any]) -> None:
    """Raise BadRule where one of the rules cannot be read."""
    for text in (*(rules.get(name) for name in FIELDS), *(rules.get(LEAVE_OUT) or ())):
        if text:
            whole_page_rule(str(text))


def _lines(tree: HtmlElement, name: str, rules: Mapping[str, Any]) -> list[str]:
    text = str(rules.get(name) or "")
    if not text:
        return []
    found = whole_page_rule(text).follow(tree)
    told = [one.get("datetime") or as_line(one) if name == "date" and isinstance(one, HtmlElement) else as_line(one)
            for one in found]  # fmt: skip
    wanted = list(dict.fromkeys(filter(None, told)))
    return wanted if name in ("author", "standfirst") else wanted[:1]


def _found(tree: HtmlElement, text: str) -> list[HtmlElement]:
    return [one for one in whole_page_rule(text).follow(tree) if isinstance(one, HtmlElement)] if text else []


def _without(tree: HtmlElement, left_out: Iterable[str]) -> HtmlElement:
    pruned = deepcopy(tree)
    for text in list(left_out)[:MOST_LEFT_OUT]:
        for one in _found(pruned, str(text)):
            if one.getparent() is not None:
                one.drop_tree()
    return pruned


def _outermost(found: list[HtmlElement]) -> list[HtmlElement]:
    inside = set(found)
    return [one for one in found if not any(above in inside for above in one.iterancestors())]


def _without_fields(body: list[Block], lines: Mapping[str, list[str]]) -> list[Block]:
    """Return the body without what stands in it and has a field of its own: the headline, the byline, the date."""
    own = {key_of(line) for values in lines.values() for line in values}
    return [block for block in body if key_of(block.text) not in own]


def _authors(lines: Iterable[str]) -> list[dict[str, str]]:
    found = {author.name: author for line in lines for author in from_byline(line)}
    return [{"name": author.name, "kind": author.kind} for author in found.values()]
