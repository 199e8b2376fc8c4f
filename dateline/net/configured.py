"""The configured door: for addresses that the operator wrote into the settings.

Machines, stores and purgers may stand on an inner network and want keys in their headers, so
there is no guard on where they are; limits and deadline are the guarded door's. Redirects are
not followed: a key goes to the address in the settings and to no other.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from dateline.lib.urls import NotAWebAddress, WebAddress, gettext_noop, read
from dateline.net.dialling import Call, dial, run
from dateline.net.errors import AddressRefused, BadStatus, BrokenResponse, CannotResolve, TooSlow, detail_of
from dateline.net.letters import Answer
from dateline.net.resolving import Resolver, SystemResolver
from dateline.net.verdicts import literal

ANSWER_BYTES: Final = 10 * 2**20
DEADLINE_SECONDS: Final = 60.0
LONGEST_EXCERPT: Final = 500

MALFORMED = gettext_noop(
    "The address %(url)s in the settings cannot be used: it %(reason)s. Correct it there."
)
NO_NAME = gettext_noop("The name in %(url)s cannot be found (%(detail)s). Check the address in the settings.")
NOT_JSON = gettext_noop("%(url)s answered with something else than JSON. Check the address in the settings.")


@dataclass(frozen=True)
class ServiceDoor:
    """How this installation reaches the operator's own services."""

    user_agent: str
    resolver: Resolver = field(default_factory=SystemResolver)


@dataclass(frozen=True)
class ServiceCall:
    """What to ask of a service. Its headers and body may hold keys, so neither shows in a repr."""

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes | None = field(default=None, repr=False)
    limit_bytes: int = ANSWER_BYTES
    deadline_seconds: float = DEADLINE_SECONDS


def send(call: ServiceCall, *, door: ServiceDoor) -> Answer:
    """Return what a service answers, whatever its status. Raises FetchError."""
    return run(send_async(call, door=door))


async def send_async(call: ServiceCall, *, door: ServiceDoor) -> Answer:
    """Return what a service answers, whatever its status. Raises FetchError."""
    try:
        target = read(call.url)
    except NotAWebAddress as error:
        raise AddressRefused(_name(call.url), MALFORMED, reason=str(error)) from error
    try:
        async with asyncio.timeout(call.deadline_seconds):
            return await _exchange(call, target=target, door=door)
    except TimeoutError as error:
        raise TooSlow(_name(call.url), seconds=call.deadline_seconds) from error


async def _exchange(call: ServiceCall, *, target: WebAddress, door: ServiceDoor) -> Answer:
    try:
        addresses = literal(target) or await door.resolver.resolve(target.host, target.port)
    except OSError as error:
        raise CannotResolve(_name(call.url), NO_NAME, detail=detail_of(error)) from error
    return await dial(
        Call(
            target=target,
            addresses=tuple(addresses),
            headers={**call.headers, "User-Agent": door.user_agent},
            limit_bytes=call.limit_bytes,
            name=_name(call.url),
            method=call.method,
            body=call.body,
        )
    )


def get_json(call: ServiceCall, *, door: ServiceDoor) -> Any:
    """Return what a service answers, read as JSON.

    Raises FetchError; BadStatus among them where the status is not one of success.
    """
    return _json(send(call, door=door), name=_name(call.url))


def post_json(call: ServiceCall, payload: object, *, door: ServiceDoor) -> Any:
    """Send `payload` as JSON and return the answer, read as JSON. Raises FetchError, as `get_json`."""
    headers = {**call.headers, "Content-Type": "application/json"}
    body = json.dumps(payload, ensure_ascii=False).encode()
    return get_json(replace(call, method="POST", headers=headers, body=body), door=door)


def _json(answer: Answer, *, name: str) -> Any:
    if not answer.is_success:
        excerpt = answer.body[:LONGEST_EXCERPT].decode("utf-8", "replace")
        raise BadStatus(name, status=answer.status, excerpt=excerpt)
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise BrokenResponse(name, NOT_JSON) from error


def _name(url: str) -> str:
    """The address as errors name it: without its query, where services like to have their keys."""
    return url.partition("?")[0].rpartition("@")[2]
