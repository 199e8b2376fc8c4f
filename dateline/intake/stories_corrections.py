"""What people put right in stories, done again while the pieces are gathered anew."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dateline.intake.embeddings.base import Traits
from dateline.intake.stories import Heard, Stories

MOVES = frozenset({"merge", "move"})


@dataclass(frozen=True)
class Correction:
    """Pieces that a person moved: into the story of other pieces, or, where `into` is empty, into one of their own.

    after: the place in the order of coming in of the last piece that was there by then.
    """

    after: int
    originals: frozenset[str]
    into: frozenset[str]


def gathered_again(
    pieces: Iterable[tuple[int, Heard]],
    corrections: Sequence[Correction],
    *,
    traits: Traits,
    repeats: Mapping[str, str],
) -> dict[str, int]:
    """Return the story of each piece when all come in once more and people put the same things right.

    pieces: in the order of coming in, each with its place in it. repeats: the piece whose text each one has.
    """
    stories, found = Stories(traits), dict[str, int]()
    waiting = sorted(corrections, key=lambda one: one.after)
    for place, heard in pieces:
        while waiting and waiting[0].after < place:
            _correct(stories, found, waiting.pop(0))
        stories.learn(heard)
        story = found.get(repeats.get(heard.id, ""))
        if story is None:
            story = stories.find(heard).story
        found[heard.id] = stories.next_story if story is None else story
        stories.put(heard, story=found[heard.id])
    for correction in waiting:
        _correct(stories, found, correction)
    return found


def story_of_most(pieces: Collection[str], stories: Mapping[str, int]) -> int | None:
    """Return the story that most of the pieces are in, None where none of them is in any."""
    counted = Counter(stories[piece] for piece in pieces if piece in stories)
    return min(counted, key=lambda story: (-counted[story], story)) if counted else None


def _correct(stories: Stories, found: dict[str, int], correction: Correction) -> None:
    story = story_of_most(correction.into, found) if correction.into else stories.next_story
    if story is None:
        return
    moved = frozenset(piece for piece in correction.originals if piece in found)
    stories.move(moved, story=story)
    found.update(dict.fromkeys(moved, story))


def same_rows(found: Mapping[str, int], before: Mapping[str, int]) -> dict[int, int]:
    """Return which story of before each found one is: the one it shares most pieces with, each given once."""
    shared = Counter((story, before[piece]) for piece, story in found.items() if piece in before)
    chosen: dict[int, int] = {}
    for (story, row), _ in sorted(shared.items(), key=lambda one: (-one[1], one[0])):
        if story not in chosen and row not in chosen.values():
            chosen[story] = row
    return chosen
