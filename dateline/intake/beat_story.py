"""The score of a story for a beat, from those of its pieces."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dateline.intake.beat import Beat, Judged, Reason

# Of the way from the best piece's score to 1, each further outlet over the line goes this share.
_EACH_OUTLET: Final = 0.15
_MOST_OUTLETS: Final = 5
# A story is what its best piece is, but where most of its pieces are of something else.
_BEST: Final = 0.75
_TOLD: Final = 4


@dataclass(frozen=True)
class Member:
    """A piece of a story: its headline, its outlet's name, and how it was judged."""

    title: str
    outlet: str
    judged: Judged


def judge_story(beat: Beat, members: Sequence[Member]) -> Judged:
    """Return the score of a story with its reasons. A story without pieces scores 0."""
    if not members:
        return Judged(0.0, is_over_the_line=False, labels=(), reasons=())
    best = max(members, key=lambda member: member.judged.score)
    over = [member for member in members if member.judged.is_over_the_line]
    outlets = list(dict.fromkeys(member.outlet for member in over if member.outlet))
    score = _score([member.judged.score for member in members], outlets=len(outlets))
    is_over = score >= beat.line
    return Judged(
        score=score,
        is_over_the_line=is_over,
        labels=_labels(over) if is_over else (),
        reasons=_reasons(best, members, over, outlets),
    )


def _score(scores: Sequence[float], *, outlets: int) -> float:
    mixed = _BEST * max(scores) + (1 - _BEST) * sum(scores) / len(scores)
    more = min(max(outlets - 1, 0), _MOST_OUTLETS)
    return round(mixed + (1 - mixed) * (1 - (1 - _EACH_OUTLET) ** more), 4)


def _labels(over: Sequence[Member]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(label for member in over for label in member.judged.labels))


def _reasons(
    best: Member, members: Sequence[Member], over: Sequence[Member], outlets: Sequence[str]
) -> tuple[Reason, ...]:
    told = []
    if len(outlets) > 1:
        told.append(Reason("outlets", (str(len(outlets)), *outlets[:_TOLD])))
    if len(members) > 1:
        told.append(Reason("members", (str(len(over)), str(len(members)))))
    return (*told, *best.judged.reasons)
