"""The register of those who know what rests on an original. Later rooms sign in here when the site starts.

Nothing is thinned out before all of them have been asked, and nothing at all where one is absent or cannot answer:
forgetting to sign in keeps too much, never too little.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final

# Without these three nobody can say what is still needed.
NEEDED: Final = ("rights", "articles", "desk")


class KeeperSilent(LookupError):
    """One who must be asked has not signed in, or could not answer; so nothing may be thinned out."""


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Why an original is needed. reason: for people. is_public: readers see something of ours that was made from it."""

    reason: str
    is_public: bool = False


# Is given primary keys of originals, and returns the grounds for those that it needs; others are absent.
Keeper = Callable[[Collection[int]], Mapping[int, Ground]]
_keepers: dict[str, Keeper] = {}


def sign_in(name: str, keeper: Keeper) -> None:
    """Let `keeper` be asked from now on, before anything is thinned out."""
    _keepers[name] = keeper


def grounds(originals: Collection[int]) -> dict[int, list[Ground]]:
    """Return why originals are needed; those that nobody needs are absent.

    Raises KeeperSilent where one who must be asked is absent or fails.
    """
    absent = [name for name in NEEDED if name not in _keepers]
    if absent:
        raise KeeperSilent(
            f"Nobody has signed in as {', '.join(absent)} to say which originals are needed, so nothing is thinned out."
        )
    found: dict[int, list[Ground]] = {}
    for name, keeper in _keepers.items():
        for original, ground in _asked(name, keeper, originals).items():
            found.setdefault(original, []).append(ground)
    return found


def public_among(originals: Collection[int]) -> frozenset[int]:
    """Return those of which readers see something of ours. One who cannot answer counts as knowing none."""
    found: set[int] = set()
    for name, keeper in _keepers.items():
        try:
            told = _asked(name, keeper, originals)
        except KeeperSilent:
            continue
        found |= {original for original, ground in told.items() if ground.is_public}
    return frozenset(found)


def _asked(name: str, keeper: Keeper, originals: Collection[int]) -> Mapping[int, Ground]:
    try:
        return keeper(originals)
    except Exception as error:
        raise KeeperSilent(
            f"“{name}” could not say which originals are needed ({type(error).__name__}: {error}), so nothing is"
            " thinned out."
        ) from error
