"""What differs between two sentences, word by word, to be marked on the page. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Levenshtein

# A word with what is stuck to it would make «Porto,» and «Porto» two words: signs stand alone, but for
# those in a number, and spaces go with a word.
_PARTS = re.compile(r"\s*(?:\d+(?:[.,:/]\d+)*|[\w’'ʼ\u200c]+|[^\w\s])")


class Change(StrEnum):
    """What became of words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Part:
    """Words that stand together with what became of them."""

    text: str
    change: Change


def difference(old: str, new: str) -> list[Part]:
    """Return `new` in parts, with what `old` had in their place before them.

    The parts that are not GONE make `new` again, those that are not NEW make `old`, but for spaces at the ends.
    """
    before, after = _PARTS.findall(old), _PARTS.findall(new)
    steps = Levenshtein.opcodes([one.strip() for one in before], [one.strip() for one in after])
    found = [
        part
        for step in steps
        for part in _step(
            step.tag, before[step.src_start : step.src_end], after[step.dest_start : step.dest_end]
        )
    ]
    return list(_joined(found))


def _step(tag: str, gone: list[str], new: list[str]) -> Iterator[Part]:
    if tag == "equal":
        # The first word of a sentence has no space before it, in the other one it may have.
        space = " " if gone[0][:1].isspace() and not new[0][:1].isspace() else ""
        yield Part(space + "".join(new), Change.SAME)
        return
    if gone:
        yield Part("".join(gone), Change.GONE)
    if new:
        yield Part("".join(new), Change.NEW)


def _joined(parts: list[Part]) -> Iterator[Part]:
    """Yield the parts with those of a run of changes put together: all that is gone, then all that is new."""
    gone, new = "", ""
    for part in parts:
        if part.change is Change.GONE:
            gone += part.text
        elif part.change is Change.NEW:
            new += part.text
        else:
            yield from _run(gone, new)
            gone = new = ""
            yield part
    yield from _run(gone, new)


def _run(gone: str, new: str) -> Iterator[Part]:
    if gone:
        yield Part(gone, Change.GONE)
    if new:
        yield Part(new, Change.NEW)
