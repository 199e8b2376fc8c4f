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
    """A feed that was fetched and read. Empty where it says nothing.

    kind: as `Channel.Kind` has it. pieces: how many it lists. headlines: the first few. newest_at: the day or
    moment of its newest piece, as ISO 8601. body_hash: SHA-256 of what was read.
    """

    address: str
    title: str = ""
    home_url: str = ""
    language: str = ""
    kind: str = "feed"
    pieces: int = 0
    headlines: tuple[str, ...] = ()
    newest_at: str = ""
    body_hash: str = ""


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What is to be had at an address: feeds, the likeliest first, and what was looked at and was none.

    has_page: the address leads to a page, which can be watched by rules where there is no feed.
    """

    feeds: tuple[FoundFeed, ...] = ()
    looked_at: tuple[tuple[str, str], ...] = ()
    has_page: bool = False


Finder = Callable[[str], FoundFeed]
Looker = Callable[[str], Findings]
_signed_in: list[Finder] = []
_looks: list[Looker] = []


def sign_in(finder: Finder, *, looker: Looker | None = None) -> None:
    """Let `finder` answer from now on; it raises NoFeedFound and FetchError.

    looker: finds all that there is, and raises FetchError. Without it there is what the finder finds.
    """
    _signed_in[:] = [finder]
    _looks[:] = [looker] if looker else []


def find(url: str) -> FoundFeed:
    """Return the feed at `url`, or the first that its page names.

    Raises NoFeedFound, FetchError, and NobodyFinds where the installation is incomplete.
    """
    if not _signed_in:
        raise NobodyFinds("No room has signed in that can find feeds: is dateline.intake installed?")
    return _signed_in[0](url)


def look(url: str) -> Findings:
    """Return all that is to be had at `url`: the feed there, or those that its page and its site name.

    Raises FetchError, and NobodyFinds where the installation is incomplete.
    """
    if _looks:
        return _looks[0](url)
    try:
        return Findings(feeds=(find(url),))
    except NoFeedFound as error:
        return Findings(looked_at=error.looked_at)
