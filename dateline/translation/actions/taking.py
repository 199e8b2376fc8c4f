"""Writing words that somebody took from the memory or from a machine: it stays known whose they were."""

from datetime import datetime

from django.db import transaction

from dateline.people.models import User
from dateline.translation.actions.approving import save_segment
from dateline.translation.models import MemoryUnit, Segment

MEMORY = "memory"
MACHINE = "machine"
DRAFT = "machine:draft"


@transaction.atomic
def write_words(
    *, segment: Segment, text: str, version: int, taken: str = "", by: User | None, now: datetime
) -> Segment:
    """Save words of a segment; where they began as those of a unit or of a machine, that is kept with them.

    taken: `memory:` with the number of a unit, `machine:` with that of a suggestion, `machine:draft` for the first
    draft of this segment, or nothing. What it names has to exist. Raises SegmentChanged as `save_segment` does.
    """
    saved = save_segment(segment=segment, text=text, version=version, by=by, now=now)
    kind, _, number = taken.partition(":")
    if saved.version == version or not saved.text:
        return saved
    if taken == DRAFT:
        return _kept(saved, Segment.Origin.MACHINE) if saved.text == saved.machine_text else saved
    if not (number.isascii() and number.isdigit()):
        return saved
    if kind == MACHINE:
        return _from_machine(saved, int(number))
    return _from_memory(saved, int(number)) if kind == MEMORY else saved


def _from_machine(saved: Segment, number: int) -> Segment:
    found = saved.suggestions.filter(pk=number).exclude(text="").first()
    if found is None:
        return saved
    saved.machine, saved.machine_text = found.machine, found.text
    return _kept(saved, Segment.Origin.MACHINE if saved.text == found.text else Segment.Origin.PERSON)


def _from_memory(saved: Segment, number: int) -> Segment:
    unit = MemoryUnit.objects.filter(pk=number).first()
    if unit is None:
        return saved
    saved.machine, saved.machine_text = unit.machine, unit.text if unit.is_machine_text else ""
    return _kept(saved, Segment.Origin.MEMORY, unit=unit.pk)


def _kept(saved: Segment, origin: Segment.Origin, *, unit: int | None = None) -> Segment:
    saved.origin = origin
    saved.save(update_fields=["machine", "machine_text", "origin"])
    written = saved.versions.filter(number=saved.version)
    written.update(origin=origin, machine=saved.machine, unit=unit)
    return saved
