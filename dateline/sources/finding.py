"""How the room asks for a feed at an address. Who can find one signs in here when the site starts.

Finding means fetching and parsing, which a later room knows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


class NoFeedFound(ValueError):
    """Neither the address nor what its page names is a feed.

    looked_at: the addresses that were tried, each with what was found there.
    """

    def __init__(self, message: str, *, looked_at: Sequence[tuple[str, str]]) -> None:
        self.looked_at = tuple(looked_at)
        super().__init__(message)


class NobodyFinds(LookupError):
    """No room has signed in that can find feeds: the installation is incomplete."""


@dataclass(frozen=True, kw_only=True)
class FoundFeed:
    """A feed that was fetched and read. Empty where it says nothing."""

    address: str
    title: str = ""
    home_url: str = ""
    language: str = ""


Finder = Callable[[str], FoundFeed]
_signed_in: list[Finder] = []


def sign_in(finder: Finder) -> None:
    """Let `finder` answer from now on. It raises NoFeedFound and FetchError."""
    _signed_in[:] = [finder]


def find(url: str) -> FoundFeed:
    """Return the feed at `url`, or the first that its page names.

    Raises NoFeedFound, FetchError, and NobodyFinds where the installation is incomplete.
    """
    if not _signed_in:
        raise NobodyFinds("No room has signed in that can find feeds: is dateline.intake installed?")
    return _signed_in[0](url)
