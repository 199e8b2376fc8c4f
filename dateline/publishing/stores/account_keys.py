"""The keys of our accounts in the fediverse: a file each, that its owner alone can read; each pair is made once."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dateline.lib.secret import read_or_make_bytes
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
        return read_or_make_bytes(self.folder / f"{handle}.pem", make_key)
