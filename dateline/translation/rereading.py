"""How a new reading of a source lies beside the old one, sentence by sentence. Pure.

Identical sentences stay, wherever they stand now; of the others each new one is laid beside the old one that it was
made of, where there is one. So nothing that changed is hidden, and nothing that did not change is asked for again.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final, NamedTuple

from rapidfuzz import fuzz

# From which likeness (0 to 100) a sentence is an edit of another: in its place, alone there, or anywhere.
_IN_PLACE: Final = 50.0
_ALONE: Final = 30.0
_ANYWHERE: Final = 65.0
# As many pairs of sentences are compared, at most, where a whole text was rewritten.
_MOST_PAIRS: Final = 250_000


class What(StrEnum):
    """What became of a sentence."""

    SAME = "same"
    MOVED = "moved"
    EDITED = "edited"
    NEW = "new"
    GONE = "gone"


class Step(NamedTuple):
    """A sentence in both readings, by its place in each; None where it is not in one."""

    what: What
    old: int | None
    new: int | None


def compared(old: Sequence[str], new: Sequence[str]) -> list[Step]:
    """Return what became of each sentence, in the order of the new reading; what is gone stands where it stood.

    Each place of both is in one step. SAME and MOVED are word for word the same: as many as both readings share.
    """
    found = _same(old, new)
    found += _moved(old, new, found)
    found += _edited(old, new, found)
    old_left = _left(len(old), (step.old for step in found))
    new_left = _left(len(new), (step.new for step in found))
    found += [Step(What.NEW, None, place) for place in new_left]
    return _with_gone(sorted(found, key=lambda step: step.new or 0), old_left)


def _same(old: Sequence[str], new: Sequence[str]) -> list[Step]:
    """Return the sentences that both have in the same order: most of them, as difflib finds them."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [
        Step(What.SAME, a + step, b + step)
        for a, b, size in matcher.get_matching_blocks()
        for step in range(size)
    ]


def _moved(old: Sequence[str], new: Sequence[str], found: Sequence[Step]) -> list[Step]:
    """Return the sentences that both have in another place; of several like ones the one with the same neighbour."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for place in _left(len(old), (step.old for step in found)):
        waiting[old[place]].append(place)
    steps = []
    for place in _left(len(new), (step.new for step in found)):
        like = waiting.get(new[place])
        if like:
            shared = {one: _shared_neighbours(old, one, new, place) for one in like}
            best = max(like, key=shared.__getitem__)
            like.remove(best)
            steps.append(Step(What.MOVED, best, place))
    return steps


def _shared_neighbours(old: Sequence[str], one: int, new: Sequence[str], place: int) -> int:
    before = one > 0 and place > 0 and old[one - 1] == new[place - 1]
    after = one + 1 < len(old) and place + 1 < len(new) and old[one + 1] == new[place + 1]
    return int(before) + int(after)


def _edited(old: Sequence[str], new: Sequence[str], found: Sequence[Step]) -> list[Step]:
    """Return the sentences that were edited: first those in their place between two that stayed, then any other."""
    old_left = set(_left(len(old), (step.old for step in found)))
    new_left = set(_left(len(new), (step.new for step in found)))
    steps: list[Step] = []
    for olds, news in _gaps(len(old), len(new), [step for step in found if step.what is What.SAME]):
        steps += _paired(
            [old[a] for a in olds if a in old_left],
            [new[b] for b in news if b in new_left],
            [a for a in olds if a in old_left],
            [b for b in news if b in new_left],
        )
    old_left -= {step.old for step in steps if step.old is not None}
    new_left -= {step.new for step in steps if step.new is not None}
    return steps + _anywhere(old, new, sorted(old_left), sorted(new_left))


def _gaps(olds: int, news: int, anchors: Sequence[Step]) -> Iterator[tuple[range, range]]:
    """Yield what stands between each two sentences that stayed."""
    a = b = 0
    for step in sorted(anchors, key=lambda one: one.new or 0):
        assert step.old is not None  # noqa: S101 - SAME has both
        assert step.new is not None  # noqa: S101
        yield range(a, step.old), range(b, step.new)
        a, b = step.old + 1, step.new + 1
    yield range(a, olds), range(b, news)


def _paired(was: list[str], now: list[str], olds: list[int], news: list[int]) -> list[Step]:
    """Return the pairs, in order, that are most alike together (Needleman and Wunsch)."""
    if not was or not now or len(was) * len(now) > _MOST_PAIRS:
        return []
    least = _ALONE if len(was) == len(now) == 1 else _IN_PLACE
    scores = [[likeness(one, other) for other in now] for one in was]
    best = [[0.0] * (len(now) + 1) for _ in range(len(was) + 1)]
    for a in range(len(was) - 1, -1, -1):
        for b in range(len(now) - 1, -1, -1):
            taken = best[a + 1][b + 1] + scores[a][b] if scores[a][b] >= least else 0.0
            best[a][b] = max(best[a + 1][b], best[a][b + 1], taken)
    return list(_walked(best, scores, least, olds, news))


def _walked(
    best: list[list[float]], scores: list[list[float]], least: float, olds: list[int], news: list[int]
) -> Iterator[Step]:
    a = b = 0
    while a < len(olds) and b < len(news):
        if best[a][b] == best[a + 1][b]:
            a += 1
        elif best[a][b] == best[a][b + 1]:
            b += 1
        else:
            assert scores[a][b] >= least  # noqa: S101 - or one of the two above holds
            yield Step(What.EDITED, olds[a], news[b])
            a, b = a + 1, b + 1


def _anywhere(old: Sequence[str], new: Sequence[str], olds: list[int], news: list[int]) -> list[Step]:
    if len(olds) * len(news) > _MOST_PAIRS:
        return []
    pairs = [(likeness(old[a], new[b]), a, b) for a in olds for b in news]
    steps: list[Step] = []
    taken_old, taken_new = set[int](), set[int]()
    for score, a, b in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if score >= _ANYWHERE and a not in taken_old and b not in taken_new:
            steps.append(Step(What.EDITED, a, b))
            taken_old.add(a)
            taken_new.add(b)
    return steps


def likeness(one: str, other: str) -> float:
    """Return how alike two sentences are, from 0 to 100: by letters in order."""
    return fuzz.ratio(one.casefold(), other.casefold())


def _left(size: int, taken: Iterator[int | None]) -> list[int]:
    known = set(taken)
    return [place for place in range(size) if place not in known]


def _with_gone(steps: list[Step], gone: list[int]) -> list[Step]:
    """Return `steps` with what is gone behind the sentence that stood before it."""
    behind: dict[int, list[Step]] = defaultdict(list)
    known = {step.old for step in steps}
    for place in gone:
        before = place - 1
        while before >= 0 and before not in known:
            before -= 1
        behind[before].append(Step(What.GONE, place, None))
    found = list(behind.get(-1, ()))
    for step in steps:
        found.append(step)
        if step.old is not None:
            found += behind.get(step.old, ())
    return found
