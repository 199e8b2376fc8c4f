"""Brotli 11 and zstd, made long after a page was: in the background, and never before anything else that waits.

What has its zstd form is done: it is laid beside last. A page that changes meanwhile keeps the forms of its making.
"""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from dateline.publishing.actions.bringing import bring_soon
from dateline.publishing.models import BakedFile
from dateline.publishing.stores.disk import BACKSTAGE, DiskStore
from dateline.publishing.stores.squeezing import squeezing
from dateline.work.progress import should_stop

# What changes all the time (the home page on a busy day) is not worth it.
SETTLED_AFTER: Final = timedelta(minutes=10)
SLICE_SECONDS: Final = 20.0
_ROWS: Final = 500


def squeeze(
    *,
    now: datetime,
    before: int | None = None,
    seconds: float = SLICE_SECONDS,
    is_wanted_elsewhere: Callable[[], bool] = lambda: False,
) -> tuple[int, int | None]:
    """Make the smallest forms of some files, the newest rows first. Returns how many, and where to go on.

    It goes on at None where the end was reached. before: where an earlier call has ended. is_wanted_elsewhere: asked
    after each file; if so, it ends. Raises OSError.
    """
    disk = DiskStore(settings.HOME.site)
    ends, made, at = time.monotonic() + seconds, [], before
    with squeezing(disk.root / BACKSTAGE / "squeezing") as squeezer:
        for number, path, name, errand in _settled(now, before):
            held = disk.unsqueezed(name)
            if held is None:
                at = number
                continue
            if time.monotonic() > ends or should_stop() or is_wanted_elsewhere():
                break
            forms = squeezer.press(disk.root / name)
            with disk.holding(errand):
                if forms and disk.press_down(name, forms, stamp=held):
                    made.append(path)
            at = number
        else:
            at = None
    bring_soon(made, now=now)
    return len(made), at


def _settled(now: datetime, before: int | None) -> Iterator[tuple[int, str, str, str]]:
    """Rows of files that have stood for a while, from the last to the first: number, address, file, lock."""
    rows = BakedFile.objects.filter(baked_at__lt=now - SETTLED_AFTER).order_by("-pk")
    at = before
    while True:
        some = rows if at is None else rows.filter(pk__lt=at)
        found = list(some.values_list("pk", "path", "file", "kind", "key")[:_ROWS])
        if not found:
            return
        for number, path, file, kind, key in found:
            yield number, path, file, f"{kind}:{key}"
        at = found[-1][0]
