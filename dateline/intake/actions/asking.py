"""Asking an outlet's server, and all that may go wrong with the world, in words for the editor."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db import DatabaseError
from django.utils.translation import gettext as _

from dateline.intake.answers import trouble_of
from dateline.lib.confined import Failed, TookTooLong, TookTooMuch, Trouble
from dateline.lib.text import cut, one_line
from dateline.net.doors import explain, guarded_door
from dateline.net.errors import AddressRefused, FetchError
from dateline.net.guarded import fetch
from dateline.net.letters import DEADLINE_SECONDS, Answer, Request, Response


class NotRead(Exception):
    """An address gave nothing that we could read, or what it gave could not be kept.

    The text is for the editor. answer: what the server said, None where it said nothing.
    is_final: trying again by ourselves would be in vain.
    """

    def __init__(self, message: str, *, answer: Answer | None = None, is_final: bool = False) -> None:
        self.answer = answer
        self.is_final = is_final
        super().__init__(message)


def ask(
    url: str,
    *,
    headers: Mapping[str, str],
    limit_bytes: int,
    now: datetime,
    deadline_seconds: float = DEADLINE_SECONDS,
) -> Response:
    """Return what the outlet's server answers, whatever its status. Raises FetchError."""
    request = Request(url=url, headers=headers, limit_bytes=limit_bytes, deadline_seconds=deadline_seconds)
    return fetch(request, door=guarded_door(), now=now)


def refuse_failure(response: Response) -> None:
    """Raise NotRead where the server says that it failed."""
    if template := trouble_of(response.status):
        values = {"url": response.final_url, "status": response.status}
        raise NotRead(_(template) % values, answer=response)


@contextmanager
def world_in_words() -> Iterator[None]:
    """Turn what the network, a parser's child or the database does to us into NotRead."""
    try:
        yield
    except FetchError as error:
        raise NotRead(explain(error), is_final=isinstance(error, AddressRefused)) from error
    except Trouble as error:
        raise NotRead(_stopped(error), is_final=not isinstance(error, TookTooLong)) from error
    except DatabaseError as error:
        message = _(
            "What came could not be written into the database (%(detail)s). “dateline doctor” says what to do;"
            " it is tried again by itself."
        )
        raise NotRead(message % {"detail": error}) from error


def _stopped(error: Trouble) -> str:
    if isinstance(error, TookTooLong):
        return _("Reading what came took too long and was stopped. It is tried again by itself.")
    if isinstance(error, TookTooMuch):
        return _("Reading what came needed more memory than it may have and was stopped: it may be a trap.")
    detail = f"{error.kind}: {error}" if isinstance(error, Failed) else str(error)
    return _("Our parser failed at what came (%(detail)s). The fault is ours: please report it.") % {
        "detail": cut(one_line(detail), 200)
    }
