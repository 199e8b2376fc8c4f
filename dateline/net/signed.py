"""Signed letters through the guarded door: to servers elsewhere that know us by our key, not by where we call from.

The signature is over one host and one address, so a redirect is not followed: it is an answer.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from dateline.lib.urls import WebAddress
from dateline.net.dialling import Call, dial, run
from dateline.net.errors import CannotResolve, TooSlow, detail_of
from dateline.net.guarded import NO_NAME, Door
from dateline.net.letters import Answer, HeaderNotAllowed
from dateline.net.verdicts import clear, literal, read_target

ANSWER_BYTES: Final = 256 * 2**10
DEADLINE_SECONDS: Final = 15.0
# What a signed letter carries, and nothing else: no cookie, no referrer.
CARRIED: Final = frozenset({"accept", "content-type", "host", "date", "digest", "signature"})


@dataclass(frozen=True)
class Letter:
    """What to ask or tell whom. headers: of CARRIED only; `host` is left out, the door says it by itself."""

    url: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Raise HeaderNotAllowed where a header is none of CARRIED."""
        for name in self.headers:
            if name.lower() not in CARRIED:
                raise HeaderNotAllowed(name)


def exchange(letter: Letter, *, door: Door, deadline_seconds: float = DEADLINE_SECONDS) -> Answer:
    """Return what an address from outside answers to a signed letter, whatever its status. Raises FetchError."""
    return run(_exchange(letter, door=door, deadline_seconds=deadline_seconds))


async def _exchange(letter: Letter, *, door: Door, deadline_seconds: float) -> Answer:
    try:
        async with asyncio.timeout(deadline_seconds):
            return await _send(letter, read_target(letter.url, allowed=door.allowed), door=door)
    except TimeoutError as error:
        raise TooSlow(letter.url, seconds=deadline_seconds) from error


async def _send(letter: Letter, target: WebAddress, *, door: Door) -> Answer:
    try:
        addresses = literal(target) or tuple(await door.resolver.resolve(target.host, target.port))
    except OSError as error:
        raise CannotResolve(str(target), NO_NAME, detail=detail_of(error)) from error
    carried = {name: value for name, value in letter.headers.items() if name.lower() != "host"}
    return await dial(
        Call(
            target=target,
            addresses=clear(target, addresses, allowed=door.allowed),
            headers={**carried, "User-Agent": door.user_agent},
            limit_bytes=ANSWER_BYTES,
            name=str(target),
            method="GET" if letter.body is None else "POST",
            body=letter.body,
        )
    )
