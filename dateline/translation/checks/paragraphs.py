"""Nothing is left out and nothing added: paragraphs, sentences within them, the end of a text that was cut off."""

import re
from collections.abc import Iterator
from typing import Final

from dateline.translation.checks.base import Finding, Pair, Severity, whole
from dateline.translation.checks.lengths import surprise
from dateline.translation.checks.parts import Sides, each_bead, paragraphs_aligned, sentences_aligned

_NAME: Final = "paragraphs"
_ENDS: Final = re.compile(r"[.!?…։:؟۔。！？;][\"'”’“‘»›«)\]\s⟧⟦/\d\u200f\u200e]*$")
_LETTER: Final = re.compile(r"[^\W\d_]")
_MUCH_SHORTER: Final = -0.62
_SHORTER: Final = -0.25
_MUCH_LONGER: Final = 0.85
_LONG_ENOUGH: Final = 30
_SHOWN: Final = 60


class Paragraphs:
    """Missing, added and merged paragraphs; missing sentences; a translation that breaks off."""

    name = _NAME

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield what is missing or added in the whole, then in each paragraph."""
        if not _LETTER.search(pair.source):
            return
        if not pair.text.strip():
            yield Finding(_NAME, "empty", Severity.BLOCK, 0, len(pair.text))
            return
        sides = paragraphs_aligned(pair)
        yield from _beads(pair, sides)
        for part, start in each_bead(pair, sides):
            yield from (_moved(found, start) for found in _within(part))


def _beads(pair: Pair, sides: Sides) -> Iterator[Finding]:
    for bead in sides.beads:
        if not bead.text:
            for one in bead.source:
                yield Finding(
                    _NAME,
                    "paragraph-missing",
                    Severity.BLOCK,
                    *whole(pair),
                    (_shown(sides.source[one].text),),
                )
        elif not bead.source:
            first, last = sides.text[bead.text[0]], sides.text[bead.text[-1]]
            yield Finding(
                _NAME, "paragraph-added", Severity.WARN, first.start, last.end, (_shown(first.text),)
            )
        elif len(bead.source) != len(bead.text):
            first, last = sides.text[bead.text[0]], sides.text[bead.text[-1]]
            code = "paragraphs-merged" if len(bead.source) > len(bead.text) else "paragraph-split"
            counts = (str(len(bead.source)), str(len(bead.text)))
            yield Finding(_NAME, code, Severity.WARN, first.start, last.end, counts)


def _within(pair: Pair) -> Iterator[Finding]:
    """Yield sentences of one paragraph that are missing or added, or else an end that is."""
    if pair.kind == "headline":
        return
    sides = sentences_aligned(pair)
    missing = [sides.source[one].text for bead in sides.beads if not bead.text for one in bead.source]
    added = [sides.text[one] for bead in sides.beads if not bead.source for one in bead.text]
    for sentence in missing:
        yield Finding(_NAME, "sentence-missing", Severity.WARN, *whole(pair), (_shown(sentence),))
    for part in added:
        yield Finding(_NAME, "sentence-added", Severity.WARN, part.start, part.end, (_shown(part.text),))
    if not missing:
        yield from _length(pair, sides)


def _length(pair: Pair, sides: Sides) -> Iterator[Finding]:
    """Yield where a sentence is far too short or long, or breaks off without its end mark."""
    for part, start in each_bead(pair, sides):
        if len(part.source) < _LONG_ENOUGH:
            continue
        by = surprise(part.source, part.text, source_language=pair.source_language, language=pair.language)
        breaks_off = bool(_ENDS.search(part.source)) and not _ENDS.search(part.text)
        if by < _MUCH_SHORTER or (breaks_off and by < _SHORTER):
            yield Finding(_NAME, "cut-off", Severity.WARN, start, start + len(part.text))
        elif by > _MUCH_LONGER:
            yield Finding(_NAME, "too-long", Severity.INFORM, start, start + len(part.text))


def _moved(found: Finding, by: int) -> Finding:
    return Finding(found.check, found.code, found.severity, found.start + by, found.end + by, found.values)


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


CHECK: Final = Paragraphs()
