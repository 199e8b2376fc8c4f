"""What an editor does to sentences: two are made one, one is made two; with their inline marks. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dateline.translation.marks import Marks, Token, pieces, tokens

_SPACE: Final = re.compile(r"\s+")
_EMPTY_PAIR: Final = re.compile(r"⟦([0-9]{1,4})⟧(\s*)⟦/\1⟧")
_ENDS: Final = re.compile(r"[.!?…։:؟۔。;,،—–][\"'”’»)\]]*(?:⟦/?[0-9]{1,4}/?⟧)*$")
# How much a mark of punctuation before it speaks for a place, as a share of the text.
_PUNCTUATION: Final = 0.15

Marked = tuple[str, Marks]


@dataclass(frozen=True)
class SplitPlace:
    """Where a sentence can be split: `at` characters from its beginning, placeholders counted; what stands there."""

    at: int
    before: str
    after: str


def merged(parts: Sequence[Marked], *, between: str) -> Marked:
    """Return sentences as one: their words in order, their marks numbered on."""
    texts: list[str] = []
    marks: Marks = {}
    for text, own in parts:
        numbers = {number: str(len(marks) + place) for place, number in enumerate(own, start=1)}
        texts.append(renumbered(text, numbers))
        marks |= {numbers[number]: dict(mark) for number, mark in own.items()}
    return between.join(text for text in texts if text), marks


def renumbered(text: str, numbers: Mapping[str, str]) -> str:
    """Return `text` with its placeholders under other numbers; those that have none there are left out."""
    return "".join(piece if isinstance(piece, str) else _again(piece, numbers) for piece in pieces(text))


def split_places(source: str) -> list[SplitPlace]:
    """Return where `source` can be split: at each space between two words, outside of placeholders."""
    return [
        SplitPlace(at, source[:at].rsplit(maxsplit=1)[-1], source[at:].split(maxsplit=1)[0])
        for at in _gaps(source)
        if source[:at].split() and source[at:].split()
    ]


def split_marked(source: str, marks: Mapping[str, Mapping[str, str]], *, at: int) -> tuple[Marked, Marked]:
    """Return the two sentences that `source` makes, split at a place of `split_places`; a mark around it is on both."""
    left, right = cut_marked(source, at=at)
    return _numbered(left, marks), _numbered(right, marks)


def split_text(text: str, *, source: str, at: int) -> tuple[str, str]:
    """Return a translation in two where its source is split at `at`: at a space about as far, after a mark if there is.

    The numbers of placeholders are still those of the whole. A text without a space stays on the left.
    """
    places = list(_gaps(text))
    if not places:
        return text, ""
    share = at / len(source)

    def cost(place: int) -> float:
        return abs(place / len(text) - share) - _PUNCTUATION * bool(_ENDS.search(text[:place].rstrip()))

    return cut_marked(text, at=min(places, key=cost))


def cut_marked(text: str, *, at: int) -> tuple[str, str]:
    """Return `text` in two at a place outside of placeholders; marks that are open there end and begin again."""
    around = _open(text[:at])
    left = text[:at].rstrip() + "".join(f"⟦/{number}⟧" for number in reversed(around))
    right = "".join(f"⟦{number}⟧" for number in around) + text[at:].lstrip()
    return _without_empty(left), _without_empty(right)


def numbers_of(whole: str, part: str) -> dict[str, str]:
    """Return under which number each mark of `part`, which has those of `whole`, stands once it is numbered anew."""
    own = dict.fromkeys(token.number for token in tokens(part) if token.number)
    known = {token.number for token in tokens(whole)}
    return {number: str(place) for place, number in enumerate((n for n in own if n in known), start=1)}


def _numbered(part: str, marks: Mapping[str, Mapping[str, str]]) -> Marked:
    numbers = numbers_of(part, part)
    kept = {new: dict(marks[old]) for old, new in numbers.items() if old in marks}
    return renumbered(part, {old: new for old, new in numbers.items() if old in marks}), kept


def _gaps(text: str) -> Iterator[int]:
    """Yield the places of spaces that stand between two words."""
    for found in _SPACE.finditer(text):
        if found.start() > 0 and found.end() < len(text):
            yield found.start()


def _open(text: str) -> list[str]:
    found: list[str] = []
    for token in tokens(text):
        if token.shape == "open":
            found.append(token.number)
        elif token.shape == "close" and token.number in found:
            found.remove(token.number)
    return found


def _without_empty(text: str) -> str:
    while (kept := _EMPTY_PAIR.sub(r"\2", text)) != text:
        text = kept
    return text.strip()


def _again(token: Token, numbers: Mapping[str, str]) -> str:
    number = numbers.get(token.number)
    if number is None:
        return ""
    shapes = {"open": f"⟦{number}⟧", "close": f"⟦/{number}⟧", "single": f"⟦{number}/⟧"}
    return shapes.get(token.shape, "")
