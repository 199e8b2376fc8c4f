"""Who is let in to Python when more is asked than it can carry: the desk always, the beacon and search last.

Baked pages never come here. Each lane has a line of its own and threads of its own, so that a crowd of searches keeps
no editor waiting. Where the server is so late that it does not get round to its own clock, beacon and search are
not let in at all: what they would cost is the readers' and the desk's. Pure but for the loop's clock.
"""

import asyncio
from enum import IntEnum
from typing import Final

# What a browser, or a well-behaved crawler, is asked to wait.
RETRY_SECONDS: Final = 30
TICK_SECONDS: Final = 0.1
# So late a tick means that requests wait for each other.
LATE_SECONDS: Final = 0.25


class Lane(IntEnum):
    """Who asks; the higher is shed the earlier."""

    DESK = 0
    READER = 1
    SEARCH = 2
    BEACON = 3


# So many are waited for or under way in one process; who comes then is told to come again.
MOST: Final = {Lane.DESK: 256, Lane.READER: 64, Lane.SEARCH: 16, Lane.BEACON: 16}
SHED_WHEN_LATE: Final = frozenset({Lane.SEARCH, Lane.BEACON})


def lane_of(path: str, method: str = "GET") -> Lane:
    """Return in which lane a request to Python goes."""
    if path.startswith("/desk/"):
        return Lane.DESK
    if path.startswith("/-/seen/") and method == "POST":
        return Lane.BEACON
    return Lane.SEARCH if path.startswith("/-/search/") else Lane.READER


class Gate:
    """Counts who is inside, and knows how late the loop is. One for each process."""

    def __init__(self) -> None:
        self._inside = dict.fromkeys(Lane, 0)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._due = 0.0
        self._tick: asyncio.TimerHandle | None = None
        self.late_seconds = 0.0

    def enter(self, lane: Lane) -> bool:
        """May one more come in? Who may has to `leave`."""
        is_late = lane in SHED_WHEN_LATE and self.lateness() > LATE_SECONDS
        if is_late or self._inside[lane] >= MOST[lane]:
            return False
        self._inside[lane] += 1
        return True

    def leave(self, lane: Lane) -> None:
        """One has been answered."""
        self._inside[lane] -= 1

    def lateness(self) -> float:
        """Return by how many seconds the loop is late: at its last tick, or by now where one is overdue."""
        overdue = self._loop.time() - self._due if self._loop else 0.0
        return max(self.late_seconds, overdue)

    def watch(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to look at the loop's clock. Call it within the loop."""
        self._loop = loop
        self._next()

    def close(self) -> None:
        """Look no more."""
        if self._tick is not None:
            self._tick.cancel()
        self._loop = None

    def _next(self) -> None:
        if self._loop is not None:
            self._due = self._loop.time() + TICK_SECONDS
            self._tick = self._loop.call_at(self._due, self._ticked)

    def _ticked(self) -> None:
        if self._loop is not None:
            # Falls by half at each tick in time, so that one breath between two crowds does not let all in.
            self.late_seconds = max(self._loop.time() - self._due, self.late_seconds / 2)
        self._next()
