"""Having followers elsewhere told of the pieces whose files changed. By name: what is told is read when it is told."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from dateline.publishing.queries.fediverse import is_on
from dateline.work.actions import enqueue_by_name

TASK: Final = "publishing.announce"
# A piece is put right within its first seconds more often than later: all that is one telling.
QUIET: Final = timedelta(seconds=5)
FILE: Final = "/article.activity"


def announce_soon(paths: Iterable[str], *, now: datetime) -> int:
    """Have a worker tell followers of the pieces whose files these are. Returns how many pieces."""
    if not is_on():
        return 0
    pieces = sorted({path for path in paths if path.endswith(FILE)})
    for path in pieces:
        enqueue_by_name(TASK, path=path, run_after=now + QUIET)
    return len(pieces)
