"""Inline marks of a sentence (links, emphasis, line breaks) as placeholders that an editor can move.

A pair reads ⟦1⟧words⟦/1⟧, a mark without words (a line break) ⟦1/⟧; what they stand for is kept beside the
text: {"1": {"element": "a", "href": "https://…"}}. Whatever stands in the text, the only markup that
`restored` ever writes is that of the marks handed in.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from dateline.lib.sanitise import sanitise
from dateline.lib.text import one_line

Marks = dict[str, dict[str, str]]

_TOKEN = re.compile(r"⟦([^⟦⟧]{0,8})⟧")
_MEANING = re.compile(r"(/?)([0-9]{1,4})(/?)")
# A bracket of the source that would read as a placeholder becomes its look-alike.
_LOOK_ALIKES = str.maketrans("⟦⟧", "〚〛")


@dataclass(frozen=True)
class Token:
    """A placeholder in a text. `shape` is open, close, single, or foreign where it is none of ours."""

    text: str
    number: str
    shape: str


@dataclass(frozen=True)
class MarkFaults:
    """What happened to the placeholders of a source in its translation; empty is falsy: all is well."""

    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    is_crossed: bool = False

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra or self.is_crossed)


def disarmed(text: str) -> str:
    """Return text of a source with its own ⟦ and ⟧ replaced, so that only our placeholders have them."""
    return text.translate(_LOOK_ALIKES)


def pieces(text: str) -> Iterator[str | Token]:
    """Yield the words and the placeholders of `text` in order; empty strings are left out."""
    end = 0
    for match in _TOKEN.finditer(text):
        if match.start() > end:
            yield text[end : match.start()]
        yield _token(match)
        end = match.end()
    if end < len(text):
        yield text[end:]


def tokens(text: str) -> list[Token]:
    """Return the placeholders of `text` in order."""
    return [_token(match) for match in _TOKEN.finditer(text)]


def plain(text: str) -> str:
    """Return `text` without its placeholders, on one line; also without those that taking others away laid bare."""
    bare = one_line("".join(_as_plain(piece) for piece in pieces(text)))
    while any(tokens(bare)):
        bare = one_line("".join(_as_plain(piece) for piece in pieces(bare)))
    return bare


def check_marks(source: str, text: str) -> MarkFaults:
    """Return which placeholders of `source` are missing in `text`, which are too many, and whether pairs cross."""
    wanted = Counter(token.text for token in tokens(source))
    found = Counter(token.text for token in tokens(text))
    return MarkFaults(
        missing=tuple((wanted - found).elements()),
        extra=tuple((found - wanted).elements()),
        is_crossed=_are_crossed(tokens(text)),
    )


def restored(text: str, marks: Mapping[str, Mapping[str, str]]) -> str:
    """Return `text` as markup: words escaped, its placeholders turned into the elements of `marks`.

    Placeholders that `marks` does not know are left out; a pair that was cut or crossed is closed.
    """
    return sanitise(_Writer(marks).write(text))


class _Writer:
    """Writes the markup of one text."""

    def __init__(self, marks: Mapping[str, Mapping[str, str]]) -> None:
        self.marks = marks
        self.unused = set(marks)
        self.open: list[str] = []
        self.out: list[str] = []

    def write(self, text: str) -> str:
        for piece in pieces(text):
            if isinstance(piece, str):
                self.out.append(escape(piece))
            else:
                self.mark(piece)
        while self.open:
            self.close(self.open[-1])
        return "".join(self.out)

    def mark(self, token: Token) -> None:
        if token.shape == "close" and token.number in self.open:
            self.close(token.number)
        elif token.shape in {"open", "single"} and token.number in self.unused:
            self.unused.discard(token.number)
            self.begin(token)

    def begin(self, token: Token) -> None:
        mark = self.marks[token.number]
        if (mark["element"] == "br") != (token.shape == "single"):
            return
        self.out.append(_opening(mark))
        if token.shape == "open":
            self.open.append(token.number)

    def close(self, number: str) -> None:
        while self.open:
            last = self.open.pop()
            self.out.append(f"</{self.marks[last]['element']}>")
            if last == number:
                return


def _opening(mark: Mapping[str, str]) -> str:
    if mark["element"] == "br":
        return "<br/>"
    href = mark.get("href")
    return f'<{mark["element"]} href="{escape(href)}">' if href else f"<{mark['element']}>"


def _token(match: re.Match[str]) -> Token:
    meaning = _MEANING.fullmatch(match[1])
    if meaning is None or (meaning[1] and meaning[3]):
        return Token(match[0], "", "foreign")
    shape = "close" if meaning[1] else "single" if meaning[3] else "open"
    return Token(match[0], meaning[2], shape)


def _as_plain(piece: str | Token) -> str:
    if isinstance(piece, str):
        return piece
    return " " if piece.shape == "single" else ""


def _are_crossed(found: list[Token]) -> bool:
    still_open: list[str] = []
    for token in found:
        if token.shape == "open":
            still_open.append(token.number)
        elif token.shape == "close" and (not still_open or still_open.pop() != token.number):
            return True
    return bool(still_open)
