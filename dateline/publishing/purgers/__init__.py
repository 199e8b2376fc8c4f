"""The caches that may stand in front of us, and which of them this installation has."""

import os
from collections.abc import Callable
from typing import Final

from dateline.publishing.purgers.base import PurgeFailed, Purger
from dateline.publishing.purgers.cloudflare import cloudflare
from dateline.publishing.purgers.fastly import fastly
from dateline.publishing.purgers.http_purge import http_purge

PURGERS: Final[dict[str, Callable[[str], Purger]]] = {
    "http": http_purge,
    "https": http_purge,
    "cloudflare": cloudflare,
    "fastly": fastly,
}


def chosen() -> Purger | None:
    """Return the purger that `DATELINE_PURGE` names, None where no cache stands in front. Raises PurgeFailed."""
    told = os.environ.get("DATELINE_PURGE", "").strip()
    if not told or told == "none":
        return None
    name, _colon, _rest = told.partition(":")
    if name not in PURGERS:
        known = "http://HOST:PORT, cloudflare:ZONE, fastly:SERVICE"
        raise PurgeFailed(f"DATELINE_PURGE is “{told}”, and there is no such cache. Known are {known}, none.")
    return PURGERS[name](told)
