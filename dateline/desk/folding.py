"""Words folded so that every spelling of a word is one: capitals, accents, forms of letters, digits."""

import unicodedata
from typing import Final

from dateline.intake.beat_letters import alike

LONGEST: Final = 60_000
# Scripts that set no space between words: there each letter stands by itself, and a word is letters in a row.
_WITHOUT_SPACES: Final = (
    ("\u0e00", "\u0eff"),
    ("\u1000", "\u109f"),
    ("\u1780", "\u17ff"),
    ("\u3040", "\u9fff"),
)


def folded(text: str) -> str:
    """Return the words of `text`, folded, one space between them and around the whole; "" has none."""
    letters = "".join(_apart(_plain(sign)) for sign in alike(text[:LONGEST]))
    words = " ".join(letters.split())
    return f" {words} " if words else ""


def sought(words: str) -> list[str]:
    """Return what somebody looks for, each once, as it stands in a folded text: the beginning of words in a row."""
    found: dict[str, None] = {}
    for word in words.split():
        parts = folded(word).split()
        row = [" ".join(parts)] if any(_is_without_spaces(part) for part in parts) else parts
        found.update(dict.fromkeys(f" {part}" for part in row if part))
    return list(found)


def _plain(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return str(unicodedata.digit(sign))
    return sign if kind[0] in "LMN" else " "


def _apart(sign: str) -> str:
    """Return a letter of a script without spaces as a word; marks stay with the letter before them."""
    is_letter = _is_without_spaces(sign) and unicodedata.category(sign)[0] != "M"
    return f" {sign}" if is_letter else sign


def _is_without_spaces(word: str) -> bool:
    return any(first <= sign <= last for sign in word for first, last in _WITHOUT_SPACES)
