"""Text with inline codes, as every format of translators has it: words, and codes that begin, end or stand alone.

Between formats a code is told by its number: ⟦1⟧ begins, ⟦/1⟧ ends, ⟦1/⟧ stands alone. What it is in the file's own
markup is kept beside it and written back as it was; nobody here reads or trusts it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

OPEN: Final = "open"
CLOSE: Final = "close"
SINGLE: Final = "single"
MOST_DIGITS: Final = 4

_TOKEN = re.compile(r"⟦(/?)([0-9]{1,4})(/?)⟧")
# A bracket of the text that would read as a token becomes its look-alike.
_LOOK_ALIKES = str.maketrans("⟦⟧", "〚〛")


@dataclass(frozen=True)
class Code:
    """An inline code. `number` pairs an opening with its closing and finds a code's like in the translation.

    data: the markup that it stands for, as text. kind: what it does (`link`, `bold`, `lb` …), where that is said.
    """

    shape: str
    number: str
    data: str = ""
    kind: str = ""

    @property
    def token(self) -> str:
        """The code as it stands in a marked text."""
        return {OPEN: f"⟦{self.number}⟧", CLOSE: f"⟦/{self.number}⟧", SINGLE: f"⟦{self.number}/⟧"}[self.shape]


Part = str | Code
Parts = tuple[Part, ...]


@dataclass(frozen=True)
class Marked:
    """A text with its codes as tokens, and the codes by their token."""

    text: str
    codes: Mapping[str, Code]


def joined(parts: Iterable[Part]) -> Parts:
    """Return `parts` with neighbouring texts as one and without empty ones: the one way to write them."""
    kept: list[Part] = []
    for part in parts:
        if isinstance(part, str) and kept and isinstance(kept[-1], str):
            kept[-1] += part
        elif part != "":
            kept.append(part)
    return tuple(kept)


def words_of(parts: Iterable[Part]) -> str:
    """Return the bare text."""
    return "".join(part for part in parts if isinstance(part, str))


def marked(parts: Sequence[Part], *, numbers: Mapping[str, str] | None = None) -> Marked:
    """Return one text with tokens. numbers: what `numbers_of` gave for a text and its translation together.

    A text's own brackets become their look-alikes, so that only tokens have them.
    """
    numbers = numbers_of(parts) if numbers is None else numbers
    codes: dict[str, Code] = {}
    out: list[str] = []
    for part in parts:
        if isinstance(part, str):
            out.append(part.translate(_LOOK_ALIKES))
            continue
        code = Code(part.shape, numbers[part.number], part.data, part.kind)
        codes[code.token] = code
        out.append(code.token)
    return Marked("".join(out), codes)


def parts_of(text: str, codes: Mapping[str, Code] | None = None) -> Parts:
    """Return words and codes of a marked text; a token that `codes` does not know is a code without markup."""
    return joined(_parts(text, codes or {}))


def numbers_of(*texts: Sequence[Part]) -> dict[str, str]:
    """Return our number for each of the file's: its own where that is one, else the next that is free."""
    named = list(dict.fromkeys(part.number for parts in texts for part in parts if isinstance(part, Code)))
    ours = {name: name for name in named if _is_ours(name)}
    free = (str(number) for number in range(1, 10_000) if str(number) not in ours)
    return {name: ours.get(name) or next(free, "9999") for name in named}


def _parts(text: str, codes: Mapping[str, Code]) -> Iterator[Part]:
    end = 0
    for found in _TOKEN.finditer(text):
        if found[1] and found[3]:
            continue
        yield text[end : found.start()]
        shape = CLOSE if found[1] else SINGLE if found[3] else OPEN
        yield codes.get(found[0]) or Code(shape, found[2])
        end = found.end()
    yield text[end:]


def _is_ours(name: str) -> bool:
    return name.isascii() and name.isdigit() and len(name) <= MOST_DIGITS and (name == "0" or name[0] != "0")
