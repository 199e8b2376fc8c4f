"""The guarded door: for every address that came from outside, whoever typed or sent it.

Each step of an exchange is read, looked up once, judged with all of its answers, and dialled at
exactly the judged addresses; a redirect begins again. No cookies, no keys, no referrer, no
proxies of the environment.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from urllib.parse import urljoin

from dateline.lib.urls import WebAddress, gettext_noop
from dateline.net.addresses import Pair
from dateline.net.dialling import REDIRECTS, Call, dial, run
from dateline.net.errors import (
    AddressRefused,
    CannotResolve,
    FetchError,
    TooManyRedirects,
    TooSlow,
    detail_of,
)
from dateline.net.letters import Answer, Hop, Request, Response
from dateline.net.resolving import Resolver, SystemResolver
from dateline.net.verdicts import MALFORMED, clear, literal, read_target

MOST_REDIRECTS: Final = 5

NO_NAME = gettext_noop(
    "%(url)s has a name that cannot be found (%(detail)s). Check its spelling; if it is right, it is tried"
    " again at the next round."
)
IN_CIRCLES = gettext_noop(
    "%(url)s still passes on to another address after 5 redirects. Open it in a browser and enter the address"
    " where you end up."
)


@dataclass(frozen=True)
class Door:
    """How this installation goes out.

    user_agent: who we say we are; see `user_agent`. allowed: the operator's exact pairs, from
    `addresses.read_allowed`; nothing else loosens the guard.
    """

    user_agent: str
    allowed: frozenset[Pair] = frozenset()
    resolver: Resolver = field(default_factory=SystemResolver)


def user_agent(*, version: str, contact: str) -> str:
    """Return the honest name of this installation. contact: the site's address, or an e-mail address."""
    return f"Dateline/{version} (+{contact})"


def fetch(request: Request, *, door: Door, now: datetime) -> Response:
    """Return what an address from outside answers, whatever its status. Raises FetchError.

    For ordinary code, in any thread; inside a running loop use `fetch_async`.
    """
    return run(fetch_async(request, door=door, now=now))


async def fetch_async(request: Request, *, door: Door, now: datetime) -> Response:
    """Return what an address from outside answers, whatever its status. Raises FetchError."""
    try:
        async with asyncio.timeout(request.deadline_seconds):
            return await _follow(request, door=door, now=now)
    except TimeoutError as error:
        raise TooSlow(request.url, seconds=request.deadline_seconds) from error
    except FetchError as error:
        error.asked = request.url
        raise


async def _follow(request: Request, *, door: Door, now: datetime) -> Response:
    url, hops = request.url, list[Hop]()
    while True:
        target = read_target(url, allowed=door.allowed)
        answer = await _step(target, request=request, door=door)
        onward = _onward(target, answer)
        if onward is None:
            return Response(
                status=answer.status,
                headers=answer.headers,
                body=answer.body,
                url=request.url,
                final_url=str(target),
                hops=tuple(hops),
                fetched_at=now,
            )
        if len(hops) == MOST_REDIRECTS:
            raise TooManyRedirects(url, IN_CIRCLES)
        hops.append(Hop(url=str(target), status=answer.status))
        url = onward


async def _step(target: WebAddress, *, request: Request, door: Door) -> Answer:
    addresses = literal(target) or await _look_up(target, resolver=door.resolver)
    return await dial(
        Call(
            target=target,
            addresses=clear(target, addresses, allowed=door.allowed),
            headers={**request.sendable_headers(), "User-Agent": door.user_agent},
            limit_bytes=request.limit_bytes,
            name=str(target),
        )
    )


async def _look_up(target: WebAddress, *, resolver: Resolver) -> tuple[str, ...]:
    try:
        return tuple(await resolver.resolve(target.host, target.port))
    except OSError as error:
        raise CannotResolve(str(target), NO_NAME, detail=detail_of(error)) from error


def _onward(target: WebAddress, answer: Answer) -> str | None:
    location = answer.header("Location")
    if answer.status not in REDIRECTS or not location:
        return None
    try:
        return urljoin(str(target), location)
    except ValueError as error:
        raise AddressRefused(location, MALFORMED, reason=gettext_noop("cannot be read")) from error
