"""What every purger is: something that tells a cache in front of us which addresses are no longer as they were."""

import os
from collections.abc import Sequence
from typing import Protocol


def has_cache() -> bool:
    """Does a cache stand in front of us that is told of changes?"""
    return os.environ.get("DATELINE_PURGE", "").strip() not in {"", "none"}


class PurgeFailed(Exception):
    """A cache did not do as asked. The message says which, why and what to do."""


class Purger(Protocol):
    """A cache in front of us. most: addresses in one asking."""

    most: int

    def purge(self, urls: Sequence[str]) -> None:
        """Have these addresses (absolute) fetched anew, at most `most`. Safe to repeat. Raises PurgeFailed."""

    def purge_all(self) -> None:
        """Have everything fetched anew. Raises PurgeFailed."""
