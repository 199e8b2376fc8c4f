"""The room's own recurring work."""

from django.utils import timezone

from dateline.work.actions import prune
from dateline.work.schedule import every


@every(seconds=3600, name="work.prune")
def prune_finished() -> int:
    """Clear away jobs that ended long ago."""
    return prune(now=timezone.now())
