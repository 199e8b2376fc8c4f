"""When a page that could not be taken is tried again."""

from datetime import datetime, timedelta
from typing import Final

# A feed may be ahead of its site by minutes, a site be down for a day; after that a person decides.
PAUSES: Final = (
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)


def next_try(*, failures: int, now: datetime, asked: timedelta) -> datetime | None:
    """Return when to try again after the failure number `failures` (1 is the first), None where it is enough.

    asked: for how long the server wants to be left alone.
    """
    if failures > len(PAUSES):
        return None
    return now + max(PAUSES[failures - 1], asked)
