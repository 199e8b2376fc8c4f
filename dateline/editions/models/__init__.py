"""The nouns of an edition, a press review, a letter."""

from dateline.editions.models.edition import Edition
from dateline.editions.models.placement import LateChange, Placement
from dateline.editions.models.run import EditionTemplate, Run
from dateline.editions.models.voice import Voice

__all__ = ["Edition", "EditionTemplate", "LateChange", "Placement", "Run", "Voice"]
