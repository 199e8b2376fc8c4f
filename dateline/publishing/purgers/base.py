"""What every purger is: something that tells a cache in front of us which addresses are no longer as they were."""

from collections.abc import Sequence
from typing import Protocol


class PurgeFailed(Exception):
    """A cache did not do as asked. The message says which, why and what to do."""


class Purger(Protocol):
    """A cache in front of us. most: addresses in one asking."""

    most: int

    def purge(self, urls: Sequence[str]) -> None:
        """Have these addresses (absolute) fetched anew, at most `most`. Safe to repeat. Raises PurgeFailed."""

    def purge_all(self) -> None:
        """Have everything fetched anew. Raises PurgeFailed."""
