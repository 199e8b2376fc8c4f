"""Turns at a host: one question at a time, with a pause after each, among all threads and processes.

The doors only obey. Who keeps the turns signs in here when the site starts (a later room, which has rows for
it); where nobody has, everybody may ask at once, as in a test of the doors alone.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from dateline.lib.urls import WebAddress
from dateline.net.letters import Answer

_USUAL_PORTS: Final = frozenset({80, 443})


@dataclass(frozen=True)
class Turn:
    """The right to ask a host once. holder: tells it from everybody else's."""

    host: str
    holder: str


@dataclass(frozen=True)
class Ended:
    """A turn whose question is answered, or came to nothing. at: when that was."""

    turn: Turn
    at: datetime
    answer: Answer | None = None


class Turns(Protocol):
    """Keeps the turns of hosts. Its verbs belong to ordinary code: never call them inside a running loop."""

    def now(self) -> datetime:
        """Return the time by the clock that turns are kept by."""
        ...

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        ...

    def take(self, hosts: Collection[str], *, for_seconds: float) -> Mapping[str, Turn]:
        """Take the turns of those hosts that are free, each at most `for_seconds`: then it ends by itself."""
        ...

    def line_up(self, host: str) -> datetime:
        """Return when to come again for a host that was not free: each who asks is told a later time."""
        ...

    def give_back(self, ended: Sequence[Ended]) -> None:
        """End turns. From what the host answered follows how long it is left alone."""
        ...


def turn_name(target: WebAddress) -> str:
    """Return the name under which a host's turns are kept: http and https are one server."""
    return target.host if target.port in _USUAL_PORTS else f"{target.host}:{target.port}"


_signed_in: list[Turns] = []


def sign_in(turns: Turns) -> None:
    """Let `turns` decide from now on."""
    _signed_in[:] = [turns]


def signed_in() -> Turns | None:
    """Return who keeps the turns of this installation, None where nobody does."""
    return _signed_in[0] if _signed_in else None
