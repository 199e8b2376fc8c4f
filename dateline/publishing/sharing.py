"""Where a piece can be handed on: plain links to the usual networks, nothing of theirs on our page. Pure."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote


@dataclass(frozen=True)
class Way:
    """A link that hands a piece on. name: the network's own."""

    name: str
    href: str


# {0} is the piece's whole address, {1} its headline, both escaped for a query.
_NETWORKS: Final = (
    ("Telegram", "https://t.me/share/url?url={0}&text={1}"),
    ("WhatsApp", "https://wa.me/?text={1}%20{0}"),
    ("Mastodon", "https://mastodonshare.com/?url={0}&text={1}"),
    ("Bluesky", "https://bsky.app/intent/compose?text={1}%20{0}"),
    ("Facebook", "https://www.facebook.com/sharer/sharer.php?u={0}"),
    ("X", "https://x.com/intent/post?url={0}&text={1}"),
)


def ways_to_share(*, address: str, headline: str) -> tuple[Way, ...]:
    """Return the links; nothing where the piece has no whole address."""
    if not address:
        return ()
    where, what = quote(address, safe=""), quote(headline, safe="")
    return tuple(Way(name, pattern.format(where, what)) for name, pattern in _NETWORKS)


def letter_about(*, address: str, headline: str) -> str:
    """Return the mailto address of a letter that hands a piece on."""
    return f"mailto:?subject={quote(headline, safe='')}&body={quote(address, safe='')}"
