"""Which files in a drop are ready to be taken, and what they are called when they are done (pure)."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from dateline.lib.urls import gettext_noop

# A file that was written to within these seconds may still grow.
STILL_SECONDS: Final = 30.0
INCOMING: Final = "incoming"
DONE: Final = "done"
REFUSED: Final = "refused"
FOLDERS: Final = (INCOMING, DONE, REFUSED)
_UNFINISHED: Final = (
    ".part",
    ".tmp",
    ".temp",
    ".filepart",
    ".crdownload",
    ".partial",
    ".unfinished",
    ".swp",
    "~",
)
_UNFIT = re.compile(r"[^\w.() -]+")
_LONGEST_NAME: Final = 120

POSTED_BYTES: Final = 32 * 2**20
HOURLY_BYTES: Final = 256 * 2**20
_TAKEN_TYPES: Final = frozenset(
    {"", "application/octet-stream", "text/plain", "application/json", "application/xml", "text/xml"}
)

TOO_LARGE = gettext_noop("A file sent here may have %(limit)s MiB; lay larger ones into the folder.")
TOO_MUCH = gettext_noop("More than %(limit)s MiB came within an hour. Send the rest later.")
NO_CONTENT = gettext_noop("Nothing was sent: the body of the request is the file itself.")
BAD_TYPE = gettext_noop(
    "%(kind)s is not taken here. Send ninjs as application/json, NewsML-G2 or WXR as application/xml."
)


@dataclass(frozen=True)
class Seen:
    """A file as the folder shows it. changed_at: seconds since 1970."""

    name: str
    changed_at: float
    is_plain: bool


def ready(files: Iterable[Seen], *, now: float) -> list[str]:
    """Return the names of those that nobody is still writing, oldest first. now: seconds since 1970."""
    return [
        file.name
        for file in sorted(files, key=lambda one: (one.changed_at, one.name))
        if file.is_plain and not is_unfinished(file.name) and now - file.changed_at >= STILL_SECONDS
    ]


def is_unfinished(name: str) -> bool:
    """Whether a name says that its file is not whole yet, or not meant for us."""
    return name.startswith(".") or name.lower().endswith(_UNFINISHED)


def kept_name(name: str, *, key: str) -> str:
    """Return a name under which a file can lie beside others of its name. key: what tells it from them."""
    fit = _UNFIT.sub("_", name).strip(" .") or "file"
    stem, dot, ending = fit.rpartition(".")
    stem, ending = (stem, ending) if dot and stem else (fit, "")
    return f"{stem[:_LONGEST_NAME]}-{key}" + (f".{ending[:12]}" if ending else "")


def is_taken_type(kind: str) -> bool:
    """Whether a file may be sent under this media type."""
    kind = kind.partition(";")[0].strip().lower()
    return kind in _TAKEN_TYPES or kind.endswith(("+json", "+xml"))


def hash_of(token: str) -> str:
    """Return what is kept of a token. It is long and random, so a plain hash gives nothing away."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
