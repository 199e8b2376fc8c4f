"""Excerpts: sentences chosen from an original, how they are quoted, and how many words they count. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dateline.lib.scripts import script_of

LEFT_OUT: Final = " […] "
FEWEST_VOICES: Final = 4
MOST_VOICES: Final = 8
# Written without spaces between words; two characters count as one word.
_UNSPACED: Final = frozenset({"Hans", "Hant", "Jpan", "Thai", "Laoo", "Khmr", "Mymr"})
_CHARACTERS_A_WORD: Final = 2


@dataclass(frozen=True)
class Quoted:
    """A sentence of an original, and its place in it (from 0)."""

    number: int
    text: str


def joined(sentences: Sequence[Quoted]) -> str:
    """Return chosen sentences as one text; where others stood between two of them that is marked."""
    text = ""
    for before, one in zip([None, *sentences], sentences, strict=False):
        if before is not None:
            text += " " if one.number == before.number + 1 else LEFT_OUT
        text += one.text
    return text


def counted_words(text: str, *, language: str) -> int:
    """Return how many words of a quota a text takes; marks of omission take none."""
    plain = text.replace(LEFT_OUT.strip(), " ")
    if script_of(language) in _UNSPACED:
        return -(-len("".join(plain.split())) // _CHARACTERS_A_WORD)
    return len(plain.split())


def taken_words(*, source: str, source_language: str, excerpt: str, language: str) -> int:
    """Return what a voice takes of its quota: readers see its words in both languages, and the longer counts."""
    return max(
        counted_words(source, language=source_language),
        counted_words(excerpt, language=language),
    )
