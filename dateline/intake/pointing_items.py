"""From one or two headlines that somebody points at to the rule for all of them.

Every block around the headline is tried under every name that would find it, alone or below a named block; what
counts is that each match has one headline and one link of its own. Selectors are CSS without counting, so that a
page may gain advertisements and wrappers and the rule still holds.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log2
from typing import Final, NamedTuple

from lxml.html import HtmlElement

from dateline.intake.pointing_page import Pointed, Step, heading_of, link_of, region_of, steps_of, text_of

_HIGHEST: Final = 9
_SCOPES: Final = 5
_STEPS: Final = 4
_FIT: Final = 0.6
_MOST_MATCHES: Final = 400
_DESCENDANT: Final = 0.3
_CHILD: Final = 1.2
_SHORTEST_TITLE: Final = 2
_ELSEWHERE: Final = 4.0


class CannotGeneralise(ValueError):
    """Nothing that was pointed at has a link, so no rule can be made from it."""


@dataclass(frozen=True)
class Block:
    """One match of a rule for items: the block, its headline and its link."""

    item: HtmlElement
    title: HtmlElement
    link: HtmlElement


@dataclass(frozen=True)
class Proposal:
    """Rules for items, their headlines and addresses, as CSS. score: higher is better; blocks: what they find."""

    item: str
    title: str
    link: str
    score: float
    blocks: tuple[Block, ...]

    def as_texts(self) -> dict[str, str]:
        """Return the rules by part, as the editor may change them."""
        return {"": self.item, "Title": self.title, "Uri": self.link}


class _Named(NamedTuple):
    """A selector with how little we trust it, and the blocks that it finds."""

    cost: float
    css: str
    matches: list[HtmlElement]


def proposals(page: Pointed, picked: Sequence[HtmlElement]) -> list[Proposal]:
    """Return rules that find all of `picked` headlines and others like them, the best first, each set of finds once.

    Raises CannotGeneralise where one has no link.
    """
    titles = [heading_of(one) for one in picked]
    for title in titles:
        if link_of(title) is None and _link_around(title) is None:
            raise CannotGeneralise(
                "What you pointed at has no link: point at the headline that leads to the piece."
            )
    found = list(_tried(page, titles))
    if not found and len(titles) > 1:
        found = _joined(page, titles)
    return _best_of_each(found)


def _link_around(title: HtmlElement) -> HtmlElement | None:
    """Return the link of the nearest block that has one: some headlines stand beside their link."""
    blocks = list(title.iterancestors())[:4]
    return next((link for block in blocks if (link := link_of(block)) is not None), None)


def _tried(page: Pointed, titles: list[HtmlElement]) -> Iterator[Proposal]:
    first = titles[0]
    chain = [first, *first.iterancestors()][:_HIGHEST]
    for block in chain:
        if block.tag in ("html", "body") or (len(titles) > 1 and _holds(block, titles[1])):
            return
        inner = list(_inner_rules(page, block, first))
        for named in _selectors(page, block):
            if len(titles) > 1 and not any(_holds(match, titles[1]) for match in named.matches):
                continue
            for proposal in (_tested(page, named, rule, titles) for rule in inner):
                if proposal is not None:
                    yield proposal


def _selectors(page: Pointed, block: HtmlElement) -> Iterator[_Named]:
    """Yield what would find `block`: its own names, and those below the names of what it stands in."""
    scopes = _scopes(block)
    for step in steps_of(block)[:_STEPS]:
        named = page.found_by[step.css]
        yield _Named(step.cost, step.css, named)
        for scope in scopes:
            inside = set(page.found_by[scope.css])
            below = [one for one in named if any(a in inside for a in one.iterancestors())]
            if len(below) < len(named):
                yield _Named(step.cost + scope.cost + _DESCENDANT, f"{scope.css} {step.css}", below)
    parent = block.getparent()
    if parent is not None:
        yield from _children(page, block, parent)


def _children(page: Pointed, block: HtmlElement, parent: HtmlElement) -> Iterator[_Named]:
    """Yield what names a block only by its place right below another: for pages whose blocks have no names."""
    for outer in steps_of(parent)[:2]:
        inside = set(page.found_by[outer.css])
        step = str(block.tag)
        below = [one for one in page.found_by[step] if one.getparent() in inside]
        yield _Named(2.5 + outer.cost + _CHILD, f"{outer.css} > {step}", below)


def _scopes(block: HtmlElement) -> list[Step]:
    steps = [step for above in list(block.iterancestors())[:6] for step in steps_of(above)[:2]]
    return sorted(set(steps))[:_SCOPES]


def _holds(block: HtmlElement, one: HtmlElement) -> bool:
    return block is one or any(block is above for above in one.iterancestors())


@dataclass(frozen=True)
class _Inner:
    """Rules inside a block: the headline's step (empty: the block itself) and whether the link is in the headline."""

    css: str
    cost: float
    found: frozenset[HtmlElement]


