"""The forms under which a word is looked up: what may be its dictionary form.

A dictionary of lemmas tells where there is one (simplemma); endings are taken off by a whitelist, in the order in
which the language puts them on (`endings/<language>.json`), and what they changed of the stem is put back:
softened consonants and dropped vowels in Azerbaijani and Turkish, vowels lost in Georgian and Armenian.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from dateline.lib.scripts import primary
from dateline.translation.names.dictionary import has_dictionary, is_word, lemma

_FOLDER: Final = Path(__file__).parent / "endings"
_SHORTEST: Final = 2
_TURKIC: Final = frozenset({"az", "tr"})
# Letters of one word that are written in several ways.
_SAME: Final = str.maketrans("يىكۀةأإؤё’ʼ", "ییکههااوе''")
_ARABIC_MARKS: Final = re.compile("[\u064b-\u0652\u0670\u0640\u200d]")
_OTHER_LETTERS: Final = frozenset({"ar", "fa", "ur", "ckb", "ru", "uk"})


@dataclass(frozen=True)
class Endings:
    """The endings of one language: slots from the stem outwards, each used at most once, and what stems do."""

    slots: tuple[frozenset[str], ...]
    soft: dict[str, str]
    vowels: str
    drops: bool
    add: tuple[str, ...]
    syncope: bool
    stems: tuple[tuple[str, str], ...]
    reduces: dict[str, tuple[str, ...]]
    shortest: int
    own_lemmas: bool
    headwords: bool

    @property
    def is_empty(self) -> bool:
        """Whether the language has no endings here."""
        return not self.slots


@cache
def endings_of(language: str) -> Endings:
    """Return the endings of a BCP 47 tag; empty ones where there is no table."""
    path = _FOLDER / f"{primary(language)}.json"
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return Endings(
        slots=tuple(frozenset(slot.split()) for slot in told.get("slots", ())),
        soft=told.get("soft", {}),
        vowels=told.get("vowels", ""),
        drops=bool(told.get("drops", False)),
        add=tuple(told.get("add", ())),
        syncope=bool(told.get("syncope", False)),
        stems=tuple((one, other) for one, other in told.get("stems", ())),
        reduces={ending: tuple(others) for ending, others in told.get("reduces", {}).items()},
        shortest=int(told.get("shortest", _SHORTEST)),
        headwords=bool(told.get("headwords", False)),
        own_lemmas=bool(told.get("own_lemmas", True)),
    )


@lru_cache(maxsize=100_000)
def folded(word: str, language: str) -> str:
    """Return `word` as it is compared: composed, in the small letters of the language, in one spelling."""
    tag = primary(language)
    text = unicodedata.normalize("NFC", word)
    if tag in _TURKIC:
        text = text.replace("İ", "i").replace("I", "ı")
    text = text.lower().replace("i̇", "i")
    if tag in _OTHER_LETTERS:
        text = _ARABIC_MARKS.sub("", text).translate(_SAME)
    return text


@lru_cache(maxsize=100_000)
def keys(word: str, language: str) -> frozenset[str]:
    """Return every form under which a word of a text is looked up, its own among them."""
    small = folded(word, language)
    bare = re.split("['’ʼ]", small)[0] if primary(language) in _TURKIC else small
    found = {small, bare} - {""}
    found |= _lemmas(word, small, language)
    endings = endings_of(language)
    if not endings.is_empty and not (endings.headwords and _is_headword(small, language)):
        for one in {small, bare} - {""}:
            found.update(_stems(one, endings, len(endings.slots)))
    return frozenset(found)


@lru_cache(maxsize=50_000)
def own_keys(word: str, language: str) -> frozenset[str]:
    """Return the forms under which a term's own word is kept: as it is written, and its lemma."""
    small = folded(word, language)
    return frozenset({small, *(_lemmas(word, small, language) if endings_of(language).own_lemmas else ())})


def _lemmas(word: str, small: str, language: str) -> set[str]:
    if not has_dictionary(language):
        return set()
    spelt = {word, small, small.capitalize()}
    return {folded(lemma(one, language), language) for one in spelt if one}


def _is_headword(small: str, language: str) -> bool:
    """True for a word that the dictionary has as it is: its endings are its own."""
    return is_word(small, language) and folded(lemma(small, language), language) == small


def _stems(word: str, endings: Endings, slot: int) -> Iterator[str]:
    """Yield what may stand before the endings of `word`, using the slots below `slot`."""
    yield from _restored(word, endings)
    for below in range(slot):
        for ending in endings.slots[below]:
            if word.endswith(ending) and len(word) - len(ending) >= endings.shortest:
                yield from _stems(word[: -len(ending)], endings, below)


def _restored(stem: str, endings: Endings) -> Iterator[str]:
    """Yield a stem, and what it was before endings changed it."""
    yield stem
    for hard in endings.soft.get(stem[-1:], ""):
        yield stem[:-1] + hard
    if endings.drops:
        yield from _with_vowel(stem, endings)
    for added in endings.add:
        yield stem + added
    if endings.syncope:
        yield from (one + "ი" for one in _with_vowel(stem, endings))
    for changed, own in endings.stems:
        if stem.endswith(changed):
            yield stem[: -len(changed)] + own
    if endings.reduces:
        yield from _unreduced(stem, endings)


def _with_vowel(stem: str, endings: Endings) -> Iterator[str]:
    """Yield a stem with a vowel between its two last consonants: oğl, oğul."""
    if len(stem) > _SHORTEST and stem[-1] not in endings.vowels and stem[-2] not in endings.vowels:
        yield from (stem[:-1] + vowel + stem[-1] for vowel in endings.vowels)


def _unreduced(stem: str, endings: Endings) -> Iterator[str]:
    """Yield a stem with the vowel that its last syllable has when it is stressed: խորհրդ, խորհուրդ."""
    for place in range(max(1, len(stem) - 2), len(stem)):
        for vowel in endings.reduces.get("", ()):
            yield stem[:place] + vowel + stem[place:]
        for short, longs in endings.reduces.items():
            if short and stem[:place].endswith(short):
                yield from (stem[: place - len(short)] + long + stem[place:] for long in longs)
