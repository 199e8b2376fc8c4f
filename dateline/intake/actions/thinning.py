"""Thinning out what nobody needs any more: the evidence goes, its row stays with the text, the hashes and why.

First it is written down what is to go; then, one by one under a lock of the original, everybody who may need it is
asked once more, and the files are taken away. Killed anywhere, the next run goes on where this one was.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Max, Min, Q

from dateline.intake.actions.keeping import disk
from dateline.intake.keepers import KeeperSilent, grounds
from dateline.intake.models import Change, Entry, FurtherPage, Original, Snapshot
from dateline.intake.models.snapshot import SnapshotQuerySet
from dateline.intake.queries.room import BadBudget, room
from dateline.intake.snapshots import SnapshotStore
from dateline.intake.snapshots_thinning import BUDGET, RULES, Held, Rules, Thinned, plan
from dateline.lib.crash import crash_point

CHUNK: Final = 1_000
WEIGHTY: Final = 40  # a change from here on is a turn of its piece
JUST_KEPT: Final = timedelta(hours=1)


@dataclass
class Thinning:
    """What a run did, or in a dry run would do. trouble: why it did nothing, or stopped."""

    gone: list[Thinned] = field(default_factory=list)
    trouble: str = ""

    @property
    def freed_bytes(self) -> int:
        """What it freed."""
        return sum(one.packed_bytes for one in self.gone)


def thin(
    *,
    now: datetime,
    store: SnapshotStore | None = None,
    is_dry: bool = False,
    rules: Rules = RULES,
    most: int | None = None,
) -> Thinning:
    """Thin out what is over its time, and what the room asks for. Nothing goes where a keeper is silent.

    is_dry: only say what would go. most: snapshots in this run, None for all.
    """
    done = Thinning()
    try:
        grounds([])
        if not is_dry:
            finish(now=now, store=store)
        for chunk in _stages(done, now=now, rules=rules):
            left = chunk if most is None else chunk[: max(0, most - len(done.gone))]
            done.gone += left if is_dry else _carried_out(left, now=now, store=store or disk())
            if most is not None and len(done.gone) >= most:
                break
    except (KeeperSilent, BadBudget) as error:
        done.trouble = str(error)
    return done


def finish(*, now: datetime, store: SnapshotStore | None = None) -> int:
    """Go on with what an earlier run was killed at; return how many that were. Raises KeeperSilent."""
    begun = list(Snapshot.objects.filter(state=Snapshot.State.THINNING).values_list("pk", flat=True))
    for snapshot in begun:
        _take_away(snapshot, now=now, store=store or disk())
    return len(begun)


def _stages(done: Thinning, *, now: datetime, rules: Rules) -> Iterator[list[Thinned]]:
    """Yield what is to go in chunks: by age, then for room, first what was no turn of its piece."""
    for held in _chunks(Snapshot.objects.filter(fetched_at__lt=now - rules.whole_for)):
        yield plan(held, now=now, over_bytes=0, rules=rules)
    wanted = room(now=now).over_bytes
    before = done.freed_bytes
    seen = {one.snapshot for one in done.gone}  # in a dry run they are still there
    for is_turn in (False, True):
        for held in _chunks(Snapshot.objects.filter(fetched_at__lt=now - rules.never_before)):
            over = wanted - (done.freed_bytes - before)
            if over <= 0:
                return
            free = [one for one in held if one.is_turn == is_turn and one.snapshot not in seen]
            yield [one for one in plan(free, now=now, over_bytes=over, rules=rules) if one.why == BUDGET]


def _chunks(snapshots: SnapshotQuerySet) -> Iterator[list[Held]]:
    """Yield those that are whole, the oldest first, a thousand at a time."""
    last: Snapshot | None = None
    while rows := _rows(snapshots, after=last):
        last = rows[-1]
        needed = needed_among({row.original_id for row in rows})
        turns = _turns(rows)
        yield [
            Held(
                snapshot=row.pk,
                fetched_at=row.fetched_at,
                packed_bytes=row.packed_size,
                is_turn=row.pk in turns,
                is_needed=row.original_id in needed,
            )
            for row in rows
        ]


def _rows(snapshots: SnapshotQuerySet, *, after: Snapshot | None) -> list[Snapshot]:
    rows = snapshots.whole().order_by("fetched_at", "pk")
    if after is not None:
        rows = rows.filter(
            Q(fetched_at__gt=after.fetched_at) | Q(fetched_at=after.fetched_at, pk__gt=after.pk)
        )
    return list(rows.only("pk", "fetched_at", "original_id", "packed_size")[:CHUNK])


def _turns(rows: Sequence[Snapshot]) -> frozenset[int]:
    """Return those that are the first or the last of their piece, or that brought a weighty change."""
    pieces = Snapshot.objects.filter(original__in={row.original_id for row in rows}).order_by()
    ends = pieces.values("original").annotate(first=Min("pk"), last=Max("pk"))
    found = {pk for row in ends for pk in (row["first"], row["last"])}
    weighty = Change.objects.filter(after__in=rows, weight__gte=WEIGHTY).values_list("after", flat=True)
    return frozenset(found) | frozenset(pk for pk in weighty if pk is not None)


def needed_among(originals: Collection[int]) -> frozenset[int]:
    """Return those on which somebody rests, or whose change nobody has answered. Raises KeeperSilent."""
    unanswered = Change.objects.open().filter(original__in=originals).values_list("original", flat=True)
    return frozenset(grounds(originals)) | frozenset(unanswered)


def _carried_out(going: list[Thinned], *, now: datetime, store: SnapshotStore) -> list[Thinned]:
    """Write down what is to go, and take it away one by one; return what went."""
    for why in {one.why for one in going}:
        chosen = [one.snapshot for one in going if one.why == why]
        Snapshot.objects.whole().filter(pk__in=chosen).update(state=Snapshot.State.THINNING, thinned_why=why)
    crash_point("intake.thinning-begun")
    return [one for one in going if _take_away(one.snapshot, now=now, store=store)]


@transaction.atomic
def _take_away(pk: int, *, now: datetime, store: SnapshotStore) -> bool:
    """Take the evidence of a snapshot away if still nobody needs it; else it stays whole. Raises KeeperSilent."""
    snapshot = Snapshot.objects.get(pk=pk)
    # Whoever picks the original meanwhile waits for this lock, or is seen by the keepers.
    Original.objects.select_for_update().get(pk=snapshot.original_id)
    bodies = [snapshot.sha256, *snapshot.further.values_list("sha256", flat=True)]
    alone = [sha256 for sha256 in bodies if not _is_shared(sha256, snapshot)]
    is_kept = snapshot.original_id in needed_among([snapshot.original_id]) or any(
        store.forget(sha256, untouched_since=(now - JUST_KEPT).timestamp()) is None for sha256 in alone
    )
    crash_point("intake.evidence-gone")
    if is_kept:
        snapshot.state, snapshot.thinned_why = Snapshot.State.WHOLE, ""
    else:
        snapshot.state, snapshot.thinned_at = Snapshot.State.THINNED, now
    snapshot.save(update_fields=["state", "thinned_why", "thinned_at"])
    return not is_kept


def _is_shared(sha256: str, snapshot: Snapshot) -> bool:
    """Whether something else that still has its evidence rests on the same body."""
    others = Snapshot.objects.exclude(pk=snapshot.pk).exclude(state=Snapshot.State.THINNED)
    further = FurtherPage.objects.exclude(snapshot=snapshot).exclude(snapshot__state=Snapshot.State.THINNED)
    waiting = Entry.objects.filter(raw_sha256=sha256).exclude(state=Entry.State.TAKEN)
    return others.filter(sha256=sha256).exists() or further.filter(sha256=sha256).exists() or waiting.exists()
