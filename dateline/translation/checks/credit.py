"""The credit line names everybody it must: outlet, author, translator, original, its date, the permission."""

from collections.abc import Iterator
from typing import Final

from dateline.translation.checks.base import Finding, Pair, Severity, whole
from dateline.translation.spelling import low

_NAME: Final = "credit"


class Credit:
    """Who is named under the piece."""

    name = _NAME

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield each role that is unknown or not named."""
        said = low(pair.text)
        for role, who in pair.credit.items():
            if not who.strip():
                yield Finding(_NAME, "credit-unknown", Severity.BLOCK, *whole(pair), (role,))
            elif low(who) not in said:
                yield Finding(_NAME, "credit-missing", Severity.BLOCK, *whole(pair), (role, who))


CHECK: Final = Credit()
