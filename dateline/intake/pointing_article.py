"""Correcting an extraction by pointing at its page: from a click to the rule of the site."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from lxml.html import HtmlElement

from dateline.intake import answers
from dateline.intake.channels import page as reader
from dateline.intake.channels.page_rules import BadRule, whole_page_rule
from dateline.intake.extract import Extract, NoArticle, extract
from dateline.intake.extract_blocks import key_of
from dateline.intake.pointing import State, is_leaf, pointable
from dateline.intake.pointing_page import NoSuchMark, Pointed, steps_of, text_of
from dateline.intake.rules import FIELDS, LEAVE_OUT
from dateline.lib.scripts import direction
from dateline.lib.text import cut

ROLES: Final = (*FIELDS, LEAVE_OUT)
_LEAVES: Final = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "figure", "time", "address"}
)
_MOST_BLOCKS: Final = 150
_FEWEST_PARAGRAPHS: Final = 2
_WHOLE_BODY: Final = 0.5
_SHOWN_TEXT: Final = 90


@dataclass(frozen=True)
class Numbered:
    """A block of the page as a line of a list: its mark, tag and first words; whether it is in the body now."""

    mark: str
    tag: str
    text: str
    is_in_body: bool


@dataclass(frozen=True)
class ArticleLook:
    """A page under a site's rules. read: the extraction's fields, None where there is none; trouble: why."""

    rules: dict[str, Any]
    read: dict[str, Any] | None
    blocks: list[Numbered] = field(default_factory=list)
    trouble: str = ""


def look(
    content: bytes,
    *,
    url: str,
    content_type: str | None,
    title: str = "",
    rules: Mapping[str, Any] | None = None,
    marks: Mapping[str, str] | None = None,
) -> ArticleLook:
    """Return how the page reads under `rules`, with what was pointed at made into rules.

    title: of the feed's entry. marks: by ROLES; what is to be left out may be several, with a space between.
    Raises HostileMarkup, NotAFeed where the page is empty.
    """
    page = Pointed(reader.sheet_of(content, url=url, content_type=content_type))
    own, trouble = _with_pointed(page, rules or {}, marks or {})
    read, why = _read(content, url, content_type, title, own)
    return ArticleLook(
        rules=own, read=read.as_dict() if read else None, blocks=_blocks(page, read), trouble=trouble or why
    )


def frame(
    content: bytes,
    *,
    url: str,
    content_type: str | None,
    title: str = "",
    rules: Mapping[str, Any] | None = None,
    state: State,
    role: str,
) -> dict[str, str]:
    """Return the page fit to be pointed at, what the body holds now outlined."""
    page = Pointed(reader.sheet_of(content, url=url, content_type=content_type))
    own, _trouble = _with_pointed(
        page, rules or {}, {name: str(state[name]) for name in ROLES if name in state}
    )
    read, _why = _read(content, url, content_type, title, own)
    roles = {one.mark: "body" for one in _blocks(page, read) if one.is_in_body}
    roles.update(_ruled_marks(page, own))
    language = (read.language if read else None) or reader._language(page.sheet) or ""
    return {
        "markup": pointable(page, roles=roles, state=state, role=role, numbered=True),
        "language": language,
        "direction": page.sheet.tree.get("dir") or (direction(language) if language else "auto"),
        "title": read.headline if read else "",
    }


def selector_for(page: Pointed, picked: HtmlElement, *, is_only: bool = False) -> str:
    """Return CSS whose first find is `picked`; the only one, where `is_only` asks for it.

    Names are taken before tags, a name below a name before counting; counting is the last resort.
    """
    tried = sorted(_ways(page, picked), key=lambda way: way[0] + (len(way[2]) > 1) * 0.5)
    fits = (css for _cost, css, found in tried if found[:1] == [picked] and (len(found) == 1 or not is_only))
    return next(fits, "") or _counted(page, picked)


def container_of(picked: HtmlElement) -> HtmlElement:
    """Return the block that somebody means who points at one paragraph as the body: the one that holds its like."""
    if picked.tag not in _LEAVES:
        return picked
    for above in picked.iterancestors():
        if above.tag in ("body", "html"):
            break
        if sum(1 for _p in above.iter("p")) >= _FEWEST_PARAGRAPHS:
            return above
    return picked


def as_json(found: ArticleLook) -> dict[str, Any]:
    """Return a look as JSON values."""
    return asdict(found)


def _with_pointed(
    page: Pointed, rules: Mapping[str, Any], marks: Mapping[str, str]
) -> tuple[dict[str, Any], str]:
    own = {name: value for name, value in rules.items() if name in ROLES and value}
    try:
        for name in FIELDS:
            if marks.get(name):
                picked = page.at(marks[name])
                own[name] = selector_for(page, container_of(picked) if name == "body" else picked)
        left_out = [*own.get(LEAVE_OUT, ()), *_left_out(page, marks.get(LEAVE_OUT, "").split())]
    except NoSuchMark as error:
        return own, str(error)
    if left_out:
        own[LEAVE_OUT] = list(dict.fromkeys(left_out))
    return own, ""


def _left_out(page: Pointed, marks: Sequence[str]) -> list[str]:
    return [selector_for(page, _whole(page.at(mark)), is_only=True) for mark in marks]


def _whole(picked: HtmlElement) -> HtmlElement:
    """Return the largest block that says the same as `picked`: an advertisement goes with its box."""
    text = text_of(picked)
    return next((one for one in reversed(list(picked.iterancestors())) if text_of(one) == text), picked)


def _read(
    content: bytes, url: str, content_type: str | None, title: str, rules: Mapping[str, Any]
) -> tuple[Extract | None, str]:
    charset = answers.charset(content_type or "")
    try:
        return extract(
            content, url=url, title=title or None, declared_encoding=charset, rules=rules or None
        ), ""
    except (NoArticle, BadRule) as error:
        return None, str(error)


def _blocks(page: Pointed, read: Extract | None) -> list[Numbered]:
    inside = {key_of(part) for part in (read.body_text.split("\n") if read else ())}
    found = []
    for element in page.elements:
        if is_leaf(element) and not any(child.tag in _LEAVES for child in element.iterdescendants()):
            text = text_of(element)
            if text:
                line = cut(text, _SHOWN_TEXT)
                found.append(Numbered(page.mark(element), str(element.tag), line, key_of(text) in inside))
    return found[:_MOST_BLOCKS]


def _ruled_marks(page: Pointed, rules: Mapping[str, Any]) -> dict[str, str]:
    """Return what rules name on the page, by its marks."""
    named = [(name, str(rules[name])) for name in FIELDS if name != "body" and rules.get(name)]
    named += [(LEAVE_OUT.replace("_", "-"), str(text)) for text in rules.get(LEAVE_OUT) or ()]
    marks: dict[str, str] = {}
    for name, text in named:
        found = [one for one in _follow(page, text) if isinstance(one, HtmlElement)]
        marks.update({page.mark(one): name for one in (found if name == "leave-out" else found[:1])})
    return marks


def _follow(page: Pointed, text: str) -> list[Any]:
    try:
        return list(whole_page_rule(text).follow(page.sheet.tree))
    except BadRule:
        return []


def _ways(page: Pointed, picked: HtmlElement) -> list[tuple[float, str, list[HtmlElement]]]:
    ways = [(step.cost, step.css, page.found_by[step.css]) for step in steps_of(picked)]
    for above in list(picked.iterancestors())[:6]:
        for outer in steps_of(above)[:3]:
            inside = set(page.found_by[outer.css])
            for step in steps_of(picked)[:3]:
                below = [e for e in page.found_by[step.css] if any(a in inside for a in e.iterancestors())]
                ways.append((step.cost + outer.cost + 0.3, f"{outer.css} {step.css}", below))
    return ways


def _counted(page: Pointed, picked: HtmlElement) -> str:
    """Return a path that counts, from the nearest block with a name of its own."""
    parts: list[str] = []
    for one in (picked, *picked.iterancestors()):
        unique = next((s.css for s in steps_of(one) if page.found_by[s.css] == [one]), "")
        if unique or one.tag == "body":
            return " > ".join([unique or "body", *reversed(parts)])
        same = [e for e in (one.getparent() if one.getparent() is not None else ()) if e.tag == one.tag]
        parts.append(f"{one.tag}:nth-of-type({same.index(one) + 1})" if len(same) > 1 else str(one.tag))
    return " > ".join(reversed(parts))
