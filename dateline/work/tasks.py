"""The room's own recurring work."""

from django.utils import timezone

from dateline.work.actions import gather_statistics, prune
from dateline.work.schedule import every


@every(seconds=3600, name="work.prune")
def prune_finished() -> int:
    """Clear away jobs that ended long ago."""
    return prune(now=timezone.now())


@every(seconds=21_600, name="work.gather_statistics")
def read_statistics() -> bool:
    """Tell the database how its tables have grown, so that it finds the shortest way to their rows."""
    return gather_statistics()
