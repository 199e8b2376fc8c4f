"""When a reader's letter is due: at their hour, by their clocks, on both sides of a change of the clocks. Pure."""

from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

# An edition that closes a little after somebody's hour goes to them at once; later it waits for the next morning.
LATE: Final = timedelta(hours=4)
HOURS: Final = range(24)


def due_at(*, out_at: datetime, zone: str, hour: int | None) -> datetime:
    """Return when the letter of an edition that is out since `out_at` goes to a reader.

    hour: by the reader's clocks; None as soon as it is out. An hour that a change of the clocks leaves out begins when
    the next one would have; of one that comes twice the first counts.
    """
    if hour is None:
        return out_at
    there = ZoneInfo(zone)
    today = out_at.astimezone(there).date()
    hours = [
        datetime.combine(today + timedelta(days=days), time(hour), tzinfo=there).astimezone(UTC)
        for days in (-1, 0, 1, 2)
    ]
    last = max((moment for moment in hours if moment <= out_at), default=None)
    if last is not None and out_at - last < LATE:
        return out_at
    return min(moment for moment in hours if moment > out_at)
