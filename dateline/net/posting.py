"""Sending a form through the guarded door: to hubs, whose addresses come from feeds and so from outside."""

import asyncio
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

from dateline.lib.urls import WebAddress
from dateline.net.dialling import Call, dial, run
from dateline.net.errors import CannotResolve, TooManyRedirects, TooSlow, detail_of
from dateline.net.guarded import IN_CIRCLES, NO_NAME, Door, onward_from
from dateline.net.letters import Answer
from dateline.net.verdicts import clear, literal, read_target

ANSWER_BYTES: Final = 64 * 2**10
DEADLINE_SECONDS: Final = 20.0
# Only these let a form be sent on; others would turn it into a question.
_SENT_ON: Final = frozenset({307, 308})
_MOST_REDIRECTS: Final = 2


@dataclass(frozen=True)
class Form:
    """What to send where. It may hold a secret, so its fields do not show in a repr."""

    url: str
    fields: tuple[tuple[str, str], ...] = field(repr=False)


def post_form(form: Form, *, door: Door, deadline_seconds: float = DEADLINE_SECONDS) -> Answer:
    """Return what an address from outside answers to a form, whatever its status. Raises FetchError."""
    return run(_post(form, door=door, deadline_seconds=deadline_seconds))


async def _post(form: Form, *, door: Door, deadline_seconds: float) -> Answer:
    try:
        async with asyncio.timeout(deadline_seconds):
            return await _follow(form, door=door)
    except TimeoutError as error:
        raise TooSlow(form.url, seconds=deadline_seconds) from error


async def _follow(form: Form, *, door: Door) -> Answer:
    url, origin = form.url, read_target(form.url, allowed=door.allowed)
    for _step in range(_MOST_REDIRECTS + 1):
        target = read_target(url, allowed=door.allowed)
        answer = await _send(form, target, door=door)
        onward = onward_from(target, answer) if answer.status in _SENT_ON else None
        if onward is None or _is_less_safe(origin, onward):
            return answer
        url = onward
    raise TooManyRedirects(url, IN_CIRCLES)


def _is_less_safe(origin: WebAddress, url: str) -> bool:
    """A form that was sent by TLS, with a secret in it, is not sent on in the open."""
    return origin.scheme == "https" and not url.startswith("https://")


async def _send(form: Form, target: WebAddress, *, door: Door) -> Answer:
    try:
        addresses = literal(target) or tuple(await door.resolver.resolve(target.host, target.port))
    except OSError as error:
        raise CannotResolve(str(target), NO_NAME, detail=detail_of(error)) from error
    return await dial(
        Call(
            target=target,
            addresses=clear(target, addresses, allowed=door.allowed),
            headers={"Content-Type": "application/x-www-form-urlencoded", "User-Agent": door.user_agent},
            limit_bytes=ANSWER_BYTES,
            name=str(target),
            method="POST",
            body=urlencode(form.fields).encode(),
        )
    )
