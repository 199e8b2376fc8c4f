"""Asking machines for drafts: each in its turn, what one could not do goes to the next. Pure but for the machines."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from dateline.lib.text import one_line
from dateline.translation.machines.base import Drafted, Machine, MachineFailed, Unit
from dateline.translation.marks import plain
from dateline.translation.placing import mended


@dataclass(frozen=True)
class Draft:
    """Words that a machine proposes for a unit, with that unit's placeholders and no other."""

    id: str
    text: str
    machine: str


@dataclass
class Drafts:
    """What machines made of a batch: drafts by unit, and for the rest why there is none."""

    done: list[Draft] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)


def ask(
    machines: Sequence[Machine], units: Sequence[Unit], *, source: str, target: str, deadline: float
) -> Drafts:
    """Return drafts of `units` by the first machine that can make them.

    deadline: seconds for each machine.
    """
    drafts = Drafts(errors={unit.id: "" for unit in units})
    for machine in machines:
        left = [unit for unit in units if unit.id in drafts.errors]
        if left:
            _take(drafts, machine, left, _asked(machine, left, source, target, deadline))
    return drafts


def _asked(
    machine: Machine, units: Sequence[Unit], source: str, target: str, deadline: float
) -> list[Drafted]:
    try:
        return machine.draft(units, source=source, target=target, deadline=deadline)
    except MachineFailed as failure:
        return [Drafted(unit.id, error=str(failure)) for unit in units]


def _take(drafts: Drafts, machine: Machine, units: Sequence[Unit], answers: Sequence[Drafted]) -> None:
    sources = {unit.id: unit.text for unit in units}
    for answer in answers:
        if answer.id not in sources:
            continue
        text = _trusted(sources[answer.id], answer.text)
        if text:
            drafts.done.append(Draft(answer.id, text, machine.capability.name))
            drafts.errors.pop(answer.id, None)
        else:
            drafts.errors[answer.id] = answer.error or _("%s gave no words.") % machine.capability.label


def _trusted(source: str, text: str) -> str:
    """Return a machine's words on one line with the source's placeholders; empty where there are no words."""
    clean = one_line(text)
    return mended(source, clean) if plain(clean) else ""
