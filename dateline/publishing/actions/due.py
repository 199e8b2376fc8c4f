"""What is due and can wait for a moment: tags are raised, the files that carry them are due, and are made in order.

Everything stands in rows: a tag that was raised, a file that is due. They go when it is done, so that a crash loses
nothing, makes nothing twice, and a burst of changes makes each file once.
"""

import errno
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from dateline.lib.collector import seldom_collecting
from dateline.lib.crash import crash_point
from dateline.publishing.actions.making import TOGETHER, made_of
from dateline.publishing.actions.placing import put_all, sheaves, store
from dateline.publishing.leaf import Leaf
from dateline.publishing.models import Due, Raised
from dateline.publishing.queries.baked import OK, Errand, indexed_of, that_show_any
from dateline.publishing.queries.due import DAY, carriers, entered_by, looked_at, not_listed, of_other_days
from dateline.publishing.queries.press import Press, open_press
from dateline.publishing.recipes import RECIPES, sitemap
from dateline.publishing.stores.claims import Claims
from dateline.publishing.stores.disk import DiskStore
from dateline.work.actions import enqueue_by_name
from dateline.work.progress import should_stop

Progress = Callable[[int, int, str], None]
Between = Callable[[], object]
Trouble = tuple[Errand, Exception]
Sheafed = tuple[Errand, list[Leaf]]

_ROWS: Final = 500
# So many batches are made with what one press knows: a longer run would keep too much in memory.
_BATCHES: Final = 20
# So many batches are looked at for one that nobody has claimed: no more workers find work at once.
_AHEAD: Final = 8
# In the long tail: what many look at first, then the pieces, then what is made from pieces.
_FIRST: Final = ("home", "newest", "section", "topic", "contributor", "plain", "gone", "chooser")
FIRST_OF_ALL: Final = "newest"
_LAST: Final = (
    "feed",
    "api",
    "fediverse",
    "card",
    "republish",
    "corrections",
    "records",
    "sitemap",
    "news-sitemap",
)
_IN_SITEMAP: Final = frozenset(kind for kind, recipe in RECIPES.items() if recipe.is_in_sitemap)
_SITEMAPS: Final = (Errand("sitemap", sitemap.WHOLE), Errand("sitemap", sitemap.PAGES))
WHOLE: Final = "the whole site was to be made"
# The words of so many versions are remembered from press to press.
_LENGTHS: Final = 20_000
_FULL: Final = (errno.ENOSPC, errno.EDQUOT)


class NotAllBaked(RuntimeError):
    """Some pages could not be made. `troubles` says which, and why; all others stand."""

    def __init__(self, troubles: list[Trouble]) -> None:
        self.troubles = troubles
        first, why = troubles[0]
        super().__init__(
            f"{len(troubles)} of the pages could not be made; their old ones stand. "
            f"The first is {first.kind} {first.key}: {type(why).__name__}: {why}"
        )


class NoRoom(RuntimeError):
    """The disk is full, or a limit on it is reached: readers keep the old pages, and what is missing stays due."""


def raise_tags(*tags: str) -> None:
    """Have all files made again that rest on what these tags name. Call it in the transaction that changes it."""
    if tags:
        now = timezone.now()
        Raised.objects.bulk_create([Raised(tag=tag, at=now) for tag in dict.fromkeys(tags)])
        enqueue_by_name("publishing.bake_due")


def mark_due(errands: Iterable[Errand], *, why: str, in_order: bool = False, is_last: bool = False) -> None:
    """Write down what is to be made again. in_order: in that of the recipes, as where nothing stands yet.

    The newest of the moment go before all others there: every page asks for them as soon as it stands. is_last: after
    all others; what is due already stays where it is in the order.
    """
    order = sorted(RECIPES, key=lambda kind: kind != FIRST_OF_ALL)
    place = (lambda _kind: len(order)) if is_last else order.index if in_order else rank_of
    turn = uuid.uuid4()
    rows = [
        Due(
            kind=one.kind,
            key=one.key,
            rank=place(one.kind),
            turn=turn,
            why=why[:200],
        )
        for one in dict.fromkeys(errands)
        if one.kind in RECIPES
    ]
    Due.objects.bulk_create(
        rows,
        batch_size=_ROWS,
        update_conflicts=True,
        unique_fields=["kind", "key"],
        update_fields=["turn", "why"] if is_last else ["turn", "why", "rank"],
    )


