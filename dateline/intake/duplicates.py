"""The same text twice: exact, issued again, nearly the same, or a part of it reprinted."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

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
class _Kept:
    id: str
    print: Print
    host: str
    published_at: datetime | None


class Index:
    """Pieces by their runs of words. Holds no text; some 20 KB for a piece of 500 words."""

    def __init__(self) -> None:
        self._kept: list[_Kept] = []
        self._holders: dict[int, list[int]] = defaultdict(list)
        self._whole: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, piece: Piece) -> None:
        """Keep the piece, to be found by later ones."""
        self._keep(_Kept(piece.id, print_of(piece.text), piece.host, piece.published_at))

    def look_up(self, piece: Piece) -> Match | None:
        """Return the kept piece that `piece` repeats most of, or None where it is new."""
        return self._find(_Kept(piece.id, print_of(piece.text), piece.host, piece.published_at))

    def take(self, piece: Piece) -> Match | None:
        """Look `piece` up, then keep it: what is done with each one that comes in."""
        kept = _Kept(piece.id, print_of(piece.text), piece.host, piece.published_at)
        match = self._find(kept)
        self._keep(kept)
        return match

    def _keep(self, asked: _Kept) -> None:
        number = len(self._kept)
        self._kept.append(asked)
        if asked.print.size:
            self._whole.setdefault(asked.print.whole, number)
        for run in asked.print.all():
            holders = self._holders[run]
            if len(holders) < COMMON:
                holders.append(number)

    def _find(self, asked: _Kept) -> Match | None:
        if asked.print.size and asked.print.whole in self._whole:
            return _match(asked, self._kept[self._whole[asked.print.whole]], 1.0, 1.0)
        best = max(self._shares(asked), key=lambda found: (max(found[1:]), min(found[1:])), default=None)
        return _match(asked, *best) if best and max(best[1:]) >= CONTAINED else None

    def _shares(self, asked: _Kept) -> Iterator[tuple[_Kept, float, float]]:
        """Yield candidates with the share of the asked text that is in them, and of them that is in it."""
        for number in self._candidates(asked.print):
            other = self._kept[number]
            here, there = _comparable(asked.print, other.print)
            shared = here & there
            fewest = _FEWEST_SHARED_SHORT if asked.print.is_short and other.print.is_short else _FEWEST_SHARED
            if len(shared) >= fewest and _may_be_one(asked, other):
                yield (
                    other,
                    self._share(shared, here, host=asked.host, besides=number),
                    self._share(shared, there, host=other.host, besides=number),
                )

    def _candidates(self, asked: Print) -> list[int]:
        held: Counter[int] = Counter()
        for run in asked.all():
            holders = self._holders.get(run, ())
            if len(holders) < COMMON:
                held.update(holders)
        worth = ((self._rough_share(asked, number, count), number) for number, count in held.items())
        ranked = sorted((one for one in worth if one[0] >= _WORTH_A_LOOK), key=lambda one: (-one[0], one[1]))
        return [number for _, number in ranked[:_LOOKED_AT]]

    def _rough_share(self, asked: Print, number: int, count: int) -> float:
        here, there = _sizes(asked, self._kept[number].print)
        return count / max(1, min(here, there))

    def _share(self, shared: frozenset[int], of: frozenset[int], *, host: str, besides: int) -> float:
        """Return how much of the runs `of` is shared; one that the site prints everywhere weighs less."""
        if not host:
            return len(shared) / len(of)
        weights = {run: self._weight(run, host, besides) for run in of}
        total = sum(weights.values())
        return sum(weights[run] for run in shared) / total if total else 0.0

    def _weight(self, run: int, host: str, besides: int) -> float:
        holders = self._holders.get(run, ())
        if len(holders) >= COMMON:
            return 0.0
        on_site = sum(number != besides and self._kept[number].host == host for number in holders)
        return 1 / (1 + on_site)


def _may_be_one(asked: _Kept, other: _Kept) -> bool:
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


def _match(asked: _Kept, other: _Kept, of_this: float, of_other: float) -> Match:
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


def _kind(asked: _Kept, other: _Kept, contained: Contained) -> Kind:
    if contained is not Contained.BOTH:
        return Kind.PARTIAL
    if asked.host and asked.host == other.host:
        return Kind.REISSUED
    return Kind.EXACT if asked.print.whole == other.print.whole else Kind.NEAR


def _first(asked: _Kept, other: _Kept) -> str | None:
    if asked.published_at is None or other.published_at is None or asked.published_at == other.published_at:
        return None
    return min((asked, other), key=lambda kept: kept.published_at or datetime.max).id  # noqa: DTZ901
