"""Telling the cache in front of us what has changed: wishes as rows, carried out by a worker, tried until heard.

A wish is written after the file was put in place, so the cache that comes at once gets the new one. A file that
changes again while its purge is under way has another time in its row, and is purged once more.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F

from dateline.lib.text import cut
from dateline.publishing.leaf import file_of
from dateline.publishing.models import Copy, PurgeWish
from dateline.publishing.purgers import chosen
from dateline.publishing.purgers.base import PurgeFailed, Purger
from dateline.publishing.stores.elsewhere import has_elsewhere
from dateline.work.actions import enqueue_by_name

TASK: Final = "publishing.purge"
# More than this is asked for as everything, where the site is asked at once: one request instead of thousands.
EVERYTHING_FROM: Final = 2_000
_LONGEST_TROUBLE: Final = 500


@transaction.atomic
def purge_soon(paths: Iterable[str], *, now: datetime) -> int:
    """Write down that these paths changed, and have a worker tell the cache. Returns how many; 0 without a cache."""
    wanted = sorted(set(paths))
    if not wanted or not _stands_in_front():
        return 0
    PurgeWish.objects.bulk_create(
        [PurgeWish(path=path, asked_at=now) for path in wanted],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=["asked_at"],
    )
    enqueue_by_name(TASK)
    return len(wanted)


def purge_those_due() -> int:
    """Tell the cache of all that wait. Returns how many it heard. Raises PurgeFailed; what was not heard waits on."""
    purger = chosen()
    if purger is None:
        return PurgeWish.objects.all().delete()[0]
    wishes = _that_can_be_heard()
    if len(wishes) >= EVERYTHING_FROM:
        return _carried_out(wishes, purger.purge_all)
    heard = 0
    for begin in range(0, len(wishes), purger.most):
        some = wishes[begin : begin + purger.most]
        heard += _carried_out(some, partial(purger.purge, _addresses(some)))
    return heard


def purge_everything() -> None:
    """Have the cache forget the whole site, now. Raises PurgeFailed, where there is no cache as well."""
    purger: Purger | None = chosen()
    if purger is None:
        raise PurgeFailed("No cache stands in front of the site: DATELINE_PURGE is not set.")
    _carried_out(list(PurgeWish.objects.all()), purger.purge_all)


def _carried_out(wishes: Sequence[PurgeWish], purge: Callable[[], None]) -> int:
    try:
        purge()
    except PurgeFailed as error:
        rows = PurgeWish.objects.filter(pk__in=[one.pk for one in wishes])
        rows.update(tries=F("tries") + 1, trouble=cut(str(error), _LONGEST_TROUBLE))
        raise
    return sum(PurgeWish.objects.filter(pk=one.pk, asked_at=one.asked_at).delete()[0] for one in wishes)


def _that_can_be_heard() -> list[PurgeWish]:
    """A cache in front of a store elsewhere would fetch the old file again before the new one was brought there."""
    wishes = list(PurgeWish.objects.all())
    if not has_elsewhere():
        return wishes
    waiting = set(Copy.objects.filter(is_due=True).values_list("name", flat=True))
    return [one for one in wishes if file_of(one.path) not in waiting]


def _addresses(wishes: Iterable[PurgeWish]) -> list[str]:
    return [f"{settings.DATELINE_URL}{one.path}" for one in wishes]


def _stands_in_front() -> bool:
    try:
        return chosen() is not None
    except PurgeFailed:
        return True  # a setting that cannot be read is told by the worker, and forgets nothing
