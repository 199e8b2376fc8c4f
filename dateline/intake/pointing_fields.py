"""Inside a block that rules find: which of its elements may be the date, the author, the summary, the picture."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lxml.html import HtmlElement

from dateline.intake.channels.page_dates import moment_of
from dateline.intake.pointing_page import Pointed, steps_of, text_of

FIELDS: Final = ("Timestamp", "Author", "Content", "Thumbnail")
_SAMPLE: Final = 8
_MOST_CHOICES: Final = 12
_LONG_SUMMARY: Final = 40
_LAZY: Final = ("data-src", "data-original", "data-lazy-src")
_DAY = re.compile(r"\d{1,2}\W.*\d{4}|\d{4}\W+\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2}")
_BYLINE = re.compile(r"author|byline|autor|creator|writer|muallif|müəllif", re.IGNORECASE)


class NotInABlock(ValueError):
    """What was pointed at stands in none of the blocks that the rules find."""


@dataclass(frozen=True)
class FieldChoice:
    """A rule that may stand for a field, with what it finds first. share: of the blocks that have it, 0 to 1."""

    part: str
    css: str
    shown: str
    share: float


def rule_for(page: Pointed, blocks: Sequence[HtmlElement], picked: HtmlElement, *, part: str) -> str:
    """Return the CSS by which `picked` is the first find in its block, and which most other blocks answer too.

    Raises NotInABlock where it stands in none of the blocks.
    """
    block = next((one for one in blocks if picked is one or one in set(picked.iterancestors())), None)
    if block is None:
        raise NotInABlock("What you pointed at stands in none of the blocks that the rules find.")
    tried = list(_ways(page, block, picked))
    first = [css for css, found in tried if _first_in(block, found) is picked]
    by_css = dict(tried)
    best = max(first, key=lambda css: _share(blocks, by_css[css]), default=str(picked.tag))
    return best + _attribute(picked, part)


def choices(page: Pointed, blocks: Sequence[HtmlElement]) -> list[FieldChoice]:
    """Return what the blocks hold besides headlines, as rules: for those who choose from a list."""
    found: dict[tuple[str, str], FieldChoice] = {}
    for block in blocks[:3]:
        for element in block.iter():
            part = part_of(element)
            if part:
                css = rule_for(page, blocks, element, part=part)
                share = _share(blocks, set(page.found_by[css.split("@")[0].rpartition(" ")[2]]))
                found.setdefault((part, css), FieldChoice(part, css, _shown(element, part), share))
    return sorted(found.values(), key=lambda one: (FIELDS.index(one.part), -one.share))[:_MOST_CHOICES]


def part_of(element: HtmlElement) -> str:
    """Return which field an element most likely is, empty where none."""
    if not isinstance(element.tag, str):
        return ""
    if element.tag == "img":
        return "Thumbnail"
    text = text_of(element)
    if element.tag == "time" or (_is_leaf(element) and _looks_like_day(text)):
        return "Timestamp"
    named = " ".join((element.get("class") or "", element.get("itemprop") or "", element.get("rel") or ""))
    if _BYLINE.search(named) and 0 < len(text) < _LONG_SUMMARY * 2:
        return "Author"
    return "Content" if element.tag == "p" and len(text) >= _LONG_SUMMARY else ""


def _ways(page: Pointed, block: HtmlElement, picked: HtmlElement) -> Iterator[tuple[str, set[HtmlElement]]]:
    for step in steps_of(picked):
        yield step.css, set(page.found_by[step.css])
    for above in picked.iterancestors():
        if above is block:
            return
        for outer in steps_of(above)[:2]:
            inside = set(page.found_by[outer.css])
            own = {e for e in page.found_by[str(picked.tag)] if any(a in inside for a in e.iterancestors())}
            yield f"{outer.css} {picked.tag}", own


def _first_in(block: HtmlElement, found: set[HtmlElement]) -> HtmlElement | None:
    return next((element for element in block.iter() if element in found), None)


def _share(blocks: Sequence[HtmlElement], found: set[HtmlElement]) -> float:
    sample = blocks[:_SAMPLE]
    return sum(_first_in(block, found) is not None for block in sample) / len(sample) if sample else 0.0


def _attribute(picked: HtmlElement, part: str) -> str:
    if part == "Timestamp" and picked.get("datetime"):
        return "@datetime"
    if part == "Thumbnail":
        lazy = next((name for name in _LAZY if picked.get(name)), "")
        return f"@{lazy}" if lazy and not (picked.get("src") or "").startswith("http") else ""
    return ""


def _is_leaf(element: HtmlElement) -> bool:
    return len(element) == 0 and bool((element.text or "").strip())


def _looks_like_day(text: str) -> bool:
    """Does a short text name a whole day? Only what has the digits of one is tried in all languages: that is slow."""
    return len(text) <= _LONG_SUMMARY and _DAY.search(text) is not None and moment_of(text) is not None


def _shown(element: HtmlElement, part: str) -> str:
    if part == "Thumbnail":
        return element.get("alt") or (element.get("src") or "").rsplit("/", 1)[-1]
    return text_of(element) or element.get("datetime") or ""
