"""What came in: entries of channels, the originals they lead to, and the snapshots that prove them."""

from dateline.intake.models.entry import Entry
from dateline.intake.models.original import ImmutableOriginal, Original, OriginalQuerySet
from dateline.intake.models.snapshot import Snapshot

__all__ = ["Entry", "ImmutableOriginal", "Original", "OriginalQuerySet", "Snapshot"]
