"""Characters that nobody meant: controls of direction, and words in letters of two scripts that look alike."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from dateline.lib.scripts import direction, script_of
from dateline.translation.checks.base import Finding, Pair, Severity

_NAME: Final = "scripts"
_OVERRIDES: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_INVISIBLE: Final = re.compile("[\u200b\u2060\ufeff\u00ad]")
_OPENING: Final = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
_OVERRIDE: Final = "\u202d\u202e"
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_MIXED: Final = (
    re.compile(r"[A-Za-z][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-z]"),
    re.compile(r"[A-Za-z][Ͱ-Ͽ]|[Ͱ-Ͽ][A-Za-z]"),
    re.compile(r"[A-Za-z][԰-֏]|[԰-֏][A-Za-z]"),
    re.compile(r"[A-Za-z][Ⴀ-ჿ]|[Ⴀ-ჿ][A-Za-z]"),
)
_ARABIC_YEH_KAF: Final = re.compile("[\u064a\u0643]")


class Scripts:
    """Hidden controls and mixed letters."""

    name = _NAME

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield controls that turn text around, invisible characters, words in two scripts, letters of a neighbour."""
        yield from _controls(pair)
        for found in _INVISIBLE.finditer(pair.text):
            if found.group() not in pair.source:
                yield _at(found, "invisible", Severity.INFORM, (unicodedata.name(found.group(), "?"),))
        for word in _WORD.finditer(pair.text):
            if any(pattern.search(word.group()) for pattern in _MIXED) and word.group() not in pair.source:
                yield _at(word, "mixed-letters", Severity.INFORM, (word.group(),))
        if script_of(pair.language) == "Arab" and pair.language.startswith("fa"):
            letters = list(_ARABIC_YEH_KAF.finditer(pair.text))
            if letters:
                yield _at(letters[0], "arabic-letters", Severity.INFORM, (str(len(letters)),))


def _controls(pair: Pair) -> Iterator[Finding]:
    open_ones = 0
    for found in _OVERRIDES.finditer(pair.text):
        mark = found.group()
        open_ones += 1 if mark in _OPENING else -1
        if mark in _OVERRIDE or (direction(pair.language) == "ltr" and mark not in pair.source):
            yield _at(found, "turned-around", Severity.BLOCK if mark in _OVERRIDE else Severity.WARN)
    if open_ones:
        yield Finding(_NAME, "direction-open", Severity.WARN, 0, len(pair.text))


def _at(found: re.Match[str], code: str, severity: Severity, values: tuple[str, ...] = ()) -> Finding:
    return Finding(_NAME, code, severity, found.start(), found.end(), values)


CHECK: Final = Scripts()
