"""What came in: entries of channels, the originals they lead to, and the snapshots that prove them."""

from dateline.intake.models.beat import Beat, BeatScore, Judgement, Proposal
from dateline.intake.models.change import Change, Watch
from dateline.intake.models.delivery import Delivery, DeliveryQuerySet
from dateline.intake.models.drop import Drop
from dateline.intake.models.entry import Entry
from dateline.intake.models.likeness import Fingerprint, Likeness, Run
from dateline.intake.models.mailbox import Mailbox
from dateline.intake.models.original import ImmutableOriginal, Original, OriginalQuerySet
from dateline.intake.models.particulars import Particulars
from dateline.intake.models.pointed_page import PointedPage
from dateline.intake.models.site_rule import Correction, SiteRule
from dateline.intake.models.snapshot import FurtherPage, Snapshot
from dateline.intake.models.story import (
    Gathering,
    LanguageMean,
    Membership,
    Story,
    StoryCorrection,
    Vector,
)
from dateline.intake.models.tdm_policy import TdmPolicy

__all__ = [
    "Beat",
    "BeatScore",
    "Change",
    "Correction",
    "Delivery",
    "DeliveryQuerySet",
    "Drop",
    "Entry",
    "Fingerprint",
    "FurtherPage",
    "Gathering",
    "ImmutableOriginal",
    "Judgement",
    "LanguageMean",
    "Likeness",
    "Mailbox",
    "Membership",
    "Original",
    "OriginalQuerySet",
    "Particulars",
    "PointedPage",
    "Proposal",
    "Run",
    "SiteRule",
    "Snapshot",
    "Story",
    "StoryCorrection",
    "TdmPolicy",
    "Vector",
    "Watch",
]
