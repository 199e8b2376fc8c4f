"""What is about to go: pages of a minute to come are made as if it had gone already."""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from dateline.rights.models import Withdrawal

# Why each goes, as it will be said at its address; None where nothing will be said.
Going = Mapping[uuid.UUID, Withdrawal | None]

_NOTHING: Final[Going] = {}
_going: ContextVar[Going] = ContextVar("going", default=_NOTHING)


def going() -> Going:
    """Return what the pages being made are to leave out; nothing but while a minute to come is made ready."""
    return _going.get()


@contextmanager
def as_if_gone(pieces: Going) -> Iterator[None]:
    """Make pages as they will be when these have gone. The database knows nothing of it yet."""
    token = _going.set(pieces)
    try:
        yield
    finally:
        _going.reset(token)
