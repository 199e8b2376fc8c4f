"""Names: each of the source is in the translation, kept or transliterated, and no other came in its place.

A name is a capitalised word inside a sentence that no dictionary of the language has; those that have one (places,
institutions) are translated, so their absence says nothing by itself. Languages without capitals have no names to
look for: there the glossary tells.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rapidfuzz.fuzz import ratio

from dateline.lib.scripts import script_of
from dateline.translation.checks.base import Finding, Pair, Severity, whole
from dateline.translation.checks.dates import is_date
from dateline.translation.names.dictionary import (
    has_dictionary,
    is_country,
    is_name,
    is_translated,
    is_word,
)
from dateline.translation.names.likeness import is_like, letters

_NAME: Final = "names"
WORD: Final = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_APOSTROPHE: Final = re.compile("[’']")
_POSSESSIVE: Final = re.compile("[’'](?:s|ve|d|ll|m|re)?$")
_DERIVED: Final = re.compile(r"(?:ians?|ese|ish|ists?)$")
_SENTENCE_ENDS: Final = '.:!?։؟"”»—–•'
_WITHOUT_CASE: Final = frozenset({"Arab", "Geor", "Hebr", "Hans", "Jpan", "Kore"})
_SHORTEST: Final = 3


@dataclass(frozen=True)
class Name:
    """A capitalised word inside a sentence. is_opaque: no dictionary has it."""

    text: str
    start: int
    end: int
    is_opaque: bool


class Names:
    """Who and where."""

    name = _NAME

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield names that are missing, with those that stand in their place."""
        theirs = names_in(pair.source, pair.source_language)
        words = [found.group() for found in WORD.finditer(pair.text)]
        missing = [one for one in theirs if not any(is_like(one.text, word) for word in words)]
        missing = [one for one in missing if not _is_in_glossary(one, pair)]
        added = list(_added(pair, [one.text for one in theirs]))
        yield from _told(pair, theirs, missing, added)


def _told(pair: Pair, theirs: list[Name], missing: list[Name], added: list[Name]) -> Iterator[Finding]:
    """Yield each new name with the lost one that it is most like, then what is only new, only lost."""
    kept = [one for one in missing if _is_kept(one, pair)]
    for other in added:
        if kept:
            lost = _most_like(other, kept)
            kept.remove(lost)
            missing.remove(lost)
            values = (lost.text, other.text)
            yield Finding(_NAME, "name-changed", Severity.WARN, other.start, other.end, values)
        else:
            yield Finding(_NAME, "name-added", Severity.WARN, other.start, other.end, (other.text,))
    for one in missing:
        if one.is_opaque:
            yield Finding(_NAME, "name-missing", Severity.WARN, *whole(pair), (one.text,))
        elif _has_kept_neighbour(one, theirs, pair):
            yield Finding(_NAME, "name-part-missing", Severity.INFORM, *whole(pair), (one.text,))


def _has_kept_neighbour(one: Name, theirs: list[Name], pair: Pair) -> bool:
    """True for a part of a name, like the second word of Avro Energy, whose other part stands as it was."""
    return any(
        other.text in pair.text and (other.end + 1 == one.start or one.end + 1 == other.start)
        for other in theirs
    )


def _most_like(other: Name, kept: list[Name]) -> Name:
    return max(kept, key=lambda one: (one.is_opaque, ratio(letters(one.text), letters(other.text))))


def names_in(text: str, language: str) -> list[Name]:
    """Return the names inside the sentences of `text`; empty for languages without capitals."""
    if script_of(language) in _WITHOUT_CASE:
        return []
    found = (_name(text, match, language) for match in WORD.finditer(text))
    return [one for one in found if one is not None]


def _name(text: str, match: re.Match[str], language: str) -> Name | None:
    word = _POSSESSIVE.sub("", match.group())
    if len(word) < _SHORTEST or not word[0].isupper() or word[:-1].isupper() or _begins(text, match.start()):
        return None
    if (
        _DERIVED.search(word)
        or is_country(word, language)
        or is_translated(word)
        or is_date(word, language)
        or (word.endswith("s") and is_word(word[:-1], language))
    ):
        return None
    is_opaque = is_name(word, language)
    return Name(word, match.start(), match.start() + len(word), is_opaque)


def _begins(text: str, at: int) -> bool:
    """True at the first word of a sentence or a quotation."""
    before = text[:at].rstrip(" “\"‘(«'„\u2063")
    return not before or before[-1] in _SENTENCE_ENDS


def _added(pair: Pair, names: list[str]) -> Iterator[Name]:
    """Yield names of the translation that are like no word of the source."""
    if not has_dictionary(pair.language):
        return
    words = [found.group() for found in WORD.finditer(pair.source)]
    for one in names_in(pair.text, pair.language):
        bare = _APOSTROPHE.split(one.text)[0]
        if (
            not one.is_opaque
            or is_word(bare, pair.language)
            or is_country(bare, pair.language)
            or is_translated(bare)
        ):
            continue
        if not any(is_like(word, bare) or is_like(bare, word) for word in [*words, *names]):
            yield Name(bare, one.start, one.start + len(bare), is_opaque=True)


def _is_kept(one: Name, pair: Pair) -> bool:
    """True for a name that no language translates: no dictionary has it, or that of the translation has it too."""
    if one.is_opaque:
        return True
    is_same_script = script_of(pair.source_language) == script_of(pair.language)
    return is_same_script and len(one.text) > _SHORTEST and is_word(one.text, pair.language)


def _is_in_glossary(one: Name, pair: Pair) -> bool:
    """True where the glossary has the name: then that check tells what must stand for it."""
    return pair.glossary is not None and pair.glossary.knows(one.text, pair.source_language)


CHECK: Final = Names()
