"""What any web server has to know to give out the baked site as our own server does."""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from dateline.publishing.media_types import BY_NAME
from dateline.publishing.stores.headers import (
    ANYWHERE,
    ASKED_AGAIN,
    CACHES,
    COMMON,
    DATA,
    HSTS,
    OPEN_DATA,
    PLAYERS,
    POLICY,
    PURGED,
    UPLOAD_POLICY,
    for_anybody,
    style_of,
)

# What Python answers. The rest are files.
PYTHON: Final = ("/desk/", "/-/", "/drop/", "/for/", "/websub/", "/.well-known/webfinger")
# Statuses that a file of ours may answer with, beside 200.
STATUSES: Final = (404, 410, 451)
# Files whose type their ending does not tell, by how their names end.
TYPED: Final = {name: mime for name, mime in BY_NAME.items() if not name.startswith(".")}
UPLOADS: Final = UPLOAD_POLICY
BEGUN: Final = ASKED_AGAIN
__all__ = [
    "ANYWHERE",
    "BEGUN",
    "CACHES",
    "DATA",
    "OPEN_DATA",
    "PURGED",
    "PYTHON",
    "STATUSES",
    "TYPED",
    "UPLOADS",
    "Served",
    "for_anybody",
    "styles_in",
]


@dataclass(frozen=True)
class Served:
    """One site for one server.

    name: the host that readers use, without a port. listen: port. upstream: host:port of our own server.
    root, images, identity: the folders of pages and of uploaded pictures. languages: codes that begin addresses.
    statuses: for the files that answer with another status than 410 where a marker stands beside them, by their name
    below `root`. redirects: old paths → where their pieces stand now. styles: every style that a page in place has.
    is_secure: readers come by https. has_cache: one stands in front that we tell of every change.
    """

    name: str
    root: Path
    images: Path
    identity: Path
    listen: int = 80
    upstream: str = "127.0.0.1:8000"
    languages: tuple[str, ...] = ()
    statuses: Mapping[str, int] = field(default_factory=dict)
    redirects: Mapping[str, str] = field(default_factory=dict)
    styles: tuple[str, ...] = ()
    is_secure: bool = False
    has_cache: bool = False

    @property
    def policy(self) -> str:
        """The content security policy of every page: as ours, with the hashes of all styles and the players in use.

        Our own server names for each page only those that it has; this one cannot look into a page.
        """
        return POLICY.format(hashes="".join(f" '{one}'" for one in self.styles), frames=PLAYERS)

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """What is said with every answer."""
        return (*COMMON, *([HSTS] if self.is_secure else []))


def styles_in(pages: Iterable[bytes]) -> tuple[str, ...]:
    """Return the hashes, as a policy names them, of the styles in the heads of these pages; each once, sorted."""
    found = {style for style in map(style_of, pages) if style}
    return tuple(sorted(f"sha256-{b64encode(sha256(style).digest()).decode()}" for style in found))
