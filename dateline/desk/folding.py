"""Words folded so that every spelling of a word is one: capitals, accents, forms of letters, digits."""

import unicodedata
from typing import Final

from dateline.intake.beat_letters import alike

LONGEST: Final = 60_000
# Scripts that set no space between words: there a word is found inside a run of letters.
_WITHOUT_SPACES: Final = (
    ("\u0e00", "\u0eff"),
    ("\u1000", "\u109f"),
    ("\u1780", "\u17ff"),
    ("\u3040", "\u9fff"),
)


def folded(text: str) -> str:
    """Return the words of `text`, folded, one space between them and around the whole; "" has none."""
    letters = "".join(_plain(sign) for sign in alike(text[:LONGEST]))
    words = " ".join(letters.split())
    return f" {words} " if words else ""


def sought(words: str) -> list[str]:
    """Return the folded words that somebody looks for, each once, as they stand in a folded text: at a beginning."""
    found = dict.fromkeys(folded(words).split())
    return [word if _is_without_spaces(word) else f" {word}" for word in found]


def _plain(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return str(unicodedata.digit(sign))
    return sign if kind[0] in "LMN" else " "


def _is_without_spaces(word: str) -> bool:
    return any(first <= sign <= last for sign in word for first, last in _WITHOUT_SPACES)
