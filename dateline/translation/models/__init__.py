"""A piece on the translation desk: its segments, and the memory that they leave."""

from dateline.translation.models.job import Job
from dateline.translation.models.memory import MemoryUnit
from dateline.translation.models.segment import Segment

__all__ = ["Job", "MemoryUnit", "Segment"]
