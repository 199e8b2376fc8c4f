"""The register of who knows what stands before readers: when it loses its right, and how it is ended.

The rights know days and grounds and no pieces; the room that publishes pieces signs in when the site starts.
"""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Protocol


class NobodyKnows(LookupError):
    """No room has signed in that knows which pieces stand, so no right can be followed to its end."""


@dataclass(frozen=True, kw_only=True)
class Due:
    """Something that ends. kind: as in Ending.Kind; picture: its number, 0 for the piece. reason: for people."""

    kind: str
    at: datetime
    reason: str
    picture: int = 0


class Standing(Protocol):
    """What the publishing room answers."""

    def endings_of(self, piece: uuid.UUID, *, now: datetime) -> Sequence[Due] | None:
        """Return what ends for a piece, known now; None where readers do not see it."""

    def pieces(self) -> Iterable[uuid.UUID]:
        """Return every piece that readers see."""

    def make_ready(self, pieces: Collection[uuid.UUID], *, at: datetime) -> None:
        """Make ready what readers will find when those have gone that lose their right at a moment to come."""

    def end(self, pieces: Collection[uuid.UUID], *, now: datetime) -> None:
        """Ask for each piece whether it still has its right, and take down what has not. Safe to repeat."""

    def originals_of(self, pieces: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
        """Return from which original each piece was made; those of ours alone are absent."""


_signed_in: list[Standing] = []


def sign_in(standing: Standing) -> None:
    """Let `standing` answer from now on."""
    _signed_in[:] = [standing]


def whoever_knows() -> Standing:
    """Return who signed in. Raises NobodyKnows."""
    if not _signed_in:
        raise NobodyKnows("No room has signed in that knows which pieces stand before readers.")
    return _signed_in[0]


def midnight_after(day: date, *, zone: tzinfo) -> datetime:
    """Return the moment at which a day is over: the midnight that follows it, on the clocks of `zone`."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone)
