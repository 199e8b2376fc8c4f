"""What a recipe gives: one file, ready to be put where readers find it."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from urllib.parse import unquote

HTML: Final = "text/html; charset=utf-8"
RSS: Final = "application/rss+xml; charset=utf-8"
ATOM: Final = "application/atom+xml; charset=utf-8"
JSON_FEED: Final = "application/feed+json; charset=utf-8"
MARKDOWN: Final = "text/markdown; charset=utf-8"
# What one calls activity of a federated network, the fediverse, for short: ActivityStreams 2.0.
ACTIVITY: Final = "application/activity+json; charset=utf-8"
XML: Final = "application/xml; charset=utf-8"
TEXT: Final = "text/plain; charset=utf-8"
JSON: Final = "application/json; charset=utf-8"


class NoSuchPlace(ValueError):
    """An address would leave the site's folder."""


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """A baked file before it is written.

    path: the address, quoted, from the root. piece: the article whose own page it is. shows: every article
    of which it says anything; when one of them changes, this file is due. is_indexed: the sitemap lists it.
    is_beside: made together with another leaf of its errand, which bears what both show and rest on.
    The press adds what it has noted: present, articles among the newest of the moment; tags, what else it rests on;
    stale_on, the day from which it tells days otherwise; sheet, a print of what stands around every page.
    """

    path: str
    content: bytes
    content_type: str = HTML
    language: str = ""
    piece: uuid.UUID | None = None
    status: int = 200
    is_indexed: bool = False
    is_beside: bool = False
    changed_at: datetime | None = None
    shows: frozenset[uuid.UUID] = frozenset()
    present: frozenset[uuid.UUID] = frozenset()
    tags: frozenset[str] = frozenset()
    stale_on: date | None = None
    sheet: str = ""

    @property
    def file(self) -> str:
        """The file below the site's folder."""
        return file_of(self.path)


def record_path(path: str) -> str:
    """Return where the record of the article at `path` stands: beside its page."""
    return f"{path.rstrip('/')}/record.json"


def file_of(path: str) -> str:
    """Return the file that an address means: `/en/x/` is `en/x/index.html`, `/feed.xml` is itself.

    Raises NoSuchPlace where it would lead elsewhere.
    """
    plain = unquote(path, errors="strict")
    parts = plain.split("/")[1:]
    is_odd = any(part in {".", ".."} or "\\" in part or "\0" in part for part in parts)
    if not plain.startswith("/") or is_odd or "" in parts[:-1]:
        raise NoSuchPlace(f"{path!r} is no address of a page.")
    return "/".join([*parts[:-1], parts[-1] or "index.html"])
