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


# Those that leave out, uncleaned, what is known.
SPARING: Final = frozenset({"feed"})


def parse(
    kind: str,
    content: bytes,
    *,
    url: str = "",
    content_type: str | None = None,
    rules: Mapping[str, Any],
    known: feeds.Known | None = None,
) -> feeds.ParsedFeed:
    """Return what `content` lists, as a channel of this kind is read.

    known: entries that were read before; readers that are sparing leave out those that say the same still.
    Raises NotAFeed where it lists nothing of that kind, HostileMarkup where it would hang a parser,
    KeyError where no reader of the kind is registered.
    """
    more = {"known": known} if known and kind in SPARING else {}
    return READERS[kind](content, url=url, content_type=content_type, rules=rules, **more)
