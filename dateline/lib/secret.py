"""Secrets that an installation makes for itself, once."""

import os
import secrets
import uuid
from collections.abc import Callable
from pathlib import Path


def read_or_make(path: Path, *, length: int = 50) -> str:
    """Return the secret word kept in `path`; make it, readable by the owner alone, where there is none."""
    made = read_or_make_bytes(path, f"{secrets.token_urlsafe(length)}\n".encode)
    return made.decode().strip()


def read_or_make_bytes(path: Path, make: Callable[[], bytes]) -> bytes:
    """Return what is kept in `path`; have it made, readable by the owner alone, where there is nothing.

    Two processes that come at once get the same: it is written aside and linked into place, and a link that exists
    is not replaced.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(make())
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        aside.unlink()
    return path.read_bytes()
