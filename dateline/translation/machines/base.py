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
    """The machine could not do anything of what it was asked. The message is read by the editor.

    may_be_charged: it was asked, and what became of that nobody knows. rest_seconds: how long not to ask it
    again at all; 0 leaves that to the circuit breaker.
    """

    def __init__(self, message: str, *, may_be_charged: bool = False, rest_seconds: float = 0.0) -> None:
        super().__init__(message)
        self.may_be_charged = may_be_charged
        self.rest_seconds = rest_seconds


@dataclass(frozen=True)
class Unit:
    """A sentence to draft. `id` is the asker's own; `text` may hold placeholders (see `marks`).

    context: what stands around it, for machines that read it; it is not translated. terms: words of the
    glossary that stand in it, each with what the house writes for it.
    """

    id: str
    text: str
    context: str = ""
    terms: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Drafted:
    """What became of one unit: a draft with the unit's placeholders, or in `error` why there is none.

    asked_again: how often more than once it was asked for, where its maker counts that too.
    """

    id: str
    text: str = ""
    error: str = ""
    asked_again: int = 0


@dataclass(frozen=True)
class Capability:
    """What the desk has to know to use a machine.

    name: in the settings. label: to readers, on the page. batch: units that it likes at a time.
    most_characters: in one batch. model: which of its models answers; another one gives other words.
    takes_terms: it heeds the terms of a unit. is_charged: somebody pays for each character.
    is_offline: it runs in this process and costs nothing; then nothing is counted or kept.
    """

    name: str
    label: str
    batch: int = 20
    is_offline: bool = False
    most_characters: int = 20_000
    model: str = ""
    takes_terms: bool = False
    is_charged: bool = False


class Machine(Protocol):
    """Drafts translations."""

    @property
    def capability(self) -> Capability:
        """Say what it is."""

    def pairs(self) -> frozenset[Pair]:
        """Return the pairs of language tags it knows, without asking anybody: from, into."""

    def faults(self) -> list[str]:
        """Return what is wrong with how it is set up, for the operator, without asking anybody."""

    def draft(self, units: Sequence[Unit], *, source: str, target: str, deadline: float) -> list[Drafted]:
        """Return one Drafted for each unit, in the same order.

        source, target: BCP 47 tags of one of its pairs. deadline: seconds it may take; what is not done
        by then comes back with its error, what is done comes back done.
        Raises MachineFailed where it could not begin.
        """


def speaks(machine: Machine, *, source: str, target: str) -> bool:
    """Return whether `machine` translates between two BCP 47 tags; regions are not told apart, * is any."""
    pairs = {(primary(one), primary(other)) for one, other in machine.pairs()}
    one, other = primary(source), primary(target)
    return not pairs.isdisjoint({(one, other), (one, "*"), ("*", other), ANY_PAIR})
