"""Bringing baked files to a store elsewhere: wishes as rows, carried out in order by one worker, tried until taken.

Our own disk is the press's: what stands there is exact and changes at one stroke. A store elsewhere follows it. It
cannot change a set at once, so it follows in order: what was taken back first, what others lead to before them. What
is brought is read while no stroke is under way, so that no list comes with a piece that was not yet asked for.
"""

import time
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F

from dateline.lib.text import cut
from dateline.publishing.leaf import file_of
from dateline.publishing.models import Copy
from dateline.publishing.parcels import BESIDE, pictures_of
from dateline.publishing.queries.copies import (
    Box,
    box_of,
    differing,
    next_due,
    of_program,
    ranks_of,
    redirects_by_name,
    stands_here,
    wandering,
)
from dateline.publishing.stores.base import Store, StoreBusy, StoreFailed
from dateline.publishing.stores.disk import DiskStore
from dateline.publishing.stores.elsewhere import elsewhere, has_elsewhere
from dateline.rights.models import Withdrawal
from dateline.work.actions import enqueue_by_name
from dateline.work.progress import should_stop

TASK: Final = "publishing.bring"
# A store that asks us to go slower is asked again after so many seconds, then by the next job.
PAUSES: Final = (0.5, 1.0, 2.0, 4.0, 8.0)
# So many files that it does not take for reasons of their own, and it is the store itself.
MOST_REFUSED: Final = 10
_LONGEST_TROUBLE: Final = 500

Wait = Callable[[float], object]


class NotBroughtYet(RuntimeError):
    """The store elsewhere may still show a piece that was taken back."""


def bring_soon(paths: Iterable[str], *, now: datetime) -> int:
    """Have the files at these addresses brought to the store elsewhere, or taken away there. Returns how many."""
    if not has_elsewhere():
        return 0
    names = sorted({file_of(path) for path in paths})
    return ask_for(ranks_of(names), now=now) if names else 0


@transaction.atomic
def ask_for(ranks: Mapping[str, int], *, now: datetime) -> int:
    """Write down that some files have to be brought, by their names and ranks. Returns how many."""
    turn = uuid.uuid4()
    Copy.objects.bulk_create(
        [Copy(name=name, rank=rank, is_due=True, turn=turn, asked_at=now) for name, rank in ranks.items()],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["rank", "is_due", "turn", "asked_at"],
    )
    if ranks:
        enqueue_by_name(TASK)
    return len(ranks)


def bring_those_due(*, now: datetime, since: datetime | None = None, wait: Wait = time.sleep) -> int:
    """Bring what waits, in order. Returns how many files changed there; 0 where another is at it.

    since: only what was asked for from then on. Raises StoreFailed; what was not taken waits on, and says why.
    """
    store = elsewhere()
    if store is None:
        return Copy.objects.all().delete()[0] and 0
    disk = DiskStore(settings.HOME.site)
    with disk.bringing() as is_ours:
        if not is_ours:
            return 0
        if since is None:
            ask_for(_program_and_redirects(), now=now)
        brought = _Round(store, disk, now=now, since=since, wait=wait).all_brought()
    if brought:
        enqueue_by_name("publishing.purge")
    return brought


def compare_elsewhere(*, now: datetime) -> int:
    """Ask for what differs between what stands here and what was brought. Returns how many files. Each hour."""
    if not has_elsewhere():
        return 0
    return ask_for({**ranks_of(sorted(differing())), **_program_and_redirects()}, now=now)


def compare_with_its_list(*, now: datetime) -> tuple[int, list[str]]:
    """Ask for what the store itself has otherwise than it was given. Returns how many files, and keys not of ours.

    Raises StoreFailed, where there is no store as well.
    """
    store = elsewhere()
    if store is None:
        raise StoreFailed("There is no store elsewhere: DATELINE_STORE is not set.")
    lost, strangers = wandering(dict(store.listing()))
    for name, parts in lost.items():
        Copy.objects.filter(name=name).update(parts=parts)  # what was seen of it is forgotten, too
    return compare_elsewhere(now=now), strangers


