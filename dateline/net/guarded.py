"""The guarded door: for every address that came from outside, whoever typed or sent it.

Each step of an exchange is read, looked up once, judged with all of its answers, and dialled at
exactly the judged addresses; a redirect begins again. No cookies, no keys, no referrer, no
proxies of the environment. Each host on the way is asked in its turn.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urljoin

from dateline.lib.urls import WebAddress, gettext_noop
from dateline.net.addresses import Pair
from dateline.net.dialling import REDIRECTS, Call, Line, dial, run
from dateline.net.errors import (
    AddressRefused,
    CannotResolve,
    FetchError,
    HostBusy,
    TooManyRedirects,
    TooSlow,
    detail_of,
)
from dateline.net.letters import Answer, Hop, Request, Response
from dateline.net.resolving import Resolver, SystemResolver
from dateline.net.turns import Ended, Turn, Turns, turn_name
from dateline.net.verdicts import MALFORMED, clear, literal, read_target

MOST_REDIRECTS: Final = 5
# A turn outlives its question's deadline by this much before it counts as left by a process that died.
MARGIN_SECONDS: Final = 10.0
SHORTEST_WAIT_SECONDS: Final = 0.02
# Who was passed on by one host has asked already: to give up and begin again would ask it twice.
HOP_PATIENCE_SECONDS: Final = 30.0
BEGINS_AGAIN: Final = timedelta(minutes=15)

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
    `addresses.read_allowed`; nothing else loosens the guard. turns: who says when a host may be asked.
    """

    user_agent: str
    allowed: frozenset[Pair] = frozenset()
    resolver: Resolver = field(default_factory=SystemResolver)
    turns: Turns | None = None


def user_agent(*, version: str, contact: str) -> str:
    """Return the honest name of this installation. contact: the site's address, or an e-mail address."""
    return f"Dateline/{version} (+{contact})"


def fetch(request: Request, *, door: Door, now: datetime) -> Response:
    """Return what an address from outside answers, whatever its status. Raises FetchError.

    For ordinary code, in any thread. Every host on the way is asked in its turn; HostBusy where one has
    none within the request's patience.
    """
    journey = Journey(request)
    try:
        while True:
            target = journey.next_target(door)
            with _turn(target, journey=journey, turns=door.turns) as note:
                answer = note(run(journey.ask(target, door=door)))
            if response := journey.arrive(target, answer, now=now):
                return response
    except FetchError as error:
        error.asked = request.url
        raise


@dataclass
class Journey:
    """A request on its way, from one address to the next that it is passed on to."""

    request: Request
    hops: list[Hop] = field(default_factory=list)
    url: str = ""
    left_seconds: float = 0.0

    def __post_init__(self) -> None:
        self.url = self.request.url
        self.left_seconds = self.request.deadline_seconds

    def next_target(self, door: Door) -> WebAddress:
        """Return what is to be asked now. Raises AddressRefused, and what the request's permit does."""
        target = read_target(self.url, allowed=door.allowed)
        if self.request.permit is not None:
            self.request.permit(str(target))
        return target

    async def ask(self, target: WebAddress, *, door: Door, line: Line | None = None) -> Answer:
        """Return what this one address answers, within what is left of the deadline. Raises FetchError."""
        begun = time.monotonic()
        try:
            async with asyncio.timeout(self.left_seconds):
                return await _step(target, request=self.request, door=door, line=line)
        except TimeoutError as error:
            raise TooSlow(self.request.url, seconds=self.request.deadline_seconds) from error
        finally:
            self.left_seconds -= time.monotonic() - begun

    @property
    def patience(self) -> timedelta:
        """How long to wait for the next host's turn."""
        seconds = self.request.patience_seconds
        return timedelta(seconds=max(seconds, HOP_PATIENCE_SECONDS) if self.hops else seconds)

    def busy(self, target: WebAddress, *, until: datetime, now: datetime) -> HostBusy:
        """Return the error for a host whose turn does not come in time."""
        until = max(until, now + BEGINS_AGAIN) if self.hops else until
        seconds = (until - now).total_seconds()
        return HostBusy(str(target), host=turn_name(target), until=until, seconds=seconds)

    def arrive(self, target: WebAddress, answer: Answer, *, now: datetime) -> Response | None:
        """Return the response where the journey ends here, None where it goes on. Raises TooManyRedirects."""
        onward = onward_from(target, answer)
        if onward is None:
            return Response(
                status=answer.status,
                headers=answer.headers,
                body=answer.body,
                url=self.request.url,
                final_url=str(target),
                hops=tuple(self.hops),
                fetched_at=now,
            )
        if len(self.hops) == MOST_REDIRECTS:
            raise TooManyRedirects(self.url, IN_CIRCLES)
        self.hops.append(Hop(url=str(target), status=answer.status))
        self.url = onward
        return None


@contextmanager
def _turn(
    target: WebAddress, *, journey: Journey, turns: Turns | None
) -> Iterator[Callable[[Answer], Answer]]:
    """Hold the host's turn; what is noted tells its keeper how long to leave the host alone."""
    if turns is None:
        yield lambda answer: answer
        return
    turn = _wait_for_turn(target, journey=journey, turns=turns)
    answers: list[Answer] = []

    def note(answer: Answer) -> Answer:
        answers.append(answer)
        return answer

    try:
        yield note
    finally:
        turns.give_back([Ended(turn, at=turns.now(), answer=answers[0] if answers else None)])


def _wait_for_turn(target: WebAddress, *, journey: Journey, turns: Turns) -> Turn:
    name = turn_name(target)
    give_up_at = turns.now() + journey.patience
    while True:
        if turn := turns.take([name], for_seconds=journey.left_seconds + MARGIN_SECONDS).get(name):
            return turn
        until, now = turns.line_up(name), turns.now()
        if until > give_up_at:
            raise journey.busy(target, until=until, now=now)
        turns.wait(max((until - now).total_seconds(), SHORTEST_WAIT_SECONDS))


async def _step(target: WebAddress, *, request: Request, door: Door, line: Line | None) -> Answer:
    addresses = literal(target) or await _look_up(target, resolver=door.resolver)
    call = Call(
        target=target,
        addresses=clear(target, addresses, allowed=door.allowed),
        headers={**request.sendable_headers(), "User-Agent": door.user_agent},
        limit_bytes=request.limit_bytes,
        name=str(target),
    )
    return await (line.dial(call) if line else dial(call))


async def _look_up(target: WebAddress, *, resolver: Resolver) -> tuple[str, ...]:
    try:
        return tuple(await resolver.resolve(target.host, target.port))
    except OSError as error:
        raise CannotResolve(str(target), NO_NAME, detail=detail_of(error)) from error


def onward_from(target: WebAddress, answer: Answer) -> str | None:
    """Return where an answer passes on to, None where it does not. Raises AddressRefused where that cannot be read."""
    location = answer.header("Location")
    if answer.status not in REDIRECTS or not location:
        return None
    try:
        return urljoin(str(target), location)
    except ValueError as error:
        raise AddressRefused(location, MALFORMED, reason=gettext_noop("cannot be read")) from error
