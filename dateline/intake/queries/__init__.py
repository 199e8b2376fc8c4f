"""What was kept of an original, and how it changed. Order is that of writing: clocks have been set back before."""

import itertools
from dataclasses import dataclass

from dateline.intake.models import Original, Snapshot
from dateline.intake.queries.readings import DeskReading, reading_for

__all__ = ["Change", "DeskReading", "changes", "latest_snapshot", "reading_for"]


@dataclass(frozen=True)
class Change:
    """Two snapshots of one original that follow each other and differ in what a reader would notice."""

    before: Snapshot
    after: Snapshot


def latest_snapshot(original: Original) -> Snapshot | None:
    """Return what the page said when we last found it new, None where nothing was kept."""
    return original.snapshots.order_by("-pk").first()


def changes(original: Original) -> list[Change]:
    """Return how the piece changed since it was first taken, oldest first; empty where it did not."""
    kept = list(original.snapshots.order_by("pk"))
    return [Change(before, after) for before, after in itertools.pairwise(kept)]
