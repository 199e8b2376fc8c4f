"""Which snapshots may lose their evidence: a plan, made without touching anything.

What somebody needs is never in it, nor the first and the last snapshot of a piece before its year is over. Everything
that is left goes by age; where the room is used up, the oldest go sooner, but nothing younger than a week.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple


@dataclass(frozen=True, kw_only=True)
class Rules:
    """How long evidence stays. whole_for: all of it; turns_for: the first, the last and what changed much of a piece.

    never_before: whatever the room, nothing younger is touched.
    """

    whole_for: timedelta = timedelta(days=30)
    turns_for: timedelta = timedelta(days=365)
    never_before: timedelta = timedelta(days=7)


RULES: Final = Rules()
AGE: Final = "age"
BUDGET: Final = "budget"


@dataclass(frozen=True, kw_only=True)
class Held:
    """A snapshot with its evidence. is_turn: the first or the last of its piece, or one that brought a weighty change.

    is_needed: somebody rests on its original. packed_bytes: what it costs.
    """

    snapshot: int
    fetched_at: datetime
    packed_bytes: int
    is_turn: bool
    is_needed: bool


class Thinned(NamedTuple):
    """A snapshot that may go, why (AGE, BUDGET), and what that frees."""

    snapshot: int
    why: str
    packed_bytes: int


def plan(held: Iterable[Held], *, now: datetime, over_bytes: int, rules: Rules = RULES) -> list[Thinned]:
    """Return what may go. over_bytes: how much is to be freed beyond what goes by age; 0 or less is nothing."""
    free = sorted((one for one in held if not one.is_needed), key=lambda one: (one.fetched_at, one.snapshot))
    by_age = [one for one in free if _is_over(one, now=now, rules=rules)]
    going = [Thinned(one.snapshot, AGE, one.packed_bytes) for one in by_age]
    freed = sum(one.packed_bytes for one in going)
    gone = {one.snapshot for one in going}
    return going + _for_room(
        [one for one in free if one.snapshot not in gone], over_bytes - freed, now=now, rules=rules
    )


def _is_over(one: Held, *, now: datetime, rules: Rules) -> bool:
    age = now - one.fetched_at
    return age > (rules.turns_for if one.is_turn else rules.whole_for)


def _for_room(free: Sequence[Held], wanted: int, *, now: datetime, rules: Rules) -> list[Thinned]:
    """Return what goes for room: first what was no turn, then turns, the oldest first."""
    going: list[Thinned] = []
    for one in sorted(free, key=lambda one: one.is_turn):  # stable: the oldest first within each
        if wanted <= 0:
            break
        if now - one.fetched_at > rules.never_before:
            going.append(Thinned(one.snapshot, BUDGET, one.packed_bytes))
            wanted -= one.packed_bytes
    return going


@dataclass(frozen=True, kw_only=True)
class Room:
    """How much room there is. used_bytes: by snapshots; grown_bytes: what came in the last `over` of time."""

    used_bytes: int
    budget_bytes: int
    disk_free_bytes: int
    disk_total_bytes: int
    disk_share: float
    grown_bytes: int
    over: timedelta

    @property
    def over_budget_bytes(self) -> int:
        """By how much snapshots are beyond their budget; 0 where they are within."""
        return max(0, self.used_bytes - self.budget_bytes)

    @property
    def over_disk_bytes(self) -> int:
        """By how much the disk is fuller than it may be, as far as that is by snapshots."""
        disk_used = self.disk_total_bytes - self.disk_free_bytes
        over = disk_used - int(self.disk_share * self.disk_total_bytes)
        return max(0, min(self.used_bytes, over))

    @property
    def over_bytes(self) -> int:
        """What must be freed to be within the budget and the share of the disk; 0 where nothing must."""
        return max(self.over_budget_bytes, self.over_disk_bytes)

    @property
    def left_bytes(self) -> int:
        """What may still come before either is reached."""
        disk_used = self.disk_total_bytes - self.disk_free_bytes
        on_disk = int(self.disk_share * self.disk_total_bytes) - disk_used
        return max(0, min(self.budget_bytes - self.used_bytes, on_disk))

    @property
    def days_left(self) -> int | None:
        """In how many days it is used up at the measured growth; None where nothing grows."""
        if self.grown_bytes <= 0:
            return None
        return int(self.left_bytes / (self.grown_bytes / (self.over / timedelta(days=1))))

    @property
    def disk_days_left(self) -> int | None:
        """In how many days the disk itself is full at that growth; None where nothing grows."""
        if self.grown_bytes <= 0:
            return None
        return int(self.disk_free_bytes / (self.grown_bytes / (self.over / timedelta(days=1))))


def read_bytes(text: str) -> int:
    """Return a size as people write it: `40GB`, `500 MB`, `1.5T`, `1000000`. Raises ValueError."""
    plain = text.strip().upper().removesuffix("IB").removesuffix("B").strip()
    power = "KMGT".find(plain[-1:]) + 1 if plain[-1:] in set("KMGT") else 0
    size = int(float(plain[:-1] if power else plain) * 1000**power)
    if size < 0:
        raise ValueError(f"{text!r} is no size: it is less than nothing")
    return size
