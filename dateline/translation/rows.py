"""A job as the desk shows it: blocks of the page, in each the sentences side by side. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from dateline.translation.marks import Token, pieces

if TYPE_CHECKING:
    from dateline.translation.models import Segment
    from dateline.translation.queries.findings import Seen


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

    @property
    def shown(self) -> str:
        """The words in the field."""
        return self.segment.text if self.typed is None else self.typed

    @property
    def pieces(self) -> list[Piece]:
        """The source with its marks set apart."""
        return [_piece(part, self.segment.marks) for part in pieces(self.segment.source)]

    @property
    def lines(self) -> int:
        """A height that shows all of it before any script runs."""
        longest = max(len(self.segment.source), len(self.shown))
        return max(1, min(12, longest // 55 + 1))


@dataclass(frozen=True)
class BlockRows:
    """A block of the page."""

    number: int
    kind: str
    rows: list[Row]


def by_block(rows: Iterable[Row]) -> Iterator[BlockRows]:
    """Yield the rows of each block together."""
    for number, group in groupby(rows, key=lambda row: row.segment.block):
        together = list(group)
        yield BlockRows(number, together[0].segment.block_kind, together)


def _piece(part: str | Token, marks: Mapping[str, Mapping[str, Any]]) -> Piece:
    if isinstance(part, str):
        return Piece(part)
    mark = marks.get(part.number, {})
    return Piece(part.text, is_mark=True, element=mark.get("element", ""), href=mark.get("href", ""))
