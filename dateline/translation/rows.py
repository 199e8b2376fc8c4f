"""A job as the desk shows it: blocks of the page, in each the sentences side by side. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from dateline.translation.differences import Part, difference
from dateline.translation.marks import Token, pieces, plain

if TYPE_CHECKING:
    from dateline.translation.models import Segment
    from dateline.translation.queries.findings import Seen
    from dateline.translation.queries.panes import Pane


@dataclass(frozen=True)
class Piece:
    """Words of a source, or one of its marks with what it stands for."""

    text: str
    is_mark: bool = False
    element: str = ""
    href: str = ""


@dataclass
class Row:
    """One segment with what the page has to say about it. `typed` stands in its field instead of its text."""

    segment: "Segment"
    name: str
    typed: str | None = None
    troubles: list[str] = field(default_factory=list)
    is_clash: bool = False
    findings: list["Seen"] = field(default_factory=list)
    pane: "Pane | None" = None
    remarks: int = 0
    standing: str = ""
    is_mine: bool = False

    @property
    def shown(self) -> str:
        """The words in the field."""
        return self.segment.text if self.typed is None else self.typed

    @property
    def pieces(self) -> list[Piece]:
        """The source with its marks set apart."""
        return [_piece(part, self.segment.marks) for part in pieces(self.segment.source)]

    @property
    def changed_parts(self) -> list[Part]:
        """What the source changed in the sentence, word by word."""
        return difference(plain(self.segment.source_before), plain(self.segment.source))

    @property
    def source_words(self) -> int:
        """How many words the source has."""
        return word_count(self.segment.source)

    @property
    def words(self) -> int:
        """How many words the field has."""
        return word_count(self.shown)

    @property
    def lines(self) -> int:
        """A height that shows all of it before any script runs."""
        longest = max(len(self.segment.source), len(self.shown))
        return max(1, min(12, longest // 55 + 1))


@dataclass(frozen=True)
class BlockRows:
    """A block of the page. label: what it is, for its reader."""

    number: int
    kind: str
    label: str
    rows: list[Row]

    @property
    def place(self) -> Mapping[str, Any]:
        """Where in a list, quote or table it stands."""
        place: Mapping[str, Any] = self.rows[0].segment.place
        return place

    @property
    def level(self) -> int:
        """The level of a heading; 0 for what is none."""
        return {"headline": 2, "heading": 3}.get(self.kind, 0)


@dataclass(frozen=True)
class Group:
    """Blocks that belong together on the page: those of a list, a quote or a table, or one alone."""

    shape: str
    blocks: list[BlockRows]

    @property
    def lines(self) -> list[list[list[BlockRows]]]:
        """The rows of a table, in each its cells, in each its blocks."""
        rows = groupby(self.blocks, key=lambda block: block.place.get("row", 0))
        return [
            [list(cell) for _, cell in groupby(row, key=lambda block: block.place.get("part", 0))]
            for _, row in rows
        ]


def by_block(rows: Iterable[Row], labels: Mapping[str, str]) -> Iterator[BlockRows]:
    """Yield the rows of each block together. labels: what each kind of block is called."""
    for number, group in groupby(rows, key=lambda row: row.segment.block):
        together = list(group)
        kind = together[0].segment.block_kind
        yield BlockRows(number, kind, str(labels.get(kind, kind)), together)


def by_group(blocks: Iterable[BlockRows]) -> Iterator[Group]:
    """Yield blocks that make one list, quote or table together."""
    for (group, _), together in groupby(
        blocks, key=lambda block: (block.place.get("group", 0), block.place.get("group") or block.number)
    ):
        found = list(together)
        yield Group(_shape(found[0]) if group else "", found)


def _shape(block: BlockRows) -> str:
    if block.kind == "list-item":
        return "ordered" if block.place.get("is_ordered") else "list"
    return {"cell": "table", "quote": "quote", "attribution": "quote"}.get(block.kind, "")


# Letters that are a word each: Chinese and Japanese are counted by them.
_ALONE = r"\u2e80-\u9fff\uf900-\ufaff"
_WORDS = re.compile(rf"[{_ALONE}]|[^\W{_ALONE}]+(?:['’-]\w+)*")


def word_count(text: str) -> int:
    """Return how many words a sentence has, without its marks; Chinese and Japanese letters count as one each."""
    return len(_WORDS.findall(plain(text)))


def _piece(part: str | Token, marks: Mapping[str, Mapping[str, Any]]) -> Piece:
    if isinstance(part, str):
        return Piece(part)
    mark = marks.get(part.number, {})
    return Piece(part.text, is_mark=True, element=mark.get("element", ""), href=mark.get("href", ""))
