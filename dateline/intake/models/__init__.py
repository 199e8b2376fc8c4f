"""What came in: entries of channels, the originals they lead to, and the snapshots that prove them."""

from dateline.intake.models.change import Change, Watch
from dateline.intake.models.entry import Entry
from dateline.intake.models.likeness import Fingerprint, Likeness, Run
from dateline.intake.models.original import ImmutableOriginal, Original, OriginalQuerySet
from dateline.intake.models.snapshot import FurtherPage, Snapshot
from dateline.intake.models.story import (
    Gathering,
    LanguageMean,
    Membership,
    Story,
    StoryCorrection,
    Vector,
)

__all__ = [
    "Change",
    "Entry",
    "Fingerprint",
    "FurtherPage",
    "Gathering",
    "ImmutableOriginal",
    "LanguageMean",
    "Likeness",
    "Membership",
    "Original",
    "OriginalQuerySet",
    "Run",
    "Snapshot",
    "Story",
    "StoryCorrection",
    "Vector",
    "Watch",
]
