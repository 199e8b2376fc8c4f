"""Texts that came before, in memory: what the lab reads a file with. The desk has the same in tables."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from dateline.intake.duplicates import COMMON, Holder, Kept, Match, Piece, find, kept_of


class Index:
    """Pieces by their runs of words. Holds no text; some 20 KB for a piece of 500 words."""

    def __init__(self) -> None:
        self._kept: list[Kept] = []
        self._holders: dict[int, list[Holder]] = defaultdict(list)
        self._whole: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, piece: Piece) -> None:
        """Keep the piece, to be found by later ones."""
        self._keep(kept_of(piece))

    def look_up(self, piece: Piece) -> Match | None:
        """Return the kept piece that `piece` repeats most of, or None where it is new."""
        return find(kept_of(piece), self)

    def take(self, piece: Piece) -> Match | None:
        """Look `piece` up, then keep it: what is done with each one that comes in."""
        kept = kept_of(piece)
        match = find(kept, self)
        self._keep(kept)
        return match

    def same_words(self, whole: int) -> Kept | None:
        """Return the first piece with these words."""
        return self._kept[self._whole[whole]] if whole in self._whole else None

    def holders(self, runs: Collection[int]) -> Mapping[int, Sequence[Holder]]:
        """Return who holds each run."""
        return {run: self._holders[run] for run in runs if run in self._holders}

    def kept(self, numbers: Collection[int]) -> Mapping[int, Kept]:
        """Return the pieces with these numbers."""
        return {number: self._kept[number] for number in numbers}

    def _keep(self, kept: Kept) -> None:
        holder = Holder(len(self._kept), kept.host)
        self._kept.append(kept)
        if kept.print.size:
            self._whole.setdefault(kept.print.whole, holder.number)
        for run in kept.print.all():
            holders = self._holders[run]
            if len(holders) < COMMON:
                holders.append(holder)
