"""What the source denies, the translation denies; sentence by sentence, by the negators of each language."""

from collections.abc import Iterator
from typing import Final

from dateline.translation.checks.base import Finding, Pair, Severity
from dateline.translation.checks.parts import each_bead, sentences_aligned
from dateline.translation.checks.tables import Table, table_of
from dateline.translation.spelling import low

_NAME: Final = "negation"


class Negation:
    """A negation that was lost, or one that came from nowhere."""

    name = _NAME

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield the sentences that deny on one side only."""
        if not (table_of(pair.source_language).is_known and table_of(pair.language).is_known):
            return
        for part, start in each_bead(pair, sentences_aligned(pair)):
            yield from _sentence(part, start)


def _sentence(part: Pair, start: int) -> Iterator[Finding]:
    theirs, ours = table_of(part.source_language), table_of(part.language)
    source, text = low(part.source), low(part.text)
    asked = _negators(source, theirs)
    told = [found.group() for found in ours.negators.finditer(text)]
    end = start + len(part.text)
    yield from _half(text, ours, start)
    if not asked and not told and (echoed := theirs.echoed.search(source)) and not _denies_softly(text, ours):
        yield Finding(_NAME, "negation-lost", Severity.INFORM, start, end, (echoed.group(),))
    if asked and not told:
        severity = Severity.INFORM if ours.negative.search(text) else Severity.WARN
        yield Finding(_NAME, "negation-lost", severity, start, end, (asked[0],))
    elif (
        (added := _negators(text, ours))
        and not theirs.negators.search(source)
        and not theirs.negative.search(source)
    ):
        yield Finding(_NAME, "negation-added", Severity.INFORM, start, end, (added[0],))


def _half(text: str, ours: Table, start: int) -> Iterator[Finding]:
    """Yield a word that denies only beside another one, where that is not there: French ne without pas."""
    first, second = ours.halves
    bare = ours.idioms.sub(lambda found: " " * len(found.group()), text)
    found = first.search(bare)
    if found and not second.search(first.sub(" ", bare)):
        at = start + found.start()
        yield Finding(
            _NAME, "negation-half", Severity.INFORM, at, at + len(found.group()), (found.group().strip(),)
        )


def _denies_softly(text: str, ours: Table) -> bool:
    return bool(ours.negative.search(text) or ours.echoed.search(text))


def _negators(text: str, table: Table) -> list[str]:
    """Return the words that deny; those of idioms that do not (not only, sin embargo) are left out."""
    bare = table.idioms.sub(lambda found: " " * len(found.group()), text)
    return [found.group() for found in table.negators.finditer(bare)]


CHECK: Final = Negation()
