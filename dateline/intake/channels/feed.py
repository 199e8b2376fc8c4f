"""RSS, RDF, Atom and JSON Feed."""

from collections.abc import Mapping
from typing import Any

from dateline.intake import feeds


def parse(
    content: bytes, *, url: str, content_type: str | None, rules: Mapping[str, Any]
) -> feeds.ParsedFeed:
    """Return the feed in `content`; a feed needs no rules. Raises NotAFeed, HostileMarkup."""
    del rules
    return feeds.parse(content, url=url, content_type=content_type)
