"""The memory's thinking: when two sentences are the same, which are alike, and by how much. Pure."""

from dateline.translation.memory.hashing import normalised, source_key

__all__ = ["normalised", "source_key"]
