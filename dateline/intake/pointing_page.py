"""A page as somebody points at it: each element by its mark, and by the selectors that would find it."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from lxml.html import HtmlElement

from dateline.intake.channels.page import Sheet
from dateline.intake.pointing_names import is_lasting, is_speaking, lasting_stem
from dateline.lib.text import names, one_line

HEADINGS: Final = names("h1 h2 h3 h4 h5 h6")
REGIONS: Final = names("nav footer aside header main")
_TELLING: Final = names(
    "article main time h1 h2 h3 h4 figure figcaption aside header footer nav section li blockquote"
)
_MOST_STEPS: Final = 6
_MARK = re.compile(r"m([0-9a-z]{1,6})")
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


class NoSuchMark(ValueError):
    """A mark that no element of the page has."""


@dataclass(frozen=True, order=True)
class Step:
    """A selector for one element, as CSS. cost: how little we trust that it lasts and means something."""

    cost: float
    css: str


@dataclass
class Pointed:
    """A page with its elements in order, found by mark and by step."""

    sheet: Sheet

    @cached_property
    def elements(self) -> list[HtmlElement]:
        """Every element in page order; its place is its mark."""
        return [element for element in self.sheet.tree.iter() if isinstance(element.tag, str)]

    @cached_property
    def places(self) -> dict[HtmlElement, int]:
        """The place of each element in page order."""
        return {element: place for place, element in enumerate(self.elements)}

    @cached_property
    def found_by(self) -> dict[str, list[HtmlElement]]:
        """The elements that each step finds, in page order."""
        found: defaultdict[str, list[HtmlElement]] = defaultdict(list)
        for element in self.elements:
            for step in all_steps(element):
                found[step.css].append(element)
        return found

    def mark(self, element: HtmlElement) -> str:
        """Return the mark of an element."""
        return mark_of(self.places[element])

    def at(self, mark: str) -> HtmlElement:
        """Return the element with this mark. Raises NoSuchMark."""
        found = _MARK.fullmatch(mark)
        place = int(found[1], 36) if found else -1
        if not 0 <= place < len(self.elements):
            raise NoSuchMark(f"Nothing on the page has the mark {mark[:20]!r}; point at it again.")
        return self.elements[place]


def mark_of(place: int) -> str:
    """Return a place in page order as a mark."""
    digits = ""
    while place or not digits:
        place, digit = divmod(place, 36)
        digits = _DIGITS[digit] + digits
    return "m" + digits


def steps_of(element: HtmlElement) -> list[Step]:
    """Return the selectors that would find `element`, the most trusted first."""
    return sorted(all_steps(element))[:_MOST_STEPS]


def all_steps(element: HtmlElement) -> Iterator[Step]:
    """Yield the selectors that would find `element`; each only once."""
    tag = str(element.tag).lower()
    if not re.fullmatch(r"[a-z][a-z0-9-]*", tag) or tag in ("html", "body"):
        return
    yield Step(1.0 if tag in _TELLING else 2.5, tag)
    for name in dict.fromkeys((element.get("class") or "").split()):
        if is_lasting(name):
            cost = 0.2 if is_speaking(name) else 0.8
            yield Step(cost, f"{tag}.{name}")
            yield Step(cost + 0.1, f".{name}")
        elif stem := lasting_stem(name):
            yield Step(0.6, f'{tag}[class*="{stem}"]')
    for attribute in ("itemprop", "role"):
        value = (element.get(attribute) or "").strip()
        if re.fullmatch(r"[A-Za-z]{3,20}", value) and value not in ("presentation", "none"):
            yield Step(0.5, f'{tag}[{attribute}="{value}"]')
    name = element.get("id") or ""
    if is_lasting(name) and not re.search(r"\d", name):
        yield Step(0.5, f"#{name}")


def text_of(element: HtmlElement) -> str:
    """Return an element's text on one line."""
    return one_line(element.text_content())


def region_of(element: HtmlElement) -> str:
    """Return which part of the page an element stands in: nav, footer, aside, header, main, or nothing of these."""
    return next((str(e.tag) for e in (element, *element.iterancestors()) if e.tag in REGIONS), "")


def heading_of(element: HtmlElement) -> HtmlElement:
    """Return what somebody means who points at a headline: its heading or link, where that says the same."""
    text = text_of(element)
    around = [element, *element.iterancestors()]
    for wanted in (HEADINGS, {"a"}):
        for one in around[:5]:
            if one.tag in wanted and text_of(one) == text:
                return one
    return element


def link_of(element: HtmlElement) -> HtmlElement | None:
    """Return the link around an element, else the first in it."""
    around = [one for one in (element, *element.iterancestors("a")) if one.tag == "a" and one.get("href")]
    inside = (one for one in element.iter("a") if one.get("href"))
    return around[0] if around else next(inside, None)
