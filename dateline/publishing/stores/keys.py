"""The site's key as a file that its owner alone can read; the pair is made once."""

import os
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dateline.lib.records import make_key, public_part

NAME: Final = "records.pem"


@dataclass(frozen=True)
class KeyStore:
    """Keeps one private key of Ed25519, in PEM. Who loses it begins a new chain; who leaks it, too."""

    folder: Path

    def private(self) -> bytes:
        """Return the key, made now where there is none: of two processes that come at once, one makes it."""
        path = self.folder / NAME
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return self._made(path)

    def public(self) -> bytes:
        """Return the public part, in PEM. Raises BadKey where the file is damaged."""
        return public_part(self.private())

    def _made(self, path: Path) -> bytes:
        self.folder.mkdir(parents=True, exist_ok=True)
        aside = self.folder / f".{NAME}.{uuid.uuid4().hex}"
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
