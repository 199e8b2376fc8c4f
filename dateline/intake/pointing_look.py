"""What the desk's picker asks about a page without a feed, in one look: proposals, rules, and what they find."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from lxml.html import HtmlElement

from dateline.intake.channels import page as reader
from dateline.intake.channels.page_rules import BadRule, RulesFindNothing, read_rules, written
from dateline.intake.feeds import FeedEntry
from dateline.intake.pointing import State, pointable
from dateline.intake.pointing_fields import FIELDS, FieldChoice, NotInABlock, choices, rule_for
from dateline.intake.pointing_guess import guesses, titles_of
from dateline.intake.pointing_items import CannotGeneralise, Proposal, proposals
from dateline.intake.pointing_page import NoSuchMark, Pointed, text_of
from dateline.lib.scripts import direction
from dateline.lib.text import cut

HEADLINE: Final = "title"
SECOND: Final = "title2"
ROLES: Final = (HEADLINE, SECOND, *FIELDS)
_USUAL: Final = 0.5
_SHOWN: Final = 30


@dataclass(frozen=True)
class Candidate:
    """Rules that may be meant: by part as CSS, how many pieces they find, and the first of their headlines."""

    texts: dict[str, str]
    count: int
    headlines: list[str]


@dataclass(frozen=True)
class Look:
    """A page as the picker shows it. trouble: why `rules` find nothing, empty where they do. matched: blocks."""

    title: str
    language: str
    direction: str
    candidates: list[Candidate] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    rules: dict[str, str] = field(default_factory=dict)
    choices: list[FieldChoice] = field(default_factory=list)
    pointed: dict[str, str] = field(default_factory=dict)
    entries: list[FeedEntry] = field(default_factory=list)
    matched: int = 0
    trouble: str = ""


def look(
    content: bytes,
    *,
    url: str,
    content_type: str | None,
    marks: Mapping[str, str] | None = None,
    chosen: int | None = None,
    texts: Mapping[str, str] | None = None,
    others: Mapping[str, str] | None = None,
) -> Look:
    """Return what the picker shows of a page.

    marks: what was pointed at, by ROLES. chosen: which candidate. texts: rules as written by hand; a headline that
    was pointed at, or a candidate, stands over them. others: rules that are neither CSS nor XPath.
    Raises NotAFeed, HostileMarkup.
    """
    page = Pointed(reader.sheet_of(content, url=url, content_type=content_type))
    marks = marks or {}
    found, trouble = _candidates(page, marks)
    wanted = (
        found[min(chosen or 0, len(found) - 1)]
        if found and (chosen is not None or HEADLINE in marks)
        else None
    )
    own = {part: text for part, text in (texts or {}).items() if text.strip()}
    try:
        own.update(_with_fields(page, wanted, marks) if wanted else _field_rules(page, own, marks))
    except (NotInABlock, NoSuchMark, BadRule, RulesFindNothing) as error:
        trouble = str(error)
        own.update(_with_fields(page, wanted, {}) if wanted else {})
    if not trouble and not own and not found:
        trouble = (
            "Nothing on this page repeats with links and headlines. Point at one, or write the rules by hand."
        )
    blocks, entries, rules, why = (
        _finds(page, own, others or {}, content, content_type) if own else ([], [], {}, "")
    )
    language = reader._language(page.sheet) or ""
    return Look(
        title=(page.sheet.tree.findtext(".//title") or "").strip(),
        language=language,
        direction=page.sheet.tree.get("dir") or (direction(language) if language else "auto"),
        candidates=[
            Candidate(_with_fields(page, one, {}), len(one.blocks), list(titles_of(one))) for one in found
        ],
        texts=own,
        rules=rules,
        choices=choices(page, blocks),
        pointed=_pointed(page, marks),
        entries=entries[:_SHOWN],
        matched=len(blocks),
        trouble=trouble or why,
    )


def frame(
    content: bytes,
    *,
    url: str,
    content_type: str | None,
    state: State,
    role: str,
    rules: Mapping[str, Any] | None = None,
) -> dict[str, str]:
    """Return the page fit to be pointed at (`markup`), with its language and direction, its finds outlined."""
    page = Pointed(reader.sheet_of(content, url=url, content_type=content_type))
    roles = {page.mark(element): name for element, name in _outlined(page, rules or {})}
    roles.update({str(mark): "picked" for name, mark in state.items() if name in ROLES})
    language = reader._language(page.sheet) or ""
    return {
        "markup": pointable(page, roles=roles, state=state, role=role),
        "language": language,
        "direction": page.sheet.tree.get("dir") or (direction(language) if language else "auto"),
        "title": (page.sheet.tree.findtext(".//title") or "").strip(),
    }


def _pointed(page: Pointed, marks: Mapping[str, str]) -> dict[str, str]:
    try:
        return {role: cut(text_of(page.at(mark)), 80) for role, mark in marks.items() if role in ROLES}
    except NoSuchMark:
        return {}


def _candidates(page: Pointed, marks: Mapping[str, str]) -> tuple[list[Proposal], str]:
    try:
        picked = [page.at(marks[role]) for role in (HEADLINE, SECOND) if marks.get(role)]
        found = proposals(page, picked)[:4] if picked else guesses(page)
    except (NoSuchMark, CannotGeneralise) as error:
        return guesses(page), str(error)
    if picked and not found:
        return guesses(
            page
        ), "No rule finds what you pointed at. Point at another headline, or write the rules."
    return found, ""


def _with_fields(page: Pointed, one: Proposal, marks: Mapping[str, str]) -> dict[str, str]:
    """Return the rules of a proposal with those for date, author, text and picture that most blocks answer."""
    items = [block.item for block in one.blocks]
    usual: dict[str, str] = {}
    for choice in choices(page, items):
        if choice.share >= _USUAL:
            usual.setdefault(choice.part, choice.css)
    usual.update(_rules_at(page, items, marks))
    return {**one.as_texts(), **usual}


def _field_rules(page: Pointed, texts: Mapping[str, str], marks: Mapping[str, str]) -> dict[str, str]:
    """Return the rules for what was pointed at inside the blocks that rules by hand find."""
    if not texts or not any(marks.get(part) for part in FIELDS):
        return {}
    return _rules_at(page, reader.items_of(page.sheet, read_rules(written(texts))), marks)


def _rules_at(page: Pointed, items: Sequence[HtmlElement], marks: Mapping[str, str]) -> dict[str, str]:
    return {
        part: rule_for(page, items, page.at(marks[part]), part=part) for part in FIELDS if marks.get(part)
    }


def _finds(
    page: Pointed,
    texts: Mapping[str, str],
    others: Mapping[str, str],
    content: bytes,
    content_type: str | None,
) -> tuple[list[HtmlElement], list[FeedEntry], dict[str, str], str]:
    rules: dict[str, str] = {}
    blocks: list[HtmlElement] = []
    try:
        rules = written(texts, others)
        blocks = reader.items_of(page.sheet, read_rules(rules))
        entries = reader.parse(content, url=page.sheet.url, content_type=content_type, rules=rules).entries
    except (BadRule, RulesFindNothing) as error:
        return blocks, [], rules, str(error)
    return blocks, entries, rules, ""


def _outlined(page: Pointed, rules: Mapping[str, Any]) -> list[tuple[HtmlElement, str]]:
    if not rules:
        return []
    try:
        ready = read_rules(rules)
        items = reader.items_of(page.sheet, ready)
        titles = [one for item in items for one in _first_element(ready.fields.get("Title"), item)]
    except (BadRule, RulesFindNothing):
        return []
    return [*((item, "item") for item in items), *((title, "title") for title in titles)]


def _first_element(rule: Any, item: HtmlElement) -> list[HtmlElement]:
    return [one for one in rule.follow(item) if isinstance(one, HtmlElement)][:1] if rule else []


def as_json(found: Look) -> dict[str, Any]:
    """Return a look as JSON values."""
    return asdict(found)
