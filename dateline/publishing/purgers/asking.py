"""Asking a cache: through the configured door, and every trouble said in words."""

import json
import os
from collections.abc import Mapping
from typing import Any, Final

from dateline.net.configured import ServiceCall, send
from dateline.net.doors import service_door
from dateline.net.errors import FetchError
from dateline.net.letters import Answer
from dateline.publishing.purgers.base import PurgeFailed

DEADLINE_SECONDS: Final = 20.0
_LONGEST_EXCERPT: Final = 200
_KEY_REFUSED: Final = (401, 403)


def ask(
    name: str,
    url: str,
    *,
    method: str = "POST",
    headers: Mapping[str, str] | None = None,
    payload: object = None,
) -> Answer:
    """Return the answer of a cache, whatever its status but 401 and 403. Raises PurgeFailed."""
    body = None if payload is None else json.dumps(payload).encode()
    kind = {} if payload is None else {"Content-Type": "application/json"}
    call = ServiceCall(
        url,
        method=method,
        headers={**kind, **(headers or {})},
        body=body,
        deadline_seconds=DEADLINE_SECONDS,
    )
    try:
        answer = send(call, door=service_door())
    except FetchError as error:
        raise PurgeFailed(f"{name} was not reached: {error}") from error
    if answer.status in _KEY_REFUSED:
        raise PurgeFailed(
            f"{name} refused our key (status {answer.status}). Set DATELINE_PURGE_KEY to one that may purge."
        )
    return answer


def expect_success(name: str, answer: Answer) -> Any:
    """Return what a cache says in JSON, None where it says nothing readable. Raises PurgeFailed where it failed."""
    if not answer.is_success:
        excerpt = answer.body[:_LONGEST_EXCERPT].decode("utf-8", "replace")
        raise PurgeFailed(f"{name} answered with status {answer.status}: {excerpt}")
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        return None


def key(name: str) -> str:
    """Return the key from the environment. Raises PurgeFailed where there is none."""
    found = os.environ.get("DATELINE_PURGE_KEY", "").strip()
    if not found:
        raise PurgeFailed(f"{name} wants a key, and DATELINE_PURGE_KEY is not set.")
    return found
