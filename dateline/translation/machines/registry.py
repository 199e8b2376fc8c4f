"""Which machines there are, and which of them this installation asks, in which order."""

from collections.abc import Callable, Iterable
from typing import Final

from django.conf import settings

from dateline.translation.machines.base import Machine, speaks
from dateline.translation.machines.fast_translate import FastTranslate
from dateline.translation.machines.none import NoMachine
from dateline.translation.machines.pseudo import Pseudo

MACHINES: Final[dict[str, Callable[[], Machine]]] = {
    "fast-translate": FastTranslate,
    "none": NoMachine,
    "pseudo": Pseudo,
}


class UnknownMachine(ValueError):
    """The settings name a machine that does not exist."""


def machine_named(name: str) -> Machine:
    """Return the machine called `name`. Raises UnknownMachine with the list of those there are."""
    try:
        return MACHINES[name]()
    except KeyError:
        raise UnknownMachine(
            f"There is no translation machine {name!r} (DATELINE_MACHINES). There are: {', '.join(MACHINES)}."
        ) from None


def machine_label(name: str) -> str:
    """Return what readers call a machine; one that we have no more keeps its name."""
    return machine_named(name).capability.label if name in MACHINES else name


def chosen(names: Iterable[str] | None = None) -> list[Machine]:
    """Return the machines of this installation in the order in which they are asked; empty means none.

    names: instead of the setting DATELINE_MACHINES. Raises UnknownMachine.
    """
    wanted = getattr(settings, "DATELINE_MACHINES", ()) if names is None else names
    return [machine_named(name.strip()) for name in wanted if name.strip()]


def machines_for(*, source: str, target: str) -> list[Machine]:
    """Return the chosen machines that translate between two BCP 47 tags."""
    return [machine for machine in chosen() if speaks(machine, source=source, target=target)]
