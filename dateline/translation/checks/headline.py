"""A headline fits: not too long for the page, without a full stop."""

from collections.abc import Iterator
from typing import Final

from dateline.translation.checks.base import Finding, Pair, Severity
from dateline.translation.marks import plain

_NAME: Final = "headline"


class Headline:
    """The length and the end of a headline."""

    name = _NAME

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield where a headline is longer than the page takes, or ends with a full stop."""
        if pair.kind != "headline":
            return
        length = len(plain(pair.text))
        if length > pair.longest_headline:
            values = (str(length), str(pair.longest_headline))
            yield Finding(
                _NAME, "headline-long", Severity.WARN, pair.longest_headline, len(pair.text), values
            )
        if (
            pair.text.endswith((".", "։", "۔"))
            and not pair.text.endswith("...")
            and not pair.source.endswith(".")
        ):
            yield Finding(_NAME, "headline-full-stop", Severity.INFORM, len(pair.text) - 1, len(pair.text))


CHECK: Final = Headline()
