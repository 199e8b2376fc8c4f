"""Which blocks of a translation say what which blocks of its original say, by their lengths and kinds. Pure.

Source: Gale and Church 1993, a program for aligning sentences in bilingual corpora; here with paragraphs, whose kinds
(heading, quote, item) are known, so that two of a kind are held to belong together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Final

# How many blocks of theirs and of ours make a step, and what the step costs before lengths are looked at.
_STEPS: Final = {(1, 1): 0.0, (1, 0): 4.5, (0, 1): 4.5, (2, 1): 2.3, (1, 2): 2.3, (2, 2): 4.4}
_OTHER_KIND: Final = 6.0
# The variance of the ratio of lengths, a character of the original.
_VARIANCE: Final = 6.8


@dataclass(frozen=True)
class Piece:
    """A block of text: what it is on the page, and how many letters it has."""

    kind: str
    size: int


Step = tuple[tuple[int, ...], tuple[int, ...]]


def aligned(theirs: Sequence[Piece], ours: Sequence[Piece]) -> list[Step]:
    """Return in order the places of blocks that belong together: theirs, ours; either may be empty, never both."""
    ratio = (sum(one.size for one in ours) or 1) / (sum(one.size for one in theirs) or 1)
    best: dict[tuple[int, int], tuple[float, tuple[int, int] | None]] = {(0, 0): (0.0, None)}
    for at in range(len(theirs) + 1):
        for here in range(len(ours) + 1):
            found = [
                (
                    best[at - a, here - b][0]
                    + cost
                    + _distance(theirs[at - a : at], ours[here - b : here], ratio),
                    (a, b),
                )
                for (a, b), cost in _STEPS.items()
                if at >= a and here >= b
            ]
            if found:
                best[at, here] = min(found)
    steps: list[Step] = []
    at, here = len(theirs), len(ours)
    while (taken := best[at, here][1]) is not None:
        a, b = taken
        steps.append((tuple(range(at - a, at)), tuple(range(here - b, here))))
        at, here = at - a, here - b
    return steps[::-1]


def _distance(theirs: Sequence[Piece], ours: Sequence[Piece], ratio: float) -> float:
    if not theirs or not ours:
        return 0.0
    kinds = 0.0 if {one.kind for one in theirs} == {one.kind for one in ours} else _OTHER_KIND
    long, short = sum(one.size for one in theirs) * ratio, sum(one.size for one in ours)
    mean = max((long + short) / 2, 1.0)
    return kinds + log(1 + abs(short - long) / sqrt(mean * _VARIANCE))
