"""The register of surfaces: each place that shows pieces signs in with how it takes one down."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.rights.models import Withdrawal

TakeDown = Callable[["Withdrawal"], None]
_surfaces: dict[str, TakeDown] = {}


class UnknownSurface(LookupError):
    """A step names a surface that no longer signs in."""


def sign_in(name: str, take_down: TakeDown) -> None:
    """Register a surface. `take_down` must be safe to repeat and return when no reader sees the piece there."""
    _surfaces[name] = take_down


def names() -> list[str]:
    """Return the registered surfaces in the order in which they signed in."""
    return list(_surfaces)


def take_down(name: str, withdrawal: "Withdrawal") -> None:
    """Let one surface take the piece down. Raises UnknownSurface, and whatever the surface raises."""
    if name not in _surfaces:
        raise UnknownSurface(
            f"No surface {name!r} is registered, so nobody can say that the piece is gone there."
        )
    _surfaces[name](withdrawal)
