"""Asking an outlet's server, and all that may go wrong with the world, in words for the editor."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from django.db import DatabaseError
from django.utils.translation import gettext as _

from dateline.intake.answers import trouble_of
from dateline.lib.confined import Failed, TookTooLong, TookTooMuch, Trouble
from dateline.lib.floods import HostileMarkup
from dateline.lib.text import cut, one_line
from dateline.net.doors import explain, guarded_door
from dateline.net.errors import AddressRefused, FetchError, HostBusy, RobotsRefuse, RobotsUnknown, TooLarge
from dateline.net.guarded import fetch
from dateline.net.letters import DEADLINE_SECONDS, PATIENCE_SECONDS, Answer, Request, Response
from dateline.sources.actions import permit_by_robots
from dateline.sources.cadence import retry_after

# What sent more than anybody wants is likely to do so again.
AFTER_A_FLOOD: Final = timedelta(hours=12)


class NotRead(Exception):
    """An address gave nothing that we could read, or what it gave could not be kept.

    The text is for the editor. answer: what the server said, None where it said nothing.
    is_final: trying again by ourselves would be in vain. until: it would be so before then. wait: it would
    cost them or us too much sooner.
    """

    def __init__(
        self,
        message: str,
        *,
        answer: Answer | None = None,
        is_final: bool = False,
        until: datetime | None = None,
        wait: timedelta = timedelta(0),
    ) -> None:
        self.wait = wait
        self.answer = answer
        self.is_final = is_final
        self.until = until
        super().__init__(message)

    def asked_wait(self, *, now: datetime) -> timedelta:
        """Return for how long the other side wants to be left alone, or should be."""
        asked = retry_after((self.answer.header("Retry-After") if self.answer else None) or "", now=now)
        return max(asked, (self.until or now) - now, self.wait)


class NotYet(NotRead):
    """The host's turn has not come. Nothing was asked and nothing failed: come again at `until`."""

    def __init__(self, message: str, *, until: datetime) -> None:
        super().__init__(message, until=until)
        self.until: datetime = until


_patience: ContextVar[float] = ContextVar("seconds to wait for a host's turn", default=PATIENCE_SECONDS)


@contextmanager
def waiting_for_turns(seconds: float) -> Iterator[None]:
    """Let what is asked in here wait so long for a host's turn: a person waits for the answer, not a queue."""
    token = _patience.set(seconds)
    try:
        yield
    finally:
        _patience.reset(token)


def ask(
    url: str,
    *,
    headers: Mapping[str, str],
    limit_bytes: int,
    now: datetime,
    deadline_seconds: float = DEADLINE_SECONDS,
) -> Response:
    """Return what the outlet's server answers in its turn, whatever its status. Raises FetchError."""
    request = Request(
        url=url,
        headers=headers,
        limit_bytes=limit_bytes,
        deadline_seconds=deadline_seconds,
        patience_seconds=_patience.get(),
    )
    return fetch(request, door=guarded_door(), now=now)


def ask_page(url: str, *, headers: Mapping[str, str], limit_bytes: int, now: datetime) -> Response:
    """Return what the server answers for a page that nobody gave us as a feed: where its robots.txt lets us.

    Raises FetchError, RobotsRefuse and RobotsUnknown among them; redirects are held against the rules too.
    """
    door = guarded_door()
    permit = partial(permit_by_robots, door=door, now=now)
    request = Request(
        url=url,
        headers=headers,
        limit_bytes=limit_bytes,
        patience_seconds=_patience.get(),
        permit=permit,
    )
    return fetch(request, door=door, now=now)


def refuse_failure(response: Response) -> None:
    """Raise NotRead where the server says that it failed."""
    if template := trouble_of(response.status):
        values = {"url": response.final_url, "status": response.status}
        raise NotRead(_(template) % values, answer=response)


def refused(error: Exception) -> str:
    """Return why a parser would not read something, as a sentence for the editor."""
    if not isinstance(error, HostileMarkup):
        return _(str(error))
    message = _("What came is built to overwhelm whoever reads it, and was not read (%(detail)s).")
    return message % {"detail": error}


@contextmanager
def world_in_words() -> Iterator[None]:
    """Turn what the network, a parser's child or the database does to us into NotRead."""
    try:
        yield
    except FetchError as error:
        raise in_words(error) from error
    except Trouble as error:
        raise NotRead(_stopped(error), is_final=not isinstance(error, TookTooLong)) from error
    except DatabaseError as error:
        message = _(
            "What came could not be written into the database (%(detail)s). “dateline doctor” says what to do;"
            " it is tried again by itself."
        )
        raise NotRead(message % {"detail": error}) from error


def in_words(error: FetchError) -> NotRead:
    """Return what the network did to us, as words for the editor and when to try again."""
    match error:
        case HostBusy():
            return NotYet(explain(error), until=error.until)
        case RobotsRefuse() | RobotsUnknown():
            return NotRead(explain(error), until=error.until)
        case TooLarge():
            return NotRead(explain(error), wait=AFTER_A_FLOOD)
        case _:
            return NotRead(explain(error), is_final=isinstance(error, AddressRefused))


def _stopped(error: Trouble) -> str:
    if isinstance(error, TookTooLong):
        return _("Reading what came took too long and was stopped. It is tried again by itself.")
    if isinstance(error, TookTooMuch):
        return _("Reading what came needed more memory than it may have and was stopped: it may be a trap.")
    detail = f"{error.kind}: {error}" if isinstance(error, Failed) else str(error)
    return _("Our parser failed at what came (%(detail)s). The fault is ours: please report it.") % {
        "detail": cut(one_line(detail), 200)
    }
