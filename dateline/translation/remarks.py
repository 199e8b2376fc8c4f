"""What is said about sentences: the room where comments live signs in here, so that the desk's page can show them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.translation.models import Job, Segment

Counts = Callable[["Job"], dict[int, int]]
Address = Callable[[int], str]
_signed_in: list[tuple[Counts, Address]] = []


def sign_in(counts: Counts, address: Address) -> None:
    """Let `counts` say how many threads are open at which segment, and `address` where those of a segment are read."""
    _signed_in[:] = [(counts, address)]


def open_threads(job: "Job") -> dict[int, int]:
    """Return how many threads are open, by segment; those without one are left out."""
    return _signed_in[0][0](job) if _signed_in else {}


def address_of(segment: "Segment") -> str:
    """Return where a sentence is talked about; empty where no room has signed in."""
    return _signed_in[0][1](segment.pk) if _signed_in else ""


def pattern() -> str:
    """Return that address with 0 for the segment; empty where no room has signed in."""
    return _signed_in[0][1](0) if _signed_in else ""
