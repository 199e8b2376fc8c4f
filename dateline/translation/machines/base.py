"""What every translation machine is to the desk.

A machine's words are untrusted: whoever asks checks their placeholders again (`placing.mended`), and they are
escaped wherever they are shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from dateline.lib.scripts import primary

Pair = tuple[str, str]
# A machine that takes any pair of languages.
ANY_PAIR: Final[Pair] = ("*", "*")


class MachineFailed(Exception):
    """The machine could not do anything of what it was asked. The message is read by the editor."""


@dataclass(frozen=True)
class Unit:
    """A sentence to draft. `id` is the asker's own; `text` may hold placeholders (see `marks`)."""

    id: str
    text: str


@dataclass(frozen=True)
class Drafted:
    """What became of one unit: a draft with the unit's placeholders, or in `error` why there is none."""

    id: str
    text: str = ""
    error: str = ""


@dataclass(frozen=True)
class Capability:
    """What the desk has to know to use a machine.

    name: in the settings. label: to readers, on the page. batch: units that it likes at a time.
    """

    name: str
    label: str
    batch: int = 20
    is_offline: bool = False


class Machine(Protocol):
    """Drafts translations."""

    @property
    def capability(self) -> Capability:
        """Say what it is."""

    def pairs(self) -> frozenset[Pair]:
        """Return the pairs of language tags it knows, without asking anybody: from, into."""

    def draft(self, units: Sequence[Unit], *, source: str, target: str, deadline: float) -> list[Drafted]:
        """Return one Drafted for each unit, in the same order.

        source, target: BCP 47 tags of one of its pairs. deadline: seconds it may take; what is not done
        by then comes back with its error, what is done comes back done.
        Raises MachineFailed where it could not begin.
        """


def speaks(machine: Machine, *, source: str, target: str) -> bool:
    """Return whether `machine` translates between two BCP 47 tags; regions are not told apart."""
    pairs = machine.pairs()
    return ANY_PAIR in pairs or (primary(source), primary(target)) in {
        (primary(one), primary(other)) for one, other in pairs
    }
