"""Rules for a page that nobody has pointed at yet: shapes that repeat, with a link and words enough for a headline."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from dateline.intake.pointing_items import CannotGeneralise, Proposal, proposals
from dateline.intake.pointing_page import HEADINGS, Pointed, heading_of, region_of, steps_of, text_of
from dateline.lib.text import words

MOST: Final = 6
_GROUPS: Final = 14
_FEWEST: Final = 3
_SHORT: Final = 18
_SHORT_UNSPACED: Final = 8
_FEWEST_WORDS: Final = 3
_LONG: Final = 220
_SAME: Final = 0.6
_ENOUGH: Final = 5.0  # twenty pieces are as good a sign as two hundred
_OUTSIDE: Final = frozenset({"nav", "footer", "aside", "header"})
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u4e00-\u9fff]")
_BORING = re.compile(
    r"/(?:tag|tags|category|author|login|about|contact|privacy|terms|search|rss)(?:/|$)", re.IGNORECASE
)


def guesses(page: Pointed) -> list[Proposal]:
    """Return the likeliest rules for the pieces on a page, the best first; empty where nothing repeats."""
    found: list[Proposal] = []
    for group in _groups(page):
        found += _of_group(page, group)
    found.sort(key=lambda one: -_worth(one, page))
    kept: list[Proposal] = []
    for one in found:
        if not any(_overlap(one, other) > _SAME for other in kept):
            kept.append(one)
    return kept[:MOST]


def _of_group(page: Pointed, group: list[HtmlElement]) -> list[Proposal]:
    try:
        return proposals(page, group[:1])[:2] + proposals(page, [group[0], group[-1]])[:1]
    except CannotGeneralise:
        return []


def _groups(page: Pointed) -> list[list[HtmlElement]]:
    """Return the links that may be headlines, those of one shape together, the weightiest shapes first."""
    shapes: defaultdict[tuple[str, ...], list[HtmlElement]] = defaultdict(list)
    for element in page.elements:
        if element.tag == "a" and _may_be_headline(element):
            shapes[_shape(element)].append(element)
    groups = [group for group in shapes.values() if len({text_of(e) for e in group}) >= _FEWEST]
    groups.sort(key=_weight, reverse=True)
    return groups[:_GROUPS]


def _may_be_headline(link: HtmlElement) -> bool:
    href = (link.get("href") or "").strip()
    if not href or href.startswith(("#", "javascript:", "mailto:", "tel:")):
        return False
    text = text_of(link)
    if _UNSPACED.search(text):
        return len(text) >= _SHORT_UNSPACED
    return len(text) >= _SHORT and len(words(text)) >= _FEWEST_WORDS


def _shape(link: HtmlElement) -> tuple[str, ...]:
    above = [heading_of(link), *list(link.iterancestors())[:3]]
    return tuple(steps[0].css for one in above if (steps := steps_of(one)))


def _weight(group: list[HtmlElement]) -> float:
    inside = sum(region_of(e) not in _OUTSIDE for e in group) / len(group)
    return min(len(group), 40) * (0.2 + inside) * (2 if heading_of(group[0]).tag in HEADINGS else 1)


def _worth(one: Proposal, page: Pointed) -> float:
    """Return how likely it is that the editor means these blocks."""
    blocks = one.blocks
    texts = [text_of(block.title) for block in blocks]
    headed = sum(_is_headed(block.title) for block in blocks) / len(blocks)
    outside = sum(region_of(block.item) in _OUTSIDE for block in blocks) / len(blocks)
    at_home = sum(_is_piece_here(block.link, page) for block in blocks) / len(blocks)
    long = sum(_SHORT <= len(text) <= _LONG or bool(_UNSPACED.search(text)) for text in texts) / len(texts)
    few = 2.0 if len(blocks) < _FEWEST else 0.0
    return min(one.score, _ENOUGH) + 1.5 * headed + 4 * long + 2 * at_home - 3 * outside - few


def _is_headed(title: HtmlElement) -> bool:
    return any(e.tag in HEADINGS for e in (title, *title.iterancestors(), *title.iter()))


def _is_piece_here(link: HtmlElement, page: Pointed) -> bool:
    """Does the link lead to a page of this site that is no list, no form and no house rule?"""
    try:
        address = urlsplit(urljoin(page.sheet.base, (link.get("href") or "").strip()))
    except ValueError:  # brackets around what is no address
        return False
    here = urlsplit(page.sheet.url)
    host, own = (_bare(parts.hostname or "") for parts in (address, here))
    same = host == own or host.endswith("." + own) or own.endswith("." + host)
    return same and len(address.path) > 1 and not _BORING.search(address.path)


def _bare(host: str) -> str:
    return host.removeprefix("www.").removeprefix("m.")


def _overlap(one: Proposal, other: Proposal) -> float:
    mine, theirs = ({block.link.get("href") for block in blocks} for blocks in (one.blocks, other.blocks))
    return len(mine & theirs) / min(len(mine), len(theirs))


def titles_of(one: Proposal, *, most: int = 3) -> Iterator[str]:
    """Yield the first headlines that a proposal finds."""
    yield from (text_of(block.title) for block in one.blocks[:most])
