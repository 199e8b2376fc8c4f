"""Secrets that an installation makes for itself, once."""

import os
import secrets
from pathlib import Path


def read_or_make(path: Path, *, length: int = 50) -> str:
    """Return the secret kept in `path`; make it, readable by the owner alone, where there is none.

    Two processes that come at once get the same secret: it is written aside and linked into
    place, and a link that exists is not replaced.
    """
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(length) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        aside.unlink()
    return path.read_text().strip()
