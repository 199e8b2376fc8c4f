"""What any web server has to know to give out the baked site as our own server does."""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from dateline.publishing.stores.shelf import COMMON, FOR_EVER, POLICY, UPLOAD_POLICY, style_of

# What Python answers. The rest are files.
PYTHON: Final = ("/desk/", "/-/", "/drop/", "/for/", "/websub/")
# Statuses that a file of ours may answer with, beside 200.
STATUSES: Final = (404, 410, 451)
HEADERS: Final = tuple(COMMON)
UPLOADS: Final = UPLOAD_POLICY
LASTING: Final = FOR_EVER
BEGUN: Final = "no-cache"


@dataclass(frozen=True)
class Served:
    """One site for one server.

    name: the host that readers use, without a port. listen: port. upstream: host:port of our own server.
    root, images, identity: the folders of pages and of uploaded pictures. languages: codes that begin addresses.
    statuses: for the files that answer with another status than 410 where a marker stands beside them, by their name
    below `root`. redirects: old paths → where their pieces stand now. styles: every style that a page in place has.
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

    @property
    def policy(self) -> str:
        """The content security policy of every page: the same as ours, with the hashes of all styles in use."""
        return POLICY.format(hashes="".join(f" '{one}'" for one in self.styles))


def styles_in(pages: Iterable[bytes]) -> tuple[str, ...]:
    """Return the hashes, as a policy names them, of the styles in the heads of these pages; each once, sorted."""
    found = {style for style in map(style_of, pages) if style}
    return tuple(sorted(f"sha256-{b64encode(sha256(style).digest()).decode()}" for style in found))
