"""Fastly: a `PURGE` of each address, and `POST /service/SERVICE/purge_all` for everything.

Documented at www.fastly.com/documentation (purging API). An address is purged at the API by its host and path; the
answer is `{"status": "ok", "id": …}`.
"""

import os
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from dateline.publishing.purgers.asking import ask, expect_success, key
from dateline.publishing.purgers.base import PurgeFailed

NAME: Final = "Fastly"
ADDRESS: Final = "https://api.fastly.com"


class Fastly:
    """One service."""

    most = 50

    def __init__(self, service: str) -> None:
        self._service = service

    def purge(self, urls: Sequence[str]) -> None:
        """Ask for each address by itself."""
        for url in urls:
            parts = urlsplit(url)
            self._ask(f"/purge/{parts.netloc}{parts.path}")

    def purge_all(self) -> None:
        """Ask for the whole service."""
        self._ask(f"/service/{self._service}/purge_all")

    def _ask(self, path: str) -> None:
        address = os.environ.get("DATELINE_PURGE_URL", "").strip().rstrip("/") or ADDRESS
        answer = ask(
            NAME, f"{address}{path}", headers={"Fastly-Key": key(NAME), "Accept": "application/json"}
        )
        said = expect_success(NAME, answer)
        if not isinstance(said, dict) or said.get("status") != "ok":
            raise PurgeFailed(f"{NAME} did not purge {path}: its answer does not say ok.")


def fastly(told: str) -> Fastly:
    """Return the service that `fastly:SERVICE` names. Raises PurgeFailed without one."""
    service = told.partition(":")[2].strip()
    if not service.isalnum():
        raise PurgeFailed("DATELINE_PURGE has to name the service: fastly:SERVICE, its identifier.")
    return Fastly(service)
