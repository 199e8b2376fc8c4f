"""A text in parts with their places: paragraphs and sentences, and those of two texts side by side."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from dateline.translation.checks.base import Pair
from dateline.translation.checks.lengths import Bead, align
from dateline.translation.segments import split_paragraph

_PARAGRAPH: Final = re.compile(r"(?:(?!\n\s*\n)[\s\S])+")


@dataclass(frozen=True)
class Part:
    """A piece of a text and where it begins."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


def paragraphs_of(text: str) -> list[Part]:
    """Return the paragraphs of `text`, which blank lines set apart; empty ones are left out."""
    return [
        _stripped(found.group(), found.start())
        for found in _PARAGRAPH.finditer(text)
        if found.group().strip()
    ]


def sentences_of(text: str, language: str) -> list[Part]:
    """Return the sentences of one paragraph."""
    parts, at = [], 0
    for sentence in split_paragraph(text, language=language):
        at = text.index(sentence, at)
        parts.append(Part(sentence, at))
        at += len(sentence)
    return parts


@dataclass(frozen=True)
class Sides:
    """Two texts in parts, and which go together."""

    source: list[Part]
    text: list[Part]
    beads: list[Bead]


def paragraphs_aligned(pair: Pair) -> Sides:
    """Return the paragraphs of both texts, aligned."""
    return _aligned(pair, lambda text, _language: paragraphs_of(text))


def sentences_aligned(pair: Pair) -> Sides:
    """Return the sentences of one paragraph and of its translation, aligned."""
    return _aligned(pair, sentences_of)


def each_bead(pair: Pair, sides: Sides) -> Iterator[tuple[Pair, int]]:
    """Yield the pairs of parts that both sides have, each with the place of its translation in the whole."""
    for bead in sides.beads:
        if not bead.source or not bead.text:
            continue
        source = pair.source[sides.source[bead.source[0]].start : sides.source[bead.source[-1]].end]
        start, end = sides.text[bead.text[0]].start, sides.text[bead.text[-1]].end
        yield replace(pair, source=source, text=pair.text[start:end]), start


def _aligned(pair: Pair, cut: Callable[[str, str], list[Part]]) -> Sides:
    source, text = cut(pair.source, pair.source_language), cut(pair.text, pair.language)
    if len(source) == len(text) == 1:
        return Sides(source, text, [Bead((0,), (0,))])
    beads = align(
        [one.text for one in source],
        [one.text for one in text],
        source_language=pair.source_language,
        language=pair.language,
    )
    return Sides(source, text, beads)


def _stripped(text: str, start: int) -> Part:
    return Part(text.strip(), start + len(text) - len(text.lstrip()))
