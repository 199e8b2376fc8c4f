"""The keys of our accounts in the fediverse: a file each, that its owner alone can read; each pair is made once."""

import os
import re
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dateline.publishing.fediverse.signing import make_key

_HANDLE: Final = re.compile(r"[a-z0-9_][a-z0-9_.-]{0,79}")


@dataclass(frozen=True)
class AccountKeys:
    """Keeps private RSA keys, in PEM, by handle. Who loses one cannot tell followers anything under that name again."""

    folder: Path

    def private(self, handle: str) -> bytes:
        """Return the key of an account, made now where there is none: of two that come at once, one makes it."""
        if not _HANDLE.fullmatch(handle):
            raise ValueError(f"{handle!r} is no handle.")
        path = self.folder / f"{handle}.pem"
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return self._made(path)

    def _made(self, path: Path) -> bytes:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = self.folder / f".{path.name}.{uuid.uuid4().hex}"
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(make_key())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(aside, path)  # never replaces one that exists
        except FileExistsError:
            pass
        finally:
            aside.unlink()
        return path.read_bytes()
