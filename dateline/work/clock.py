"""Whose clock decides when a lease ends, and what to do when it jumps."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.utils import timezone

JUMP_SECONDS = 5.0


def queue_now() -> datetime:
    """Return the time that all workers share: the database server's, or on SQLite the machine's."""
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        row: tuple[datetime] = cursor.fetchone()
    return row[0]


@dataclass
class JumpGuard:
    """Notices when the wall clock leaves the steady one, and asks to wait until leases are renewed.

    After a jump (an adjusted clock, a laptop that slept) every lease looks wrong although its
    holder lives: nobody's lease is taken until holders had `settle_seconds` to renew it.
    """

    settle_seconds: float
    _last: tuple[datetime, float] | None = field(default=None, init=False)
    _settled_at: float = field(default=0.0, init=False)

    def is_settled(self, *, wall: datetime, steady: float) -> bool:
        """Return whether leases can be trusted now. Ask often: a jump is seen between two calls.

        steady: seconds of a clock that never jumps, such as `time.monotonic()`.
        """
        if self._last is not None:
            was_wall, was_steady = self._last
            drift = (wall - was_wall).total_seconds() - (steady - was_steady)
            if abs(drift) > JUMP_SECONDS:
                self._settled_at = steady + self.settle_seconds
        self._last = (wall, steady)
        return steady >= self._settled_at
