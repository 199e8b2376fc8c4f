"""What an extraction looks like from outside: the measures from which the alarm is raised.

Every measure is a plain number of moderate size, so that a weight on it means something; 0 says "nothing to note".
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Final

from lxml import etree

from dateline.intake.counting import counted
from dateline.intake.detector import Witnesses, agreement
from dateline.intake.extract_blocks import Block, inner_text, key_of, text_of
from dateline.intake.extract_page import Page
from dateline.intake.extract_trim import is_furniture
from dateline.intake.paywall import ends_open
from dateline.lib.text import one_line, words

_PROSE: Final = 80
_SHORT: Final = 40
_LINKED: Final = 0.4
_HEAD: Final = 3
# Fewer long words than these in headline and summary say little, least of all in languages that change their ends.
_ENOUGH: Final = 8
_LONG_ENOUGH: Final = 250
_STEM: Final = 4
_TOPIC: Final = 5
_MOST_BREAKS: Final = 40
_MOST_NODES: Final = 4_000
_DATE: Final = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-](?:20)?\d\d\b|\b20\d\d-\d\d-\d\d\b")
_PRICE: Final = re.compile(r"[$€£₽₺₼₾֏]\s?\d|\d\s?(?:USD|EUR|GBP|₽|₺|€)")

_NOT_OURS: Final = re.compile(r"comment|disqus|footer|cookie|consent|newsletter|modal|popup", re.IGNORECASE)
_END: Final = re.compile(r"[.!?…։۔。؟\"”»'’)\]]\W*$")


@dataclass(frozen=True)
class Features:
    """Measures of one extraction; the doubtful side is the larger one unless said."""

    words: float  # log2 of how far above 500 they are
    shortness: float  # how far below 60 words, 0 to 1
    disagreement: float  # with the other opinion, 0 to 1
    longer: float  # log2 of the other opinion's length to ours, if longer
    shorter: float  # the same if shorter
    scattered: float  # share of the body's prose that is not in its largest container
    containers: float  # log2 of the number of containers
    unplaced: float  # share of blocks that the page does not have as one piece
    outside: float  # log2 of 1 + prose left outside against the body
    outside_count: float  # log2 of 1 + paragraphs of prose left outside
    linked: float  # share of linked text
    listed: float  # share of text in lists and tables
    headings: float  # headings a block
    short_blocks: float  # share of blocks of a line
    articles: float  # log2 of 1 + further article elements on the page
    headlines: float  # log2 of 1 + further h1 on the page
    repeated: float  # share of blocks that come twice
    furniture: float  # share of blocks that call for something else than reading
    unended: float  # share of paragraphs without the end of a sentence
    open_end: float  # the text breaks off
    undercounted: float  # log2 of the words told by the page to ours, if more
    overcounted: float  # log2 of our words to those told, if more
    machine: float  # disagreement with JSON-LD's own text
    elsewhere: float  # share of the headline's and summary's words that the text has not
    head_elsewhere: float  # the same for its first blocks
    headline_elsewhere: float  # the same for the headline alone
    end_elsewhere: float  # the same for the last quarter of the text
    drift: float  # 1 less how far the last third speaks of what the first did
    break_at_heading: float  # the sharpest change of words at a heading
    surplus: float  # log2 of the page's readable text to ours
    undeclared: float  # the page does not say that it is an article
    walled: float
    live: float
    paged: float
    dates: float  # log2 of 1 + dates in figures
    prices: float  # log2 of 1 + prices
    names_repeated: float  # log2 of 1 + headings that carry links

    def values(self) -> list[float]:
        """Return the measures in their order."""
        return list(asdict(self).values())


def features_of(page: Page, body: list[Block], second: list[Block], witnesses: Witnesses) -> Features:
    """Return the measures of `body`, which was read from `page`, beside the opinion that was not taken."""
    text, other = text_of(body), text_of(second)
    count, length = counted(text).total(), max(1, len(text))
    places = _Places(page, body)
    told = f"{witnesses.headline} {witnesses.summary}"
    ratio = math.log2(max(1, len(other)) / length) if second else 0.0
    told_ratio = math.log2(witnesses.word_count / max(1, count)) if witnesses.word_count else 0.0
    blocks = max(1, len(body))
    paragraphs = [block for block in body if block.tag == "p" and len(block.text) >= _SHORT]
    return Features(
        words=math.log2(max(1.0, count / 500)),
        shortness=max(0.0, 1 - count / 60),
        disagreement=1 - agreement(text, other) if second else 0.5,
        longer=max(0.0, min(ratio, 4.0)),
        shorter=max(0.0, min(-ratio, 4.0)),
        scattered=places.scattered,
        containers=math.log2(1 + places.containers),
        unplaced=places.unplaced,
        outside=math.log2(1 + places.outside_length / length),
        outside_count=math.log2(1 + places.outside_count),
        linked=sum(len(b.text) * b.link_ratio for b in body) / length,
        listed=sum(len(b.text) for b in body if b.tag in ("ul", "ol", "dl", "table")) / length,
        headings=sum(b.is_heading for b in body) / blocks,
        short_blocks=sum(len(b.text) < _SHORT for b in body) / blocks,
        articles=math.log2(max(1, sum(1 for _ in page.tree.iter("article")))),
        headlines=math.log2(max(1, sum(1 for _ in page.tree.iter("h1")))),
        repeated=1 - len({key_of(b.text) for b in body}) / blocks,
        furniture=sum(is_furniture(b, limit=1_000) for b in body) / blocks,
        unended=sum(not _END.search(b.text) for b in paragraphs) / max(1, len(paragraphs)),
        open_end=float(ends_open(text)),
        undercounted=max(0.0, min(told_ratio, 4.0)),
        overcounted=max(0.0, min(-told_ratio, 4.0)),
        machine=1 - agreement(text, witnesses.article_body)
        if len(witnesses.article_body) > 2 * _PROSE
        else 0.0,
        elsewhere=_missing(told, text),
        head_elsewhere=_missing(told, text_of(body[:_HEAD])),
        headline_elsewhere=_missing(witnesses.headline, text),
        end_elsewhere=_missing(told, text[-length // 4 :]),
        drift=_drift(body),
        break_at_heading=_sharpest_break(body),
        surplus=math.log2(max(length, places.readable) / length),
        undeclared=float(not page.article and page.first("og:type").lower() != "article"),
        walled=float(witnesses.is_free is False),
        live=float(witnesses.is_live),
        paged=float(witnesses.has_next_page),
        dates=math.log2(1 + len(_DATE.findall(text))),
        prices=math.log2(1 + len(_PRICE.findall(text))),
        names_repeated=math.log2(1 + sum(b.is_heading and b.link_ratio > _LINKED for b in body)),
    )


class _Places:
    """Where the prose of a page stands: in which containers the body's, and how much is left outside."""

    def __init__(self, page: Page, body: list[Block]) -> None:
        known = {key_of(block.text) for block in body}
        whole = key_of(text_of(body))
        inside: Counter[etree._Element | None] = Counter()
        placed = 0
        self.outside_length = self.outside_count = self.readable = 0
        home: etree._Element | None = None
        for element, text in _prose(page.tree):
            key = key_of(text)
            self.readable += len(text)
            if key in known or key[: _PROSE // 2] in whole:
                inside[element.getparent()] += len(text)
                placed += 1
                home = home if home is not None else next(element.iterancestors("article"), None)
            elif _linked_share(element, text) < _LINKED and not _is_elsewhere(element, home):
                self.outside_length += len(text)
                self.outside_count += 1
        total = sum(inside.values())
        prose = sum(1 for block in body if len(block.text) >= _PROSE)
        self.containers = len(inside)
        self.scattered = 1 - max(inside.values()) / total if total else 1.0
        self.unplaced = max(0.0, 1 - placed / prose) if prose else 1.0


def _prose(tree: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Yield what holds prose, with its text."""
    for count, element in enumerate(tree.iter("p", "li", "blockquote")):
        if count > _MOST_NODES:
            break
        if element.tag != "blockquote" or element.find(".//p") is None:
            text = inner_text(element)
            if len(text) >= _PROSE and len(text := one_line(text)) >= _PROSE:
                yield element, text


def _is_elsewhere(element: etree._Element, home: etree._Element | None) -> bool:
    """True where prose belongs to another piece, to readers' comments or to the foot of the page."""
    for box in element.iterancestors():
        if box is home:
            return False
        if box.tag in ("footer", "nav", "article"):
            return box.tag != "article" or home is not None
        if _NOT_OURS.search(f"{box.get('class') or ''} {box.get('id') or ''}"):
            return True
    return False


def _linked_share(element: etree._Element, text: str) -> float:
    return sum(len(one_line(inner_text(a))) for a in element.iter("a")) / max(1, len(text))


def _missing(told: str, text: str) -> float:
    """Return the share of the long words of `told` that `text` has not, by their beginnings; 0 where few are told."""
    wanted = {word[:_STEM] for word in words(told) if len(word) >= _STEM}
    if len(wanted) < _ENOUGH:
        return 0.0
    return 1 - len(wanted & {word[:_STEM] for word in counted(text)}) / len(wanted)


def _stems(blocks: list[Block]) -> Counter[str]:
    """Count the long words of blocks by their beginnings: what they are about, whatever the language."""
    return Counter(word[:_TOPIC] for block in blocks for word in words(block.text) if len(word) > _TOPIC)


def _kinship(left: Counter[str], right: Counter[str]) -> float:
    """Return how far two texts are about the same, 0 to 1: the cosine of their counted words."""
    product = sum(count * right[stem] for stem, count in left.items())
    size = math.sqrt(sum(n * n for n in left.values()) * sum(n * n for n in right.values()))
    return product / size if size else 0.0


def _drift(body: list[Block]) -> float:
    if len(body) < 2 * _HEAD or counted(text_of(body)).total() < _LONG_ENOUGH:
        return 0.0
    third = len(body) // 3
    return 1 - _kinship(_stems(body[:third]), _stems(body[-third:]))


def _sharpest_break(body: list[Block]) -> float:
    """Return the sharpest change of words at a heading: high where another piece begins there."""
    breaks = [
        place for place, block in enumerate(body) if block.is_heading and _HEAD <= place < len(body) - _HEAD
    ]
    if not breaks:
        return 0.0
    after, before = _stems(body), Counter[str]()
    sharpest, last = 0.0, 0
    for place in breaks[:_MOST_BREAKS]:
        part = _stems(body[last:place])
        before += part
        after -= part
        last = place
        sharpest = max(sharpest, 1 - _kinship(before, after))
    return sharpest
