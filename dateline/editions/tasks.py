"""Background work of the room editions."""

from datetime import datetime
from threading import Event

from django.utils import timezone

from dateline.editions import actions
from dateline.editions.actions.closing import AWAKE_AHEAD
from dateline.work.register import named_task
from dateline.work.schedule import every

# A job waits for each closing time; this catches those that a crash, or a clock that was set, let pass.
SWEEP_SECONDS = 10


@named_task("editions.close_due", max_attempts=20, priority=100)
def close_due(moment: str = "") -> int:
    """Wait for the closing time, then close what is due."""
    at = datetime.fromisoformat(moment) if moment else timezone.now()
    ahead = (at - timezone.now()).total_seconds()
    if ahead > 0:
        Event().wait(min(ahead, AWAKE_AHEAD.total_seconds()))
    return len(actions.close_due(now=timezone.now()))


@every(seconds=SWEEP_SECONDS, name="editions.sweep", priority=60)
def sweep() -> int:
    """Close what should have closed and has not."""
    return len(actions.close_due(now=timezone.now()))
