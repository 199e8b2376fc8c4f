"""A piece on the translation desk: its segments, and the memory that they leave."""

from dateline.translation.models.job import Job
from dateline.translation.models.memory import MemoryPair, MemoryUnit
from dateline.translation.models.memory_import import MemoryImport
from dateline.translation.models.posting import MemoryNews, MemoryPosting
from dateline.translation.models.segment import Segment

__all__ = ["Job", "MemoryImport", "MemoryNews", "MemoryPair", "MemoryPosting", "MemoryUnit", "Segment"]
