"""Counting views: added up in the process, written every few seconds, many pieces at once.

A process that dies takes the seconds since its last writing along; nothing is counted twice.
"""

import atexit
import logging
import threading
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone

from dateline.articles.models import Article
from dateline.audience.models import ViewsBefore, ViewsOfDay
from dateline.site.queries import identity, zone

logger = logging.getLogger(__name__)

FLUSH_SECONDS: Final = 5.0
# More different pieces than a site opens in some seconds: whoever makes numbers up fills no memory.
MOST_PIECES: Final = 5_000


@transaction.atomic
def count_views(*, seen: Mapping[UUID, int], now: datetime) -> int:
    """Add views of today; what is no live piece of ours is left out. Returns how many were added."""
    live = set(Article.objects.live().filter(uid__in=list(seen)).order_by().values_list("uid", flat=True))
    day = now.astimezone(zone(identity())).date()
    ViewsOfDay.objects.bulk_create(
        [ViewsOfDay(piece=piece, day=day) for piece in sorted(live)], ignore_conflicts=True
    )
    for piece in sorted(live):
        ViewsOfDay.objects.filter(piece=piece, day=day).update(count=F("count") + seen[piece])
    return sum(seen[piece] for piece in live)


def begin_with(*, piece: UUID, views: int) -> ViewsBefore:
    """Enter how often a piece was opened at the site that it was brought from; said again, it is replaced."""
    row, _made = ViewsBefore.objects.update_or_create(piece=piece, defaults={"count": views})
    return row


class Tally:
    """The views of a process that are not written yet."""

    def __init__(self, *, seconds: float = FLUSH_SECONDS) -> None:
        self._seconds = seconds
        self._seen: Counter[UUID] = Counter()
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None

    def note(self, piece: UUID) -> bool:
        """Add one view; False where there is no room for it."""
        with self._lock:
            if piece not in self._seen and len(self._seen) >= MOST_PIECES:
                return False
            self._seen[piece] += 1
            if self._timer is None and self._seconds:
                self._timer = threading.Timer(self._seconds, self._flush_aside)
                self._timer.daemon = True
                self._timer.start()
        return True

    def waiting(self, piece: UUID) -> int:
        """Return how many views of a piece are not written yet."""
        return self._seen.get(piece, 0)

    def flush(self) -> int:
        """Write what there is. Where the database refuses it stays for the next time."""
        with self._lock:
            seen, self._seen, self._timer = self._seen, Counter(), None
        if not seen:
            return 0
        try:
            return count_views(seen=seen, now=timezone.now())
        except DatabaseError:
            logger.warning("Views could not be written; they are tried again.", exc_info=True)
            with self._lock:
                self._seen.update(seen)
            return 0

    def _flush_aside(self) -> None:
        try:
            self.flush()
        finally:
            connection.close()


tally = Tally()
atexit.register(tally.flush)
