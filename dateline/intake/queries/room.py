"""How much room snapshots take, how fast that grows, and when it is used up."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Min, Sum
from django.utils.translation import gettext as _

from dateline.intake.keepers import KeeperSilent, grounds
from dateline.intake.models import Snapshot
from dateline.intake.snapshots_thinning import Room, read_bytes

MEASURED_OVER: Final = timedelta(days=14)
SOON_DAYS: Final = 30
NOTABLE_SHARE: Final = 0.01  # of the disk: less than that is others' fault, and doctor tells of it
BUDGET: Final = "40GB"  # a year of 2,000 pages a day, by measurement
DISK_SHARE: Final = "0.9"


class BadBudget(ValueError):
    """DATELINE_SNAPSHOT_BUDGET or DATELINE_SNAPSHOT_DISK_SHARE cannot be read; so nothing is thinned out."""


def room(*, now: datetime) -> Room:
    """Return how much room there is for snapshots. Raises BadBudget."""
    disk = shutil.disk_usage(settings.HOME.snapshots)
    first = Snapshot.objects.aggregate(at=Min("fetched_at"))["at"]
    over = min(MEASURED_OVER, max(timedelta(days=1), now - (first or now)))
    grown = Snapshot.objects.filter(fetched_at__gt=now - over).aggregate(sum=Sum("packed_size"))["sum"]
    return Room(
        used_bytes=Snapshot.objects.all().packed_bytes(),
        budget_bytes=_budget(),
        disk_free_bytes=disk.free,
        disk_total_bytes=disk.total,
        disk_share=_disk_share(),
        grown_bytes=grown or 0,
        over=over,
    )


def warnings(*, now: datetime) -> list[str]:
    """Return what is wrong with the room for snapshots, or soon will be, in sentences; empty where nothing is."""
    try:
        return list(_warnings(room(now=now)))
    except (BadBudget, OSError) as error:
        return [str(error)]


def _warnings(told: Room) -> Iterator[str]:
    if told.over_budget_bytes or told.over_disk_bytes > NOTABLE_SHARE * told.disk_total_bytes:
        values = {"used": _size(told.used_bytes), "over": _size(told.over_bytes)}
        yield (
            _(
                "Snapshots take %(used)s: that is %(over)s more than they may, and the rest is needed or too young to"
                " be thinned out. Give them a larger disk, or raise DATELINE_SNAPSHOT_BUDGET."
            )
            % values
        )
    if told.disk_days_left is not None and told.disk_days_left < SOON_DAYS:
        yield (
            _(
                "At the present growth the disk is full in %(days)s days (%(free)s are free). Make room before: what"
                " comes then cannot be kept."
            )
            % {"days": told.disk_days_left, "free": _size(told.disk_free_bytes)}
        )
    try:
        grounds([])
    except KeeperSilent as error:
        yield str(error)


def _budget() -> int:
    text = getattr(settings, "DATELINE_SNAPSHOT_BUDGET", BUDGET)
    try:
        return read_bytes(text)
    except ValueError:
        raise BadBudget(
            _("DATELINE_SNAPSHOT_BUDGET is “%(text)s”: write a size such as 40GB.") % {"text": text}
        ) from None


def _disk_share() -> float:
    text = getattr(settings, "DATELINE_SNAPSHOT_DISK_SHARE", DISK_SHARE)
    try:
        share = float(text)
    except ValueError:
        share = 0.0
    if not 0 < share <= 1:
        message = _(
            "DATELINE_SNAPSHOT_DISK_SHARE is “%(text)s”: write a share of the disk between 0 and 1, such as 0.9."
        )
        raise BadBudget(message % {"text": text})
    return share


def _size(number: int) -> str:
    for unit in ("B", "KB", "MB", "GB"):
        if number < 1000:  # noqa: PLR2004 - the step between units
            return f"{number} {unit}"
        number //= 1000
    return f"{number} TB"
