"""Cloudflare: `POST /client/v4/zones/ZONE/purge_cache` with at most thirty addresses, or everything.

Documented at developers.cloudflare.com/api (purge cached content). The answer says `success`, and `errors` with
`code` and `message`; more than the plan allows is 429.
"""

import os
from collections.abc import Sequence
from typing import Any, Final

from dateline.publishing.purgers.asking import ask, expect_success, key
from dateline.publishing.purgers.base import PurgeFailed

NAME: Final = "Cloudflare"
ADDRESS: Final = "https://api.cloudflare.com"


class Cloudflare:
    """One zone."""

    most = 30

    def __init__(self, zone: str) -> None:
        self._zone = zone

    def purge(self, urls: Sequence[str]) -> None:
        """Ask for all of them at once."""
        self._ask({"files": list(urls)})

    def purge_all(self) -> None:
        """Ask for the whole zone."""
        self._ask({"purge_everything": True})

    def _ask(self, payload: dict[str, Any]) -> None:
        address = os.environ.get("DATELINE_PURGE_URL", "").strip().rstrip("/") or ADDRESS
        answer = ask(
            NAME,
            f"{address}/client/v4/zones/{self._zone}/purge_cache",
            headers={"Authorization": f"Bearer {key(NAME)}"},
            payload=payload,
        )
        said = expect_success(NAME, answer)
        if not isinstance(said, dict) or said.get("success") is not True:
            errors = said.get("errors") if isinstance(said, dict) else None
            words = "; ".join(str(one.get("message", "")) for one in errors or [] if isinstance(one, dict))
            raise PurgeFailed(f"{NAME} did not purge: {words or 'it does not say why'}.")


def cloudflare(told: str) -> Cloudflare:
    """Return the zone that `cloudflare:ZONE` names. Raises PurgeFailed without one."""
    zone = told.partition(":")[2].strip()
    if not zone.isalnum():
        raise PurgeFailed(
            "DATELINE_PURGE has to name the zone: cloudflare:ZONE, its identifier of 32 characters."
        )
    return Cloudflare(zone)
