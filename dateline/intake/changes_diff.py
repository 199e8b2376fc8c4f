"""How two versions of a text differ, word by word, as it is kept and shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

from dateline.intake.changes_text import Sentence, squeezed, words_of

SAME: Final = "same"
ADDED: Final = "added"
REMOVED: Final = "removed"
EDITED: Final = "edited"

_TOKEN = re.compile(r"\s+|[^\W_]+(?:['’.,\-][^\W_]+)*|[\W_]")
_CHEAP = 0.5


@dataclass(frozen=True)
class Pair:
    """A sentence and what became of it."""

    before: Sentence
    after: Sentence


def similarity(one: str, other: str) -> float:
    """Return how much two sentences share, 0 to 1: of their words, in order; of their letters where words are few."""
    a, b = words_of(one), words_of(other)
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if min(len(a), len(b)) <= 4 or matcher.real_quick_ratio() < _CHEAP:  # noqa: PLR2004 - words
        return SequenceMatcher(None, one, other, autojunk=False).ratio() if min(len(a), len(b)) <= 4 else 0.0  # noqa: PLR2004
    return matcher.ratio()


def replaced(pair: Pair) -> Iterator[tuple[list[str], list[str], bool]]:
    """Yield the runs of words that differ, before and after, and whether the run begins the sentence.

    A pair that differs in marks or case only gives one run: its last word both times.
    """
    before, after = words_of(pair.before.text), words_of(pair.after.text)
    old, new = [word.casefold() for word in before], [word.casefold() for word in after]
    runs = [
        (before[a:b], after[c:d], a == 0 or c == 0)
        for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if what != "equal"
    ]
    yield from runs or [(before[-1:], after[-1:], False)]


def words_shown(before: str, after: str) -> list[list[str]]:
    """Return the words of an edited sentence as pairs of SAME, REMOVED or ADDED, and the text."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    shown: list[list[str]] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            shown.append([SAME, "".join(old[a:b])])
            continue
        shown += [[REMOVED, "".join(old[a:b])]] if b > a else []
        shown += [[ADDED, "".join(new[c:d])]] if d > c else []
    return shown


def passages_shown(
    old: list[Sentence],
    new: list[Sentence],
    removed: list[Sentence],
    added: list[Sentence],
    pairs: list[Pair],
) -> list[dict[str, Any]]:
    """Return what differs in the order of the new text, each with the sentence before it where that did not change.

    Each is a dictionary: `op` is SAME, ADDED, REMOVED or EDITED; `words` as `words_shown`.
    """
    edits = {id(pair.after): pair.before for pair in pairs}
    is_added = {id(one) for one in added}
    gone = _by_place(old, new, removed)
    shown: list[dict[str, Any]] = [_whole(REMOVED, one) for one in gone.get(-1, ())]
    told = -1
    for place, sentence in enumerate(new):
        changed = id(sentence) in edits or id(sentence) in is_added
        if (changed or place in gone) and told < place - 1 and place:
            shown.append(_whole(SAME, new[place - 1]))
        if id(sentence) in edits:
            words = words_shown(edits[id(sentence)].text, sentence.text)
            shown.append({"op": EDITED, "words": words})
        elif changed:
            shown.append(_whole(ADDED, sentence))
        elif place in gone:
            shown.append(_whole(SAME, sentence))
        shown += [_whole(REMOVED, one) for one in gone.get(place, ())]
        told = place if changed or place in gone else told
    return shown


def _by_place(old: list[Sentence], new: list[Sentence], removed: list[Sentence]) -> dict[int, list[Sentence]]:
    """Return removed sentences by the place of the new text behind which they stood; -1 is before its first."""
    places = {squeezed(sentence.key): place for place, sentence in enumerate(new)}
    is_gone = {id(one) for one in removed}
    found: dict[int, list[Sentence]] = {}
    last = -1
    for sentence in old:
        if id(sentence) in is_gone:
            found.setdefault(last, []).append(sentence)
        else:
            last = places.get(squeezed(sentence.key), last)
    return found


def _whole(what: str, sentence: Sentence) -> dict[str, Any]:
    return {"op": what, "words": [[what, sentence.text]]}
