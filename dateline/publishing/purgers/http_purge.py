"""A cache on our own network that understands `PURGE` and `BAN`.

Varnish does with the usual lines of VCL, nginx with ngx_cache_purge, Squid by its own settings. Each address is asked
for by its path at the cache, with the site's own name as `Host`. A 404 is a success: it was not there. Everything is
`BAN /`, as Varnish's documentation shows it in VCL.
"""

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from dateline.publishing.purgers.asking import ask
from dateline.publishing.purgers.base import PurgeFailed

NAME: Final = "The cache"
_NOT_THERE: Final = 404
_NOT_UNDERSTOOD: Final = (405, 501)


class HttpPurge:
    """One cache by its address."""

    most = 50

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")

    def purge(self, urls: Sequence[str]) -> None:
        """Ask for each address by itself: the method has no list."""
        for url in urls:
            parts = urlsplit(url)
            self._ask("PURGE", f"{parts.path}{'?' + parts.query if parts.query else ''}", host=parts.netloc)

    def purge_all(self) -> None:
        """Ask once for all."""
        self._ask("BAN", "/", host=urlsplit(settings.DATELINE_URL).netloc)

    def _ask(self, method: str, path: str, *, host: str) -> None:
        answer = ask(NAME, f"{self._address}{path}", method=method, headers={"Host": host})
        if answer.status in _NOT_UNDERSTOOD:
            raise PurgeFailed(
                f"{NAME} at {self._address} does not understand {method} (status {answer.status}). "
                "docs/howto/run-it.md has the lines that it needs."
            )
        if not answer.is_success and answer.status != _NOT_THERE:
            raise PurgeFailed(f"{NAME} at {self._address} answered {method} with status {answer.status}.")


def http_purge(told: str) -> HttpPurge:
    """Return the cache at `http://HOST:PORT`."""
    return HttpPurge(told)
