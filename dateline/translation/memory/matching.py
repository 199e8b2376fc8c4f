"""What the memory offers for a sentence: units with a score, and what was taken off it for which reason."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from dateline.translation.marks import plain
from dateline.translation.memory.adapting import Pair, adapted
from dateline.translation.memory.classes import classed
from dateline.translation.memory.hashing import normalised
from dateline.translation.memory.scoring import closest
from dateline.translation.placing import carry_marks, mended

CONTEXT: Final = "context"
EXACT: Final = "exact"
NUMBERS: Final = "numbers"
FUZZY: Final = "fuzzy"

LEAST: Final = 60
IN_CONTEXT: Final = 101
WORD_FOR_WORD: Final = 100
BUT_FOR_NUMBERS: Final = 99

# Taken off the score. Words of another person who never looked at them are worth less, a machine's least.
PENALTIES: Final[Mapping[str, int]] = {
    "unreviewed": 2,
    "doubtful": 10,
    "machine": 5,
    "numbers": 3,
    "variant": 1,
}


class Known(NamedTuple):
    """A unit of the memory, as far as it matters for its rank. `source` is normalised.

    before, after: hashes of its neighbours, None where nobody knows. lacks: names of PENALTIES that it deserves.
    penalty: taken off beside those, by whoever brought it. is_reviewed: a second person has called its words good.
    """

    id: int
    source: str
    text: str
    before: int | None = None
    after: int | None = None
    lacks: frozenset[str] = frozenset()
    penalty: int = 0
    is_reviewed: bool = False


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A sentence that wants a translation. before, after: hashes of its neighbours, where it has a place."""

    source: str
    pair: Pair
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, kw_only=True)
class Match:
    """A unit that is like the asked sentence. `text` is its translation with the numbers and marks of the asked one.

    score: whole percents, 101 in the same context. likeness: before anything was taken off.
    is_adapted: numbers, dates or addresses were changed.
    """

    unit: Known
    text: str
    score: int
    likeness: float
    kind: str
    is_adapted: bool = False
    taken_off: Mapping[str, int] = field(default_factory=dict)


def matches(asked: Asked, units: Sequence[Known], *, least: int = LEAST, most: int = 5) -> list[Match]:
    """Return the best matches among `units`, best first, each translation once; of equal ones a reviewed one first.

    least: the score under which nothing is shown.
    """
    own, own_class = normalised(asked.source), classed(asked.source, language=asked.pair.source)
    rest = [unit for unit in units if unit.source != own]
    found = [_exact(asked, unit) for unit in units if unit.source == own]
    found += _others(asked, own_class, rest, least)
    ranked = sorted(
        (one for one in found if one.score >= least),
        key=lambda one: (-one.score, -one.likeness, not one.unit.is_reviewed, -one.unit.id),
    )
    return _each_once(ranked)[:most]


def _exact(asked: Asked, unit: Known) -> Match:
    is_same_place = (unit.before, unit.after) == (asked.before, asked.after) and None not in (
        unit.before,
        unit.after,
    )
    kind, score = (CONTEXT, IN_CONTEXT) if is_same_place else (EXACT, WORD_FOR_WORD)
    return _priced(
        Match(unit=unit, text=unit.text, score=score, likeness=float(score), kind=kind), unit.lacks
    )


def _others(asked: Asked, own_class: str, units: Sequence[Known], least: int) -> Iterable[Match]:
    lowest = max(least - 1, 1)
    for place, likeness in closest(
        asked.source, [unit.source for unit in units], least=lowest, language=asked.pair.source
    ):
        yield _alike(asked, own_class, units[place], likeness)


def _alike(asked: Asked, own_class: str, unit: Known, likeness: float) -> Match:
    old, new = plain(unit.source), plain(asked.source)
    text = adapted(old=old, text=plain(unit.text), new=new, pair=asked.pair)
    is_class = classed(unit.source, language=asked.pair.source) == own_class
    is_adapted = text is not None and text != plain(unit.text)
    words = _with_marks(asked, unit, text)
    if is_class and text is not None:
        match = Match(
            unit=unit,
            text=words,
            score=BUT_FOR_NUMBERS,
            likeness=likeness,
            kind=NUMBERS,
            is_adapted=is_adapted,
        )
        return _priced(match, unit.lacks)
    score = min(math.floor(likeness), BUT_FOR_NUMBERS)
    lacks = unit.lacks | {"numbers"} if text is None or is_adapted else unit.lacks
    return _priced(
        Match(unit=unit, text=words, score=score, likeness=likeness, kind=FUZZY, is_adapted=is_adapted), lacks
    )


def _with_marks(asked: Asked, unit: Known, text: str | None) -> str:
    """Return the words with the marks of the asked sentence: at the unit's places where it has the same ones."""
    if text is None:
        return mended(asked.source, unit.text)
    kept = unit.text if text == plain(unit.text) else carry_marks(unit.text, text)
    return mended(asked.source, kept)


def _priced(match: Match, lacks: frozenset[str]) -> Match:
    taken = {name: PENALTIES[name] for name in sorted(lacks)}
    if match.unit.penalty:
        taken["source"] = match.unit.penalty
    return replace(match, score=max(match.score - sum(taken.values()), 0), taken_off=taken)


def _each_once(ranked: Iterable[Match]) -> list[Match]:
    return list({normalised(match.text): match for match in reversed(list(ranked))}.values())[::-1]
