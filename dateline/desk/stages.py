"""Where a piece stands: derived from what its rows say, so that there is one truth.

proposed → accepted → rights asked → granted → in translation → in edit → ready → scheduled → live
→ corrected / recalled / killed. A piece stands at the furthest step that it has reached: a translation may go on
while its permission is asked for, and says so beside it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


class Stage(StrEnum):
    """A step of a piece's life, in order."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    ASKED = "asked"
    GRANTED = "granted"
    TRANSLATION = "translation"
    EDIT = "edit"
    READY = "ready"
    SCHEDULED = "scheduled"
    LIVE = "live"
    CORRECTED = "corrected"
    RECALLED = "recalled"
    KILLED = "killed"


class Rights(StrEnum):
    """How its permission stands."""

    NOT_NEEDED = "not-needed"
    MISSING = "missing"
    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the rows say about one piece.

    ended: "recalled" or "killed" where it was taken back, else empty. is_begun: somebody worked on its words.
    is_translating: it has a translation that is not approved. changed_at: of its newest words.
    """

    is_live: bool = False
    ended: str = ""
    is_corrected: bool = False
    is_scheduled: bool = False
    ready_at: datetime | None = None
    changed_at: datetime | None = None
    is_accepted: bool = False
    is_begun: bool = False
    is_translating: bool = False
    rights: Rights = Rights.NOT_NEEDED

    @property
    def is_ready(self) -> bool:
        """Was it called ready, and are those still its words?"""
        return self.ready_at is not None and (self.changed_at is None or self.changed_at <= self.ready_at)


# The first that holds says where it stands.
_TESTS: Final[tuple[tuple[Stage, Callable[[Facts], bool]], ...]] = (
    (Stage.KILLED, lambda facts: facts.ended == Stage.KILLED),
    (Stage.RECALLED, lambda facts: facts.ended == Stage.RECALLED),
    (Stage.CORRECTED, lambda facts: facts.is_live and facts.is_corrected),
    (Stage.LIVE, lambda facts: facts.is_live),
    (Stage.SCHEDULED, lambda facts: facts.is_scheduled),
    (Stage.READY, lambda facts: facts.is_ready),
    (Stage.PROPOSED, lambda facts: not facts.is_accepted),
    (Stage.TRANSLATION, lambda facts: facts.is_begun and facts.is_translating),
    (Stage.EDIT, lambda facts: facts.is_begun),
    (Stage.GRANTED, lambda facts: facts.rights == Rights.GRANTED),
    (Stage.ASKED, lambda facts: facts.rights == Rights.ASKED),
)


def stage_of(facts: Facts) -> Stage:
    """Return where a piece with these facts stands."""
    return next((stage for stage, holds in _TESTS if holds(facts)), Stage.ACCEPTED)


class Move(StrEnum):
    """What the desk can do to a piece on the board, beside opening it."""

    ACCEPT = "accept"
    READY = "ready"
    BACK = "back"


_MOVES: Final[dict[Stage, tuple[Move, ...]]] = {
    Stage.PROPOSED: (Move.ACCEPT,),
    Stage.ACCEPTED: (Move.READY,),
    Stage.GRANTED: (Move.READY,),
    Stage.EDIT: (Move.READY,),
    Stage.READY: (Move.BACK,),
}

# Where on the board a move leads, for those who drag a card.
LEADS_TO: Final = {Move.ACCEPT: Stage.ACCEPTED, Move.READY: Stage.READY, Move.BACK: Stage.EDIT}


def moves_from(stage: Stage) -> tuple[Move, ...]:
    """Return what may be done to a piece that stands there."""
    return _MOVES.get(stage, ())