def take_from_elsewhere(*, withdrawals: Sequence[Withdrawal], now: datetime) -> None:
    """Let the store elsewhere forget some pieces. Safe to repeat. Raises NotBroughtYet, StoreFailed."""
    if not has_elsewhere():
        return
    since = min(one.at for one in withdrawals)
    bring_those_due(now=now, since=since)
    left = Copy.objects.filter(is_due=True, asked_at__gte=since)
    if left.exists():
        raise NotBroughtYet(
            f"“{withdrawals[0].title}” may still stand in the store elsewhere: {left.count()} files wait to be brought."
        )


def _program_and_redirects() -> dict[str, int]:
    return {**dict.fromkeys(of_program(), BESIDE), **ranks_of(sorted(redirects_by_name(only_new=True)))}


class _Round:
    """One run over what waits."""

    def __init__(
        self, store: Store, disk: DiskStore, *, now: datetime, since: datetime | None, wait: Wait
    ) -> None:
        self._store, self._disk = store, disk
        self._now, self._since, self._wait = now, since, wait
        self._refused: dict[int, StoreFailed] = {}
        self._pauses = iter(PAUSES)

    def all_brought(self) -> int:
        brought = 0
        while not should_stop():
            with self._disk.changing():
                rows = next_due(since=self._since, but=self._refused.keys())
                boxes = [box_of(row.name) for row in rows]
            if not rows:
                break
            missing = self._pictures_to_come(boxes)
            if missing:
                ask_for(dict.fromkeys(missing, BESIDE), now=self._now)
                continue
            brought += self._brought(rows, boxes)
            if len(self._refused) >= MOST_REFUSED:
                break
        if self._refused:
            raise next(iter(self._refused.values()))
        return brought

    def _pictures_to_come(self, boxes: Sequence[Box]) -> list[str]:
        """Pictures that these pages show and that were never brought: they go before them."""
        shown = {
            name
            for box in boxes
            if "" in box.parcels and box.parcels[""].content_type.startswith("text/html")
            for name in pictures_of(box.parcels[""].content)
        }
        known = set(Copy.objects.filter(name__in=shown).values_list("name", flat=True))
        return sorted(name for name in shown - known if stands_here(name))

    def _brought(self, rows: Sequence[Copy], boxes: Sequence[Box]) -> int:
        with ThreadPoolExecutor(max_workers=self._store.at_once) as pool:
            tried = list(pool.map(self._carried, rows, boxes))
        busy: StoreBusy | None = None
        changed = 0
        for row, box, (parts, trouble) in zip(rows, boxes, tried, strict=True):
            _write_down(row, box, parts, trouble)
            if isinstance(trouble, StoreBusy):
                busy = trouble
            elif trouble is not None:
                self._refused[row.pk] = trouble
            changed += parts != row.parts
        if busy is not None:
            self._pause(busy)
        return changed

    def _carried(self, row: Copy, box: Box) -> tuple[dict[str, str], StoreFailed | None]:
        """Bring one file: what differs of it, and nothing else. Returns what stands there then."""
        parts = dict(row.parts)
        try:
            for suffix, parcel in box.parcels.items():
                if parts.get(suffix) != parcel.print:
                    self._store.put(parcel)
                    parts[suffix] = parcel.print
            for suffix in sorted(parts.keys() - box.parcels.keys() - box.told.keys()):
                if suffix in _OF_OBJECTS:
                    self._store.remove(row.name + suffix)
                del parts[suffix]
        except StoreFailed as error:
            return parts, error
        return {**parts, **box.told}, None

    def _pause(self, busy: StoreBusy) -> None:
        pause = next(self._pauses, None)
        if pause is None:
            raise busy
        self._wait(pause)


_OF_OBJECTS: Final = ("", ".br", ".zst", ".gz")


def _write_down(row: Copy, box: Box, parts: Mapping[str, str], trouble: StoreFailed | None) -> None:
    """What was asked for again meanwhile has another turn, and stays due."""
    rows = Copy.objects.filter(pk=row.pk)
    if trouble is not None:
        words = cut(str(trouble), _LONGEST_TROUBLE)
        rows.update(parts=parts, tries=F("tries") + 1, trouble=words)
        return
    same = rows.filter(turn=row.turn)
    if not box.parcels and same.delete()[0]:
        return
    if not same.update(parts=parts, is_due=False, tries=0, trouble=""):
        rows.update(parts=parts, tries=0, trouble="")