def renew_looked_at(*, now: datetime) -> int:
    """Have the pages made again that readers look at, for those without script. Returns how many. Once a day."""
    errands = list(looked_at(open_press(now=now)))
    if errands:
        with transaction.atomic():
            mark_due(errands, why="it was opened within a week, and what stands beside it is of another day")
            enqueue_by_name("publishing.bake_due")
    return len(errands)


def rank_of(kind: str) -> int:
    """Return which place a kind has in the long tail."""
    if kind in _FIRST:
        return _FIRST.index(kind)
    return len(_FIRST) + 1 + (_LAST.index(kind) if kind in _LAST else -1)


def settle_raised(press: Press) -> int:
    """Find what the tags that were raised make due, and write it down in their place. Returns how many files."""
    with transaction.atomic():
        raised = list(Raised.objects.order_by("pk"))
        if not raised:
            return 0
        tags = list(dict.fromkeys(row.tag for row in raised))
        errands = dict.fromkeys([*carriers(press, tags), *entered_by(press, tags)])
        if DAY in tags:
            errands |= dict.fromkeys(of_other_days(press))
        mark_due(errands, why=f"{', '.join(tags[:5])} changed")
        Raised.objects.filter(pk__in=[row.pk for row in raised]).delete()
    crash_point("publishing.raised-settled")
    return len(errands)


def bake_due(*, now: datetime, progress: Progress | None = None, between: Between | None = None) -> int:
    """Make what raised tags and earlier runs have left due. Returns how many files changed.

    Raises NotAllBaked, NoRoom.
    """
    settle_raised(open_press(now=now))
    return drain(now=now, progress=progress, between=between)


def drain(
    *,
    now: datetime,
    progress: Progress | None = None,
    is_synced: bool = True,
    between: Between | None = None,
) -> int:
    """Make everything that is due, a few files at a time. Returns how many changed. Raises NotAllBaked, NoRoom.

    Several runs share the work: what one has claimed no other makes. It ends when nothing is left to claim. between:
    called after each few, so that what is urgent waits for no more than these.
    """
    changed, done, batches = 0, 0, 0
    troubles: dict[int, Trouble] = {}
    total = Due.objects.count()
    press = open_press(now=now)
    if Due.objects.filter(kind__in=_IN_SITEMAP).exists():
        # Before, so that a crash does not forget it where pages stand and nobody could tell any more how they were.
        mark_due(_SITEMAPS, why="pages that it names are made", is_last=True)
    with store().claims() as claims, seldom_collecting():
        while rows := _next(troubles.keys(), claims):
            if should_stop():
                break
            files, failed = _make(press, rows, is_synced=is_synced)
            claims.give_back()
            changed, done, batches = changed + files, done + len(rows), batches + 1
            troubles |= failed
            if progress:
                progress(min(done, total), max(done, total), f"{rows[-1].kind} {rows[-1].key}")
            if between:
                between()
            if batches % _BATCHES == 0:
                press = _opened_anew(press)
    if troubles:
        first = next(iter(troubles.values()))
        raise NotAllBaked(list(troubles.values())) from first[1]
    return changed


def _opened_anew(before: Press) -> Press:
    """Return a press that reads all anew but the lengths of texts, which a version of a piece keeps."""
    press = open_press(now=before.now)
    if len(before.words) < _LENGTHS:
        press.words = before.words
    return press


def _next(failed: Collection[int], claims: Claims) -> list[Due]:
    """Claim the next few that are of one kind and due for one reason, and that no other run has claimed."""
    waiting = Due.objects.exclude(pk__in=list(failed)) if failed else Due.objects.all()
    in_order, claimed = waiting.order_by("rank", "pk"), list[Due]()
    for start in range(0, TOGETHER * _AHEAD, TOGETHER):
        for row in in_order[start : start + TOGETHER]:
            is_alike = not claimed or (row.kind, row.why) == (claimed[0].kind, claimed[0].why)
            if is_alike and claims.take(row.pk):
                claimed.append(row)
        if claimed:
            break
    # What another run has made between our look and our claim is gone, or stands there for another wish.
    rows = Due.objects.in_bulk([row.pk for row in claimed])
    still = [rows[row.pk] for row in claimed if row.pk in rows]
    return still if still or not claimed else _next(failed, claims)


