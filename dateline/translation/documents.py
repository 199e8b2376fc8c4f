"""The nouns of an original on the translation desk: blocks in their order, and the sentences of each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, Self

from dateline.translation.marks import Marks
from dateline.translation.runs import Run, sentences_of, words_of, written

Splitter = Callable[..., list[str]]


class BlockKind(StrEnum):
    """What a block is on the page."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list-item"
    QUOTE = "quote"
    ATTRIBUTION = "attribution"
    CAPTION = "caption"
    CELL = "cell"
    NOTE = "note"


@dataclass(frozen=True)
class Place:
    """Where in a list, quote or table a block stands. Numbers are unique in the document, 0 is none.

    group: the list, quote or table. part: the list item or cell. row: of a cell, its number; column: of a cell, from 0.
    """

    group: int = 0
    part: int = 0
    row: int = 0
    column: int = 0
    colspan: int = 1
    rowspan: int = 1
    is_head: bool = False
    is_ordered: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return what differs from a place in the open."""
        blank = asdict(Place())
        return {name: value for name, value in asdict(self).items() if value != blank[name]}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Read what `as_json` wrote."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in kept.items() if name in known})


@dataclass(frozen=True)
class Block:
    """One paragraph, heading, item or cell of the original."""

    number: int
    kind: BlockKind
    runs: tuple[Run, ...]
    place: Place = Place()


@dataclass(frozen=True)
class Sentence:
    """One sentence of a block, with its inline marks as placeholders."""

    block: int
    kind: BlockKind
    place: Place
    source: str
    marks: Marks


def sentences(blocks: Sequence[Block], *, language: str, split: Splitter) -> list[Sentence]:
    """Return the sentences of the blocks; none reaches over two blocks, and a headline is one.

    split: the segmenter, called as `split(text, language=…)`.
    """
    return [
        Sentence(block.number, block.kind, block.place, *written(runs))
        for block in blocks
        for runs in _parts(block, language, split)
    ]


def _parts(block: Block, language: str, split: Splitter) -> list[list[Run]]:
    if block.kind in {BlockKind.HEADLINE, BlockKind.HEADING}:
        return [list(block.runs)]
    return sentences_of(block.runs, split(words_of(block.runs), language=language))
