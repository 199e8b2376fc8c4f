"""The nouns of an edition, a press review, a letter."""

from dateline.editions.models.edition import Edition
from dateline.editions.models.issue import Delivery, Issue, SentWithdrawal, Wording
from dateline.editions.models.letter import Letter
from dateline.editions.models.placement import LateChange, Placement
from dateline.editions.models.run import EditionTemplate, Run
from dateline.editions.models.subscription import Subscription, Suppression, Throttle
from dateline.editions.models.voice import Voice

__all__ = [
    "Delivery",
    "Edition",
    "EditionTemplate",
    "Issue",
    "LateChange",
    "Letter",
    "Placement",
    "Run",
    "SentWithdrawal",
    "Subscription",
    "Suppression",
    "Throttle",
    "Voice",
    "Wording",
]
