"""RSS, RDF, Atom and JSON Feed."""

from collections.abc import Mapping
from typing import Any

from dateline.intake import feeds


def parse(
    content: bytes,
    *,
    url: str,
    content_type: str | None,
    rules: Mapping[str, Any],
    known: feeds.Known | None = None,
) -> feeds.ParsedFeed:
    """Return the feed in `content`; a feed needs no rules. Raises NotAFeed, HostileMarkup.

    known: entries that need not be told again, see `feeds.parse`.
    """
    del rules
    return feeds.parse(content, url=url, content_type=content_type, known=known)
