"""The register of surfaces: each place that shows pieces signs in with how it takes some of them down."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.rights.models import Withdrawal

TakeDown = Callable[[Sequence["Withdrawal"]], None]
_surfaces: dict[str, TakeDown] = {}


class UnknownSurface(LookupError):
    """A step names a surface that no longer signs in."""


def sign_in(name: str, take_down: TakeDown) -> None:
    """Register a surface. It is handed all withdrawals that are due there, to be made again once for all of them.

    `take_down` must be safe to repeat and return when no reader sees any of the pieces there; where it raises,
    it is asked again for each by itself, so that one in trouble keeps no other waiting.
    """
    _surfaces[name] = take_down


def names() -> list[str]:
    """Return the registered surfaces in the order in which they signed in."""
    return list(_surfaces)


def take_down(name: str, withdrawals: Sequence["Withdrawal"]) -> None:
    """Let one surface take the pieces down. Raises UnknownSurface, and whatever the surface raises."""
    if name not in _surfaces:
        raise UnknownSurface(
            f"No surface {name!r} is registered, so nobody can say that the piece is gone there."
        )
    _surfaces[name](withdrawals)
