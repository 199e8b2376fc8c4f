"""Which checks there are, and all that they find in a pair."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from dateline.translation.checks import (
    credit,
    currencies,
    dates,
    headline,
    links,
    names,
    negation,
    numbers,
    paragraphs,
    punctuation,
    quotations,
    scripts,
    terms,
    untouched,
    untranslated,
)
from dateline.translation.checks.base import Check, Finding, Pair, Severity
from dateline.translation.checks.parts import each_bead, paragraphs_aligned

# Those that look at a text as a whole, and those that look at one paragraph of it after the other.
WHOLE: Final[tuple[Check, ...]] = (
    paragraphs.CHECK,
    untranslated.CHECK,
    links.CHECK,
    untouched.CHECK,
    credit.CHECK,
)
EACH: Final[tuple[Check, ...]] = (
    numbers.CHECK,
    currencies.CHECK,
    dates.CHECK,
    quotations.CHECK,
    names.CHECK,
    negation.CHECK,
    terms.CHECK,
    punctuation.CHECK,
    scripts.CHECK,
    headline.CHECK,
)
# What can be said of words that have no source: a paragraph of the desk's own, a translator's note.
ALONE: Final[tuple[Check, ...]] = (terms.CHECK, punctuation.CHECK, scripts.CHECK, headline.CHECK)
# What an adaptation may not do either; of all else that would block, it is only warned.
_HOLDS_ANYWAY: Final = frozenset({"links", "scripts", "untouched", "credit"})
CHECKS: Final[dict[str, Check]] = {check.name: check for check in (*WHOLE, *EACH)}
_MARK: Final = re.compile(r"⟦/?[0-9]{1,4}/?⟧")
_NOTHING: Final = "\u2063"
_ORDER: Final = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.INFORM: 2}


def examine(pair: Pair) -> list[Finding]:
    """Return what all checks find, the gravest first, then by place.

    A text that is not translated at all has only that to be said of it.
    """
    found = [finding for check in WHOLE for finding in check.find(pair)]
    if not pair.text.strip() or any(
        one.code == "same-as-source" and one.start == 0 and one.end == len(pair.text) for one in found
    ):
        return _sorted(found)
    bare = replace(pair, source=_without_marks(pair.source), text=_without_marks(pair.text))
    for part, start in each_bead(bare, paragraphs_aligned(bare)):
        found += _moved(part, start)
    return _sorted(found)


def examine_alone(pair: Pair) -> list[Finding]:
    """Return what is to be said of words of our own, which have no source: nothing of them is extra."""
    bare = replace(pair, source="", text=_without_marks(pair.text))
    return _sorted([finding for check in ALONE for finding in check.find(bare)])


def examine_adapted(pair: Pair) -> list[Finding]:
    """Return what all checks find where the translation departs from its source on purpose: they warn of it."""
    found = examine(pair)
    return _sorted([one if one.check in _HOLDS_ANYWAY else _softer(one) for one in found])


def _softer(finding: Finding) -> Finding:
    is_grave = finding.severity == Severity.BLOCK
    return replace(finding, severity=Severity.WARN) if is_grave else finding


def _without_marks(text: str) -> str:
    """Return `text` with its placeholders as characters that say nothing, so that places stay."""
    return _MARK.sub(lambda found: _NOTHING * len(found.group()), text)


def _moved(part: Pair, by: int) -> Iterator[Finding]:
    for check in EACH:
        for finding in check.find(part):
            yield replace(finding, start=finding.start + by, end=finding.end + by)


def _sorted(found: list[Finding]) -> list[Finding]:
    return sorted(found, key=lambda one: (_ORDER[one.severity], one.start, one.check, one.code))
