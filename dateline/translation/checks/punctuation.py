"""Punctuation as the language of the translation has it; the end mark of the source; brackets in pairs."""

import re
from collections.abc import Iterator
from typing import Final

from dateline.lib.scripts import primary, script_of
from dateline.translation.checks.base import Finding, Pair, Severity
from dateline.translation.checks.tables import table_of

_NAME: Final = "punctuation"
_DOUBLE_SPACE: Final = re.compile(r"\S(  +)\S")
_SPACE_BEFORE: Final = re.compile(r"\w( +)[,.;:!?](?=\s|$)")
_FRENCH: Final = re.compile(r"\w([;!?])(?=\s|$)|«(?=\w)|\w»")
_REPEATED_WORD: Final = re.compile(r"(?<!\w)([^\W\d_]{2,}) \1(?!\w)", re.IGNORECASE)
_FOREIGN_MARKS: Final = {"Arab": {"?": "؟", ";": "؛"}, "Armn": {"?": "՞"}, "Grek": {"?": ";"}}
_QUOTATION: Final = re.compile(r"[“”„«»‟\"]")
_ASKS: Final = "?؟՞;"
_EXCLAIMS: Final = "!՜"
_TAIL: Final = re.compile(r"[\"'”’“‘»›«)\]\s\u2063]*$")
_BRACKETS: Final = {"(": ")", "[": "]"}


class Punctuation:
    """Marks and spaces."""

    name = _NAME

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield what a language editor would mend; never more than information."""
        for found in _DOUBLE_SPACE.finditer(pair.text):
            yield Finding(_NAME, "double-space", Severity.INFORM, *found.span(1))
        if primary(pair.language) == "fr":
            yield from _french(pair)
        else:
            for found in _SPACE_BEFORE.finditer(pair.text):
                yield Finding(_NAME, "space-before", Severity.INFORM, *found.span(1))
        for found in _REPEATED_WORD.finditer(pair.text):
            if found.group().lower() not in pair.source.lower():
                yield Finding(_NAME, "word-twice", Severity.INFORM, *found.span(), (found[1],))
        yield from _quotation_marks(pair)
        yield from _foreign(pair)
        yield from _ends(pair)
        yield from _brackets(pair)


def _french(pair: Pair) -> Iterator[Finding]:
    for found in _FRENCH.finditer(pair.text):
        yield Finding(_NAME, "french-space", Severity.INFORM, *found.span())


def _quotation_marks(pair: Pair) -> Iterator[Finding]:
    """Yield the first mark that is none of the language's own, straight ones too."""
    own = "".join(table_of(pair.language).quotes)
    for found in _QUOTATION.finditer(pair.text):
        if found.group() not in own:
            yield Finding(_NAME, "foreign-quotes", Severity.INFORM, *found.span(), (found.group(), own[:2]))
            return


def _foreign(pair: Pair) -> Iterator[Finding]:
    marks = _FOREIGN_MARKS.get(script_of(pair.language), {})
    for mark, own in marks.items():
        at = pair.text.find(mark)
        if at >= 0 and "://" not in pair.text:
            yield Finding(_NAME, "foreign-mark", Severity.INFORM, at, at + 1, (mark, own))


def _ends(pair: Pair) -> Iterator[Finding]:
    source, text = _TAIL.sub("", pair.source), _TAIL.sub("", pair.text)
    if not source or not text:
        return
    for code, marks in (("question-lost", _ASKS), ("exclamation-lost", _EXCLAIMS)):
        if source[-1] in marks and not any(mark in pair.text for mark in marks):
            yield Finding(_NAME, code, Severity.INFORM, len(text) - 1, len(text))


def _brackets(pair: Pair) -> Iterator[Finding]:
    for opening, closing in _BRACKETS.items():
        is_even = pair.source.count(opening) == pair.source.count(closing)
        if is_even and pair.text.count(opening) != pair.text.count(closing):
            at = max(pair.text.find(opening), pair.text.find(closing))
            yield Finding(_NAME, "bracket-open", Severity.INFORM, at, at + 1, (opening + closing,))


CHECK: Final = Punctuation()
