"""The site's key as a file that its owner alone can read; the pair is made once."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dateline.lib.records import make_key, public_part
from dateline.lib.secret import read_or_make_bytes

NAME: Final = "records.pem"


@dataclass(frozen=True)
class KeyStore:
    """Keeps one private key of Ed25519, in PEM. Who loses it begins a new chain; who leaks it, too."""

    folder: Path

    def private(self) -> bytes:
        """Return the key, made now where there is none: of two processes that come at once, one makes it."""
        return read_or_make_bytes(self.folder / NAME, make_key)

    def public(self) -> bytes:
        """Return the public part, in PEM. Raises BadKey where the file is damaged."""
        return public_part(self.private())
