"""Snapshots as files of this machine: `ab/cd/<hash>.gz` below one folder."""

from dataclasses import dataclass
from pathlib import Path

from dateline.intake.snapshots import SnapshotDamaged, SnapshotMissing, name_of, pack, unpack
from dateline.lib.files import write_atomically


@dataclass(frozen=True)
class DiskStore:
    """Keeps each body once. A file is whole or absent; a damaged one is written anew when its body comes again."""

    folder: Path

    def keep(self, body: bytes) -> str:
        """Return the hash of `body` once it is on the disk. Raises OSError where the disk refuses."""
        sha256 = name_of(body)
        if not self._is_sound(sha256):
            write_atomically(self._path(sha256), pack(body))
        return sha256

    def read(self, sha256: str) -> bytes:
        """Return what was kept. Raises SnapshotMissing, SnapshotDamaged."""
        path = self._path(sha256)
        try:
            packed = path.read_bytes()
        except FileNotFoundError:
            raise SnapshotMissing(sha256, str(path.parent)) from None
        return unpack(packed, sha256=sha256, where=str(path))

    def _is_sound(self, sha256: str) -> bool:
        try:
            self.read(sha256)
        except (SnapshotMissing, SnapshotDamaged):
            return False
        return True

    def _path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256[2:4] / f"{sha256}.gz"
