"""What people did with a text that a machine had drafted: the log of human review, and what may be said of it. Pure.

The EU's rule on machine-made text (Regulation (EU) 2024/1689, Article 50(4)) asks for no label where people reviewed
a text and somebody is named who holds editorial responsibility. Both are shown here from what the desk recorded.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

NONE, REVISED, RAW = "none", "revised", "raw"
# What somebody did, in the order in which it is done.
APPROVED, FINISHED, LOOKED, PUBLISHED = "approved", "finished", "looked", "published"
ORDER: Final = (APPROVED, FINISHED, LOOKED, PUBLISHED)


@dataclass(frozen=True, kw_only=True)
class Step:
    """What one person did. count, rewritten: of how many sentences, where it was about single ones."""

    what: str
    by: str
    role: str
    at: datetime | None
    count: int = 0
    rewritten: int = 0


@dataclass(frozen=True, kw_only=True)
class Review:
    """The log of one piece. sentences: of all; machine: drafted by one; rewritten, approved: of those, by people.

    responsible: who publishes it and answers for it.
    """

    responsible: str
    steps: tuple[Step, ...] = ()
    sentences: int = 0
    machine: int = 0
    rewritten: int = 0
    approved: int = 0

    @property
    def is_whole(self) -> bool:
        """Was each sentence that a machine drafted approved by a person, and does somebody answer for the text?"""
        return self.approved == self.machine and bool(self.responsible)

    def help_of(self, declared: str) -> str:
        """Return what a machine did for the text, as it may be told: revised only where the log bears it out."""
        if not self.sentences:
            return declared  # there are no sentences to count: the desk's own word holds
        if not self.machine:
            return NONE if declared == NONE else declared
        return REVISED if self.is_whole else RAW

    def told(self) -> dict[str, Any]:
        """Return the log as records and exports carry it: whole numbers and text, times in UTC to the second."""
        return {
            "responsible": self.responsible,
            "sentences": self.sentences,
            "machine": self.machine,
            "rewritten": self.rewritten,
            "approved": self.approved,
            "steps": [_told(step) for step in self.steps],
        }


def _told(step: Step) -> dict[str, Any]:
    return {
        "what": step.what,
        "by": step.by,
        "role": step.role,
        "at": step.at.astimezone(UTC).isoformat(timespec="seconds") if step.at else None,
        "count": step.count,
        "rewritten": step.rewritten,
    }
