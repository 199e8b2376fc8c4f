"""Asking a machine that is a service: through the configured door, and every trouble said in words."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from dateline.lib.text import cut, one_line
from dateline.net.configured import ServiceCall, send
from dateline.net.doors import service_door
from dateline.net.errors import (
    AddressRefused,
    BrokenResponse,
    CannotConnect,
    CannotResolve,
    FetchError,
    TooSlow,
)
from dateline.net.letters import Answer
from dateline.sources.cadence import retry_after
from dateline.translation.machines.base import Drafted, MachineFailed, Unit
from dateline.translation.machines.environment import Service

LIMIT_BYTES: Final = 4 * 2**20
HOUR: Final = 3600.0
BUSY_SECONDS: Final = 60.0
LONGEST_EXCERPT: Final = 160
_BUSY, _QUOTA, _OVERLOADED, _ERROR = 429, 456, 529, 500
_KEY_REFUSED: Final = frozenset({401, 403})


def post(service: Service, path: str, payload: object, *, headers: Mapping[str, str], deadline: float) -> Any:
    """Return what a service answers to `payload`, both JSON. Raises MachineFailed, in words for an editor."""
    call = ServiceCall(
        f"{service.url}{path}",
        method="POST",
        headers={**headers, "Content-Type": "application/json", "Accept": "application/json"},
        body=json.dumps(payload, ensure_ascii=False).encode(),
        limit_bytes=LIMIT_BYTES,
        deadline_seconds=max(deadline, 0.1),
    )
    try:
        answer = send(call, door=service_door())
    except FetchError as error:
        raise _unreached(service, error, deadline) from None
    if not answer.is_success:
        raise _refusal(service, answer)
    return _json(service, answer)


def spoiled(service: Service, what: str) -> MachineFailed:
    """Return the failure of a service that answered, and not what was asked; it may have counted it."""
    return MachineFailed(f"{service.label}: {what}", may_be_charged=True)


def each(units: list[Unit], answers: list[Any], made: Callable[[Unit, str], str]) -> list[Drafted]:
    """Return the answers as drafts, one a unit in their order. An answer that is no text is an error."""
    return [
        Drafted(unit.id, text=made(unit, answer))
        if isinstance(answer, str) and answer.strip()
        else Drafted(unit.id, error=_("The machine gave no words for it."))
        for unit, answer in zip(units, answers, strict=True)
    ]


def count_is_wrong(service: Service, *, asked: int, came: int) -> MachineFailed:
    """Return the failure of a service whose answers cannot be told apart: there are more or fewer than asked."""
    return spoiled(
        service,
        _("asked for %(asked)d sentences, it answered %(came)d; none was taken.")
        % {"asked": asked, "came": came},
    )


def _unreached(service: Service, error: FetchError, deadline: float) -> MachineFailed:
    if isinstance(error, TooSlow):
        return spoiled(service, _("no answer within %g seconds.") % deadline)
    if isinstance(error, (CannotConnect, CannotResolve, AddressRefused)):
        return MachineFailed(
            _("%(machine)s cannot be reached. Is it running, and is %(variable)s right?")
            % {"machine": service.label, "variable": service.variable}
        )
    if isinstance(error, BrokenResponse):
        return spoiled(service, _("the answer broke off."))
    return spoiled(service, _("the answer is too large or cannot be read."))


def _refusal(service: Service, answer: Answer) -> MachineFailed:
    rest = _wait_told(answer)
    status = answer.status
    if status == _QUOTA:
        words = _("the quota of its maker is spent; it is not asked for an hour.")
        return MachineFailed(f"{service.label}: {words}", rest_seconds=rest or HOUR)
    if status in _KEY_REFUSED:
        words = _("it refuses the key. Check %s in the environment.") % service.variable.replace(
            "_URL", "_KEY"
        )
        return MachineFailed(f"{service.label}: {words}", rest_seconds=rest or HOUR)
    if status in {_BUSY, _OVERLOADED}:
        words = _("it is asked too much just now.")
        return MachineFailed(f"{service.label}: {words}", rest_seconds=rest or BUSY_SECONDS)
    if status >= _ERROR:
        words = _("it is out of order (status %d).") % status
        return MachineFailed(f"{service.label}: {words}", rest_seconds=rest)
    words = _("it refuses what it was asked (status %d).") % status
    return MachineFailed(f"{service.label}: {words} {_excerpt(service, answer)}".strip())


def _wait_told(answer: Answer) -> float:
    """Return the seconds that Retry-After asks for, an hour at most; 0 where it says nothing."""
    value = answer.header("Retry-After")
    wait = retry_after(value, now=timezone.now()).total_seconds() if value else 0.0
    return min(max(wait, 0.0), HOUR)


def _excerpt(service: Service, answer: Answer) -> str:
    """Return what a refusal says of itself, on one line, short, without the key; empty where it is no JSON."""
    try:
        said = json.loads(answer.body)
    except (ValueError, RecursionError):
        return ""
    said = said.get("error") or said.get("message") or "" if isinstance(said, dict) else ""
    said = said.get("message", "") if isinstance(said, dict) else said
    return cut(one_line(service.without_key(str(said))), LONGEST_EXCERPT)


def _json(service: Service, answer: Answer) -> Any:
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        raise spoiled(service, _("the answer is not JSON but, say, a page.")) from None
