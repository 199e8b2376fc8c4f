"""The same text twice: exact, issued again, nearly the same, or a part of it reprinted."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from dateline.intake.duplicates_print import Print, print_of

# From this share on, one text is said to be in the other.
CONTAINED: Final = 0.5
# From this share on both ways, they are one text with small changes.
NEARLY: Final = 0.6
# A run of words that so many pieces hold is a phrase of the trade, and says nothing.
COMMON: Final = 256
_FEWEST_SHARED = 3
_FEWEST_SHARED_SHORT = 8
_LOOKED_AT = 16
_FETCHED = 64
_WORTH_A_LOOK = 0.2


class Kind(StrEnum):
    """How two texts are the same; the words are those of the column and of the lab."""

    EXACT = "exact"
    REISSUED = "re-issued"
    NEAR = "near-duplicate"
    PARTIAL = "partial"


class Contained(StrEnum):
    """Which of two texts is in the other."""

    THIS = "this"
    OTHER = "other"
    BOTH = "both"


@dataclass(frozen=True)
class Piece:
    """A text with where and when it came out, as far as that is known."""

    id: str
    text: str
    host: str = ""
    published_at: datetime | None = None


@dataclass(frozen=True)
class Match:
    """The piece that an asked one repeats.

    containment: share of the smaller text that is in the other, 0 to 1, without what the site prints everywhere.
    contained: which one is in the other; `this` is the asked one. first: id of the one that came out first, or
    None where their times do not tell.
    """

    duplicate_of: str
    kind: Kind
    containment: float
    contained: Contained
    first: str | None


@dataclass(frozen=True)
class Kept:
    """What is remembered of a piece."""

    id: str
    print: Print
    host: str
    published_at: datetime | None


@dataclass(frozen=True)
class Holder:
    """A piece, by its number on the shelf, that holds a run of words, and the site that it is from."""

    number: int
    host: str


class Shelf(Protocol):
    """Where kept pieces are looked up: in memory for a file, in tables for the desk."""

    def same_words(self, whole: int) -> Kept | None:
        """Return the first kept piece with exactly these words."""

    def holders(self, runs: Collection[int]) -> Mapping[int, Sequence[Holder]]:
        """Return who holds each run, at most COMMON of them; runs that nobody holds may be left out."""

    def kept(self, numbers: Collection[int]) -> Mapping[int, Kept]:
        """Return the pieces with these numbers."""


def kept_of(piece: Piece) -> Kept:
    """Return what is remembered of `piece`."""
    return Kept(piece.id, print_of(piece.text), piece.host, piece.published_at)


def find(asked: Kept, shelf: Shelf) -> Match | None:
    """Return the kept piece that `asked` repeats most of, or None where it is new."""
    if asked.print.size and (same := shelf.same_words(asked.print.whole)):
        return _match(asked, same, 1.0, 1.0)
    best = max(_shares(asked, shelf), key=lambda found: (max(found[1:]), min(found[1:])), default=None)
    return _match(asked, *best) if best and max(best[1:]) >= CONTAINED else None


def _shares(asked: Kept, shelf: Shelf) -> Iterator[tuple[Kept, float, float]]:
    """Yield candidates with the share of the asked text that is in them, and of them that is in it."""
    holders = dict(shelf.holders(asked.print.all()))
    for number, other in _candidates(asked, shelf, holders):
        here, there = _comparable(asked.print, other.print)
        shared = here & there
        fewest = _FEWEST_SHARED_SHORT if asked.print.is_short and other.print.is_short else _FEWEST_SHARED
        if len(shared) >= fewest and _may_be_one(asked, other):
            holders.update(shelf.holders(there - holders.keys()) if other.host else {})
            yield (
                other,
                _share(shared, here, holders, host=asked.host, besides=number),
                _share(shared, there, holders, host=other.host, besides=number),
            )


def _candidates(asked: Kept, shelf: Shelf, holders: Mapping[int, Sequence[Holder]]) -> list[tuple[int, Kept]]:
    held: Counter[int] = Counter()
    for of_run in holders.values():
        if len(of_run) < COMMON:
            held.update(holder.number for holder in of_run)
    several = [number for number, count in held.items() if count >= _FEWEST_SHARED]
    enough = sorted(several, key=lambda number: (-held[number], number))[:_FETCHED]
    kept = shelf.kept(enough)
    worth = ((_rough_share(asked, kept[number], held[number]), number) for number in enough)
    ranked = sorted((one for one in worth if one[0] >= _WORTH_A_LOOK), key=lambda one: (-one[0], one[1]))
    return [(number, kept[number]) for _, number in ranked[:_LOOKED_AT]]


def _rough_share(asked: Kept, other: Kept, count: int) -> float:
    here, there = _sizes(asked.print, other.print)
    return count / max(1, min(here, there))


def _share(
    shared: frozenset[int],
    of: frozenset[int],
    holders: Mapping[int, Sequence[Holder]],
    *,
    host: str,
    besides: int,
) -> float:
    """Return how much of the runs `of` is shared; one that the site prints everywhere weighs less."""
    if not host:
        return len(shared) / len(of)
    weights = {run: _weight(holders.get(run, ()), host, besides) for run in of}
    total = sum(weights.values())
    return sum(weights[run] for run in shared) / total if total else 0.0


def _weight(holders: Sequence[Holder], host: str, besides: int) -> float:
    if len(holders) >= COMMON:
        return 0.0
    return 1 / (1 + sum(holder.number != besides and holder.host == host for holder in holders))


def _may_be_one(asked: Kept, other: Kept) -> bool:
    """Return False for two pieces of one site of which neither begins in the other: they share its frame."""
    if asked.host != other.host or (asked.print.is_short and other.print.is_short):
        return True
    return bool(asked.print.opening & other.print.sampled or other.print.opening & asked.print.sampled)


def _comparable(one: Print, other: Print) -> tuple[frozenset[int], frozenset[int]]:
    if one.is_short and other.is_short:
        return one.all(), other.all()
    return one.sampled, other.sampled


def _sizes(one: Print, other: Print) -> tuple[int, int]:
    if one.is_short and other.is_short:
        return len(one.sampled) + len(one.further), len(other.sampled) + len(other.further)
    return len(one.sampled), len(other.sampled)


def _match(asked: Kept, other: Kept, of_this: float, of_other: float) -> Match:
    contained = _contained(of_this, of_other)
    return Match(
        duplicate_of=other.id,
        kind=_kind(asked, other, contained),
        containment=round(max(of_this, of_other), 4),
        contained=contained,
        first=_first(asked, other),
    )


def _contained(of_this: float, of_other: float) -> Contained:
    if min(of_this, of_other) >= NEARLY:
        return Contained.BOTH
    return Contained.THIS if of_this >= of_other else Contained.OTHER


def _kind(asked: Kept, other: Kept, contained: Contained) -> Kind:
    if contained is not Contained.BOTH:
        return Kind.PARTIAL
    if asked.host and asked.host == other.host:
        return Kind.REISSUED
    return Kind.EXACT if asked.print.whole == other.print.whole else Kind.NEAR


def _first(asked: Kept, other: Kept) -> str | None:
    if asked.published_at is None or other.published_at is None or asked.published_at == other.published_at:
        return None
    return min((asked, other), key=lambda kept: kept.published_at or datetime.max).id  # noqa: DTZ901
