"""The glossary: the agreed word for a term of the source, none that is forbidden, names kept as they are."""

from collections.abc import Iterator
from typing import Final

from dateline.translation.checks.base import Finding, Pair, Severity, whole

_NAME: Final = "terms"


class Terms:
    """What the house calls things."""

    name = _NAME

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield terms without their agreed word, and forbidden words."""
        if pair.glossary is None:
            return
        for fault in pair.glossary.faults(
            pair.source, pair.text, source_language=pair.source_language, language=pair.language
        ):
            severity = Severity.BLOCK if fault.code == "term-forbidden" else Severity.WARN
            start, end = (fault.start, fault.end) if fault.end else whole(pair)
            yield Finding(_NAME, fault.code, severity, start, end, fault.values)


CHECK: Final = Terms()
