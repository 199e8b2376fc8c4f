"""What goes out of the doors and what comes back in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

FEED_BYTES: Final = 15 * 2**20
PAGE_BYTES: Final = 10 * 2**20
DEADLINE_SECONDS: Final = 30.0
PATIENCE_SECONDS: Final = 3.0

# Nothing else may be set from outside: no cookies, no keys, no referrer.
SENDABLE: Final = frozenset({"accept", "accept-language", "if-none-match", "if-modified-since"})
LONGEST_HEADER: Final = 4096

Headers = tuple[tuple[str, str], ...]


class HeaderNotAllowed(ValueError):
    """Our own code wants to send a header that the guarded door does not carry."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"the guarded door does not send {name}; it sends only {', '.join(sorted(SENDABLE))}"
        )


@dataclass(frozen=True)
class Request:
    """An address from outside that somebody wants read.

    headers: of SENDABLE only. A value that no header can hold (a validator that a server sent
    broken) is left out, and the server then answers in full.
    limit_bytes: of the unpacked body. deadline_seconds: for everything, from the name's look-up
    to the last byte of the last redirect, without the time spent waiting for a turn.
    patience_seconds: how long to wait for a host's turn before HostBusy. permit: asked before each
    address, those of redirects too; raises FetchError where it may not be read.
    """

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    limit_bytes: int = FEED_BYTES
    deadline_seconds: float = DEADLINE_SECONDS
    patience_seconds: float = PATIENCE_SECONDS
    permit: Callable[[str], None] | None = None

    def __post_init__(self) -> None:
        """Raise HeaderNotAllowed where a header is none of SENDABLE."""
        for name in self.headers:
            if name.lower() not in SENDABLE:
                raise HeaderNotAllowed(name)

    def sendable_headers(self) -> dict[str, str]:
        """Return the headers whose values can stand in a request."""
        return {name: value for name, value in self.headers.items() if _fits_a_header(value)}


@dataclass(frozen=True)
class Hop:
    """An address that passed us on, and the status with which it did: 301 and 308 are for good."""

    url: str
    status: int


@dataclass(frozen=True)
class Answer:
    """What one address said. body: unpacked; headers: in their order, as text."""

    status: int
    headers: Headers
    body: bytes

    @property
    def is_success(self) -> bool:
        """Whether the status is one of success (200 to 299)."""
        return self.status // 100 == 2  # noqa: PLR2004 — the class of statuses that means so

    def header(self, name: str) -> str | None:
        """Return the first header of this name, in whatever case, or None."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass(frozen=True)
class Response(Answer):
    """What came of a Request.

    url: as asked for. final_url: where the body comes from. hops: the redirects on the way.
    fetched_at: the caller's `now`.
    """

    url: str
    final_url: str
    hops: tuple[Hop, ...]
    fetched_at: datetime


def _fits_a_header(value: str) -> bool:
    return value.isprintable() and value.strip() != "" and len(value) <= LONGEST_HEADER
