"""The nouns of the workbench: what was decided about originals, and who works on what."""

from dateline.desk.models.picks import LabelRoute, Pick, Spike

__all__ = ["LabelRoute", "Pick", "Spike"]
