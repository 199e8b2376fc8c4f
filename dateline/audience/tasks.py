"""Background work of the room audience."""

from django.utils import timezone

from dateline.audience import actions
from dateline.work.schedule import every


@every(seconds=24 * 3600, name="audience.erase_old_letters")
def erase_old_letters() -> int:
    """Erase the readers' letters whose time is over."""
    return actions.erase_old(now=timezone.now())
