"""A machine's words that no person has touched or approved."""

from collections.abc import Iterator
from typing import Final

from dateline.translation.checks.base import Finding, Pair, Severity, whole

_NAME: Final = "untouched"


class Untouched:
    """Drafts that nobody read."""

    name = _NAME

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield where a machine wrote the words and nobody changed or approved them."""
        if pair.is_untouched and pair.text.strip():
            yield Finding(_NAME, "machine-alone", Severity.BLOCK, *whole(pair))


CHECK: Final = Untouched()
