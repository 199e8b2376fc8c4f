"""The kinds of slots that an edition has, and the template that is shipped. Pure.

To add a kind write a line in SLOTS; what is proposed for it is said in `proposing.py`.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class SlotKind:
    """One kind of slot. most: pieces in it where its template says nothing else."""

    code: str
    name: Any
    most: int = 1


LEAD: Final = "lead"
FIVE: Final = "five"
VOICES: Final = "voices"
LONG_READ: Final = "long-read"
OPINION: Final = "opinion"
CHART: Final = "chart"
ARCHIVE: Final = "archive"
CORRECTIONS: Final = "corrections"

SLOTS: Final = {
    one.code: one
    for one in (
        SlotKind(LEAD, _("The lead")),
        SlotKind(FIVE, _("Five things today"), most=5),
        SlotKind(VOICES, _("One story, several papers")),
        SlotKind(LONG_READ, _("The long read")),
        SlotKind(OPINION, _("Opinion"), most=4),
        SlotKind(CHART, _("The chart")),
        SlotKind(ARCHIVE, _("From the archive")),
        SlotKind(CORRECTIONS, _("Corrections"), most=5),
    )
}
CHOICES: Final = [(one.code, one.name) for one in SLOTS.values()]
# Slots in the order of an edition for which its site has written no template.
SHIPPED: Final = tuple((one.code, one.most) for one in SLOTS.values())
