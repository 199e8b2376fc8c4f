"""A name in the letters of another language, by its sounds; the spelling that the house has agreed on wins.

Each language has a table that reads its letters into sounds, and one that writes sounds in its letters: so n
languages take 2n tables and not n². `tables/read_xx.json` and `write_xx.json`, each naming the system that it follows.
Languages written in Latin letters keep a name of another such language as it is, unless a table says otherwise
(Azerbaijani, whose letters English newspapers replace). Arabic and Persian do not write short vowels: what is read
from them is a proposal with a gap, and says so.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from dateline.lib.scripts import primary, script_of

_TABLES: Final = Path(__file__).parent / "tables"
_WORD: Final = re.compile(r"[\w’'ʼ\u0300-\u036f\u200c]+")
_VOWELS: Final = frozenset("aäeioöuüı")
_TWO_LETTERS: Final = re.compile(r"[a-z]{2,3}")
# Whose Latin spelling is replaced by English newspapers and others that have not its letters.
_RESPELT: Final = frozenset({"az"})


@dataclass(frozen=True)
class Spelling:
    """A name as it is to be written. is_agreed: the house says so; is_complete: nothing of its sound was guessed."""

    text: str
    is_agreed: bool = False
    is_complete: bool = True


def spelt(name: str, *, source: str, target: str, agreed: Mapping[str, str] | None = None) -> Spelling | None:
    """Return a name of the language `source` as `target` writes it; None where there is no table for one of them.

    agreed: spellings of the house, for the whole name or for words of it, by how they stand in the source.
    """
    known = agreed or {}
    if name in known:
        return Spelling(known[name], is_agreed=True)
    words = set(_WORD.findall(name))
    by_table = _by_table(source, target)
    if not by_table and not words <= set(known):
        return None
    written = _WORD.sub(lambda found: known.get(found[0]) or _word(found[0], source, target), name)
    lacks = bool(_read_table(primary(source)).get("lacks_vowels")) and not words <= set(known)
    return Spelling(written, is_agreed=words <= set(known), is_complete=not lacks)


def _by_table(source: str, target: str) -> bool:
    if _keeps(source, target):
        return True
    return bool(_read_table(_reader(source))) and bool(_write_table(_writer(target)))


def _keeps(source: str, target: str) -> bool:
    """Return whether the name stays as it is: the same letters, which the target has."""
    same = primary(source) == primary(target)
    return same or (script_of(source) == script_of(target) == "Latn" and primary(source) not in _RESPELT)


def _reader(language: str) -> str:
    """Return whose table reads a language: any other in Latin letters is read as English names are."""
    own = primary(language)
    return own if _read_table(own) or script_of(language) != "Latn" else "en"


def _writer(language: str) -> str:
    own = primary(language)
    return own if _write_table(own) or script_of(language) != "Latn" else "en"


@lru_cache(maxsize=20_000)
def _word(word: str, source: str, target: str) -> str:
    if _keeps(source, target):
        return word
    sounds = heard(word, language=source)
    written = _written(sounds, _write_table(_writer(target)))
    return _cased(word, written, target)


def heard(word: str, *, language: str) -> str:
    """Return the sounds of a word, one letter each; letters that the table does not know are left out."""
    table = _read_table(_reader(language))
    letters: dict[str, str] = table.get("letters", {})
    small, at, sounds = _low(word, language), 0, ""
    while at < len(small):
        key, sound = _at(small, at, letters, table, sounds)
        sounds += sound
        at += max(len(key), 1)
    return sounds


def _at(
    text: str, at: int, letters: Mapping[str, str], table: Mapping[str, Any], sounds: str
) -> tuple[str, str]:
    """Return the letters that stand at a place, as many as the table knows together, and their sound there."""
    for size in (4, 3, 2, 1):
        key = text[at : at + size]
        if len(key) < size:
            continue
        is_end = at + size == len(text)
        if at == 0 and key in table.get("start", {}):
            return key, str(table["start"][key])
        if is_end and f"{key}$" in letters:
            return key, letters[f"{key}$"]
        if sounds and sounds[-1] in _VOWELS and key in table.get("after_vowel", {}):
            return key, str(table["after_vowel"][key])
        if sounds and sounds[-1] not in _VOWELS and key in table.get("after_consonant", {}):
            return key, str(table["after_consonant"][key])
        if key in letters:
            return key, letters[key]
    return text[at], ""


def _written(sounds: str, table: Mapping[str, Any]) -> str:
    own: dict[str, str] = table["sounds"]
    pairs: dict[str, str] = table.get("pairs", {})
    start: dict[str, str] = table.get("start", {})
    kept = re.sub(r"(.)\1", r"\1", sounds) if table.get("no_doubles") else sounds
    out, at = "", 0
    while at < len(kept):
        longer = (kept[at : at + size] for size in (3, 2))
        key = next((one for one in longer if one in pairs or (at == 0 and one in start)), kept[at])
        is_end = at + len(key) == len(kept)
        if at == 0 and key in start:
            out += start[key]
        elif key in pairs:
            out += pairs[key]
        elif is_end and key in table.get("end", {}):
            out += table["end"][key]
        else:
            out += own.get(key, "")
        at += len(key)
    return out


def _cased(word: str, written: str, target: str) -> str:
    """Return what was written with the capitals of `word`; a name from letters without capitals gets its first."""
    if script_of(target) in {"Arab", "Geor"} or not written:
        return written
    if word.isupper() and len(word) > 1:
        return _up(written, target)
    has_case = word.lower() != word.upper()
    return (
        _up(written[0], target) + written[1:]
        if not has_case or word[0].isupper() or _is_georgian(word)
        else written
    )


def _is_georgian(word: str) -> bool:
    return "\u10d0" <= word[0] <= "\u10ff"


def _up(text: str, language: str) -> str:
    return text.replace("i", "İ").upper() if primary(language) in {"az", "tr"} else text.upper()


def _low(word: str, language: str) -> str:
    if primary(language) in {"az", "tr"}:
        word = word.replace("İ", "i").replace("I", "ı")
    return word.lower().replace("\u0307", "")


@cache
def _read_table(language: str) -> Mapping[str, Any]:
    return _table(f"read_{language}", language)


@cache
def _write_table(language: str) -> Mapping[str, Any]:
    return _table(f"write_{language}", language)


def _table(name: str, language: str) -> Mapping[str, Any]:
    path = _TABLES / f"{name}.json"
    if not _TWO_LETTERS.fullmatch(language) or not path.is_file():
        return {}
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return told
