"""Raw answers as they are kept: named by the hash of what came, compressed, checked when read."""

import gzip
import hashlib
import zlib
from typing import Final, Protocol

_FAST_ENOUGH: Final = 6


class SnapshotDamaged(Exception):
    """What lies in the store is not what was put there."""

    def __init__(self, sha256: str, where: str) -> None:
        super().__init__(
            f"The snapshot {sha256} ({where}) is damaged: what it holds no longer has that hash."
            " Bring the file back from a backup, or take the page again."
        )


class SnapshotMissing(Exception):
    """The store has nothing under this hash."""

    def __init__(self, sha256: str, where: str) -> None:
        super().__init__(
            f"The snapshot {sha256} is not in {where}. Bring the file back from a backup, or take the page again."
        )


class SnapshotStore(Protocol):
    """Where raw answers lie."""

    def keep(self, body: bytes) -> str:
        """Return the hash of `body` once it lies safely in the store. Raises OSError where it cannot."""
        ...

    def read(self, sha256: str) -> bytes:
        """Return what was kept. Raises SnapshotMissing, SnapshotDamaged."""
        ...


def name_of(body: bytes) -> str:
    """Return the name under which `body` is kept."""
    return hashlib.sha256(body).hexdigest()


def pack(body: bytes) -> bytes:
    """Return `body` compressed; the same bytes always give the same bytes."""
    return gzip.compress(body, _FAST_ENOUGH, mtime=0)


def unpack(packed: bytes, *, sha256: str, where: str) -> bytes:
    """Return the body that was packed. Raises SnapshotDamaged where its hash is not `sha256`."""
    try:
        body = gzip.decompress(packed)
    except (OSError, EOFError, zlib.error) as error:
        raise SnapshotDamaged(sha256, where) from error
    if name_of(body) != sha256:
        raise SnapshotDamaged(sha256, where)
    return body