def _inner_rules(page: Pointed, block: HtmlElement, title: HtmlElement) -> Iterator[_Inner]:
    if block is title:
        yield _Inner("", 0.0, frozenset())
        return
    between = [
        title,
        *[above for above in title.iterancestors() if _holds(block, above) and above is not block],
    ]
    for step in steps_of(title)[:3]:
        yield _Inner(step.css, step.cost, frozenset(page.found_by[step.css]))
    for above in between[1:3]:
        for outer in steps_of(above)[:1]:
            inside = set(page.found_by[outer.css])
            own = [e for e in page.found_by[str(title.tag)] if any(a in inside for a in e.iterancestors())]
            yield _Inner(f"{outer.css} {title.tag}", outer.cost + 0.5, frozenset(own))


def _tested(page: Pointed, named: _Named, inner: _Inner, titles: list[HtmlElement]) -> Proposal | None:
    """Return the rules as a proposal, or None where they miss what was pointed at, or most matches are no pieces."""
    cost, css, matches = named
    if not matches or len(matches) > _MOST_MATCHES or _are_nested(matches):
        return None
    blocks = [block for match in matches if (block := _block(match, inner)) is not None]
    own = {block.title for block in blocks}
    if len(blocks) < _FIT * len(matches) or not all(title in own for title in titles):
        return None
    links = {block.link.get("href") for block in blocks}
    distinct = len(links) / len(blocks)
    if distinct < _FIT:
        return None
    region = region_of(titles[0])
    elsewhere = sum(region_of(block.item) != region for block in blocks) / len(blocks)
    share = len(blocks) / len(matches)
    score = (
        log2(1 + len(blocks)) * share * distinct
        - _ELSEWHERE * elsewhere
        - 0.5 * (cost + inner.cost)
        + 0.15 * _told(blocks)
    )
    return Proposal(css, inner.css, _link_css(page, blocks, inner), score, tuple(blocks))


def _block(match: HtmlElement, inner: _Inner) -> Block | None:
    title = match if not inner.css else next((e for e in match.iter() if e in inner.found), None)
    if title is None or len(text_of(title)) < _SHORTEST_TITLE:
        return None
    link = next((e for e in (title, *title.iterancestors("a")) if e.tag == "a" and e.get("href")), None)
    if link is not None and not _holds(match, link):
        return None
    link = link if link is not None else link_of_block(title, match)
    return Block(match, title, link) if link is not None else None


def link_of_block(title: HtmlElement, item: HtmlElement) -> HtmlElement | None:
    """Return the first link in a headline, else in its block."""
    return next((e for part in (title, item) for e in part.iter("a") if e.get("href")), None)


def _are_nested(matches: list[HtmlElement]) -> bool:
    inside = set(matches)
    return any(above in inside for match in matches for above in match.iterancestors())


def _told(blocks: list[Block]) -> float:
    """Return how much more than a headline the blocks hold: a date, a picture, running text; 0 to 3."""
    sample = blocks[:5]
    tags = [{str(e.tag) for e in block.item.iter()} for block in sample]
    kinds = ({"time"}, {"img", "picture"}, {"p"})
    return sum(any(found & kind for found in tags) for kind in kinds)


def _link_css(page: Pointed, blocks: Sequence[Block], inner: _Inner) -> str:
    """Return the simplest rule by which each block's own link is the first thing found."""
    candidates = ["a", *([f"{inner.css} a"] if inner.css else [])]
    candidates += [step.css for step in steps_of(blocks[0].link)]
    return next((css for css in candidates if _leads(page, css, blocks)), candidates[0])


def _leads(page: Pointed, css: str, blocks: Sequence[Block]) -> bool:
    outer, _, last = css.rpartition(" ")
    finds = set(page.found_by[last])
    inside = set(page.found_by[outer]) if outer else set()
    for block in blocks:
        found = (e for e in block.item.iter() if e in finds and e.get("href"))
        if outer:
            found = (e for e in found if any(a in inside for a in e.iterancestors()))
        if next(found, None) is not block.link:
            return False
    return True


def _joined(page: Pointed, titles: list[HtmlElement]) -> list[Proposal]:
    """Return rules for headlines of two shapes, such as the lead story and the list below it."""
    each = [_best_of_each(_tried(page, [title]))[:1] for title in titles]
    if not all(each):
        return []
    first, second = each[0][0], each[1][0]
    css = ", ".join(dict.fromkeys((first.item, second.item)))
    title = ", ".join(
        dict.fromkeys(one.title or steps_of(one.blocks[0].title)[0].css for one in (first, second))
    )
    blocks = {id(block.item): block for block in (*first.blocks, *second.blocks)}
    items = [block.item for block in blocks.values()]
    if _are_nested(items) or not {block.title for block in blocks.values()}.issuperset(titles):
        return []
    score = min(first.score, second.score)
    return [Proposal(css, title, "a", score, tuple(blocks.values()))]


def _best_of_each(found: Iterable[Proposal]) -> list[Proposal]:
    """Return the best rules for each set of headlines, the best set first."""
    best: dict[frozenset[HtmlElement], Proposal] = {}
    for proposal in found:
        key = frozenset(block.title for block in proposal.blocks)
        known = best.get(key)
        if known is None or proposal.score > known.score:
            best[key] = proposal
    return sorted(best.values(), key=lambda proposal: -proposal.score)