def _make(press: Press, rows: Sequence[Due], *, is_synced: bool) -> tuple[int, dict[int, Trouble]]:
    errands = [Errand(row.kind, row.key) for row in rows]
    is_told = rows[0].kind in _IN_SITEMAP
    stood = indexed_of(rows[0].kind, [one.key for one in errands]) if is_told else {}
    changed, made, failed = bake_together(press, errands, why=rows[0].why, is_synced=is_synced)
    troubles = {
        row.pk: (errand, failed[errand])
        for row, errand in zip(rows, errands, strict=True)
        if errand in failed
    }
    if is_told:
        _tell_the_sitemap(stood, made)
    _settle(rows, troubles)
    _make_again_what_went(press, made)
    return changed, troubles


def bake_together(
    press: Press, errands: Sequence[Errand], *, why: str, is_synced: bool = True
) -> tuple[int, list[Sheafed], dict[Errand, Exception]]:
    """Make the files of a few errands. Returns how many changed, what was made, and what could not be, with why."""
    disk = store(is_synced=is_synced)
    failed: dict[Errand, Exception] = {}
    made: list[Sheafed] = []
    with disk.holding_all([f"{one.kind}:{one.key}" for one in errands]):
        for errand, leaves in made_of(press, errands):
            if isinstance(leaves, Exception):
                failed[errand] = leaves
            else:
                made.append((errand, leaves))
        changed, unplaced = _placed(disk, made, now=press.now, why=why)
    return changed, made, failed | unplaced


def _placed(
    disk: DiskStore, made: Sequence[Sheafed], *, now: datetime, why: str
) -> tuple[int, dict[Errand, Exception]]:
    """Put files in place; where one cannot be, each by itself, so that it keeps no other from its place."""
    try:
        return put_all(disk, sheaves(made), now=now, why=why), {}
    except OSError as error:
        if error.errno in _FULL:
            raise NoRoom(
                "There is no room left for pages. Readers keep the old ones; make room, and the rest is made by itself."
            ) from error
        if len(made) == 1:
            return 0, {made[0][0]: error}
    each = [_placed(disk, [one], now=now, why=why) for one in made]
    return sum(changed for changed, _failed in each), {
        errand: error for _changed, failed in each for errand, error in failed.items()
    }


def _settle(rows: Sequence[Due], troubles: Mapping[int, Trouble]) -> None:
    """Strike out what was made. What became due again meanwhile has another turn, and stays."""
    crash_point("publishing.before-settled")
    done = [row.pk for row in rows if row.pk not in troubles]
    Due.objects.filter(pk__in=done, turn__in={row.turn for row in rows}).delete()
    for key, (_errand, error) in troubles.items():
        Due.objects.filter(pk=key).update(trouble=f"{type(error).__name__}: {error}")


def _tell_the_sitemap(stood: Mapping[str, Mapping[str, datetime | None]], made: Iterable[Sheafed]) -> None:
    """Have it made again where a page that it names came, went or has another last change, whatever was the cause."""
    for errand, leaves in made:
        if stood[errand.key] != {
            leaf.path: leaf.changed_at for leaf in leaves if leaf.is_indexed and leaf.status == OK
        }:
            mark_due(_SITEMAPS, why="a page that it names came, went or changed", is_last=True)
            return


def _make_again_what_went(press: Press, made: Iterable[Sheafed]) -> None:
    """A piece that was taken down while pages with it were made: whoever took it down could not know of them."""
    shown = {piece for _errand, leaves in made for leaf in leaves for piece in leaf.shows | leaf.present}
    gone = not_listed(shown)
    if gone:
        press.newest.clear()
        mark_due(that_show_any(gone), why="a piece on it was taken down while it was made")
