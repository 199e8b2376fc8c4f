"""How each kind of channel on the web is read: bytes in, entries out. One file a kind; see README.md."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from dateline.intake import feeds
from dateline.intake.channels import dateline, feed, page, sitemap

Reader = Callable[..., feeds.ParsedFeed]

READERS: Final[Mapping[str, Reader]] = {
    "dateline": dateline.parse,
    "feed": feed.parse,
    "page": page.parse,
    "sitemap": sitemap.parse,
}


def parse(
    kind: str, content: bytes, *, url: str = "", content_type: str | None = None, rules: Mapping[str, Any]
) -> feeds.ParsedFeed:
    """Return what `content` lists, as a channel of this kind is read.

    Raises NotAFeed where it lists nothing of that kind, HostileMarkup where it would hang a parser,
    KeyError where no reader of the kind is registered.
    """
    return READERS[kind](content, url=url, content_type=content_type, rules=rules)
