"""Evidence as files of this machine: `ab/cd/<hash>.warc.gz` below one folder.

The first file of a hash holds the body; each further time that the same bytes came is a small file
`<hash>.<record>.warc.gz` beside it, which refers to the first. Older installations have `<hash>.gz`, the bare body.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dateline.intake.snapshots import (
    Kept,
    SnapshotDamaged,
    SnapshotMissing,
    body_in,
    name_of,
    old_body_in,
    records_in,
)
from dateline.intake.snapshots_evidence import Evidence, brought
from dateline.intake.snapshots_warc import Record, record_id, records_of, written
from dateline.lib.files import write_atomically


@dataclass(frozen=True)
class DiskStore:
    """Keeps each body once. A file is whole or absent; a damaged one is written anew when its body comes again."""

    folder: Path

    def keep(self, evidence: Evidence) -> Kept:
        """Return under which hash `evidence` is on the disk. Raises OSError where the disk refuses."""
        sha256 = name_of(evidence.body)
        first = self._first_record(sha256)
        if first is None:
            return Kept(sha256, self._write(self._path(sha256), records_of(evidence)))
        os.utime(self._path(sha256))  # somebody who is about to forget it must know that it is wanted
        if first.field("WARC-Record-ID") == record_id(evidence, "response"):
            return Kept(sha256, self._path(sha256).stat().st_size)
        path = self._path(sha256, record_id(evidence, "response")[10:26].replace("-", ""))
        return Kept(sha256, self._write(path, records_of(evidence, revisits=first)))

    def read(self, sha256: str) -> bytes:
        """Return a body, whose hash was verified. Raises SnapshotMissing, SnapshotDamaged."""
        path = self._path(sha256)
        with suppress(FileNotFoundError):
            return body_in(path.read_bytes(), sha256=sha256, where=str(path))
        return self._read_old(sha256)

    def records(self, sha256: str) -> list[Record]:
        """Return every record about this body, those that hold it first. Raises SnapshotMissing, SnapshotDamaged."""
        found: list[Record] = []
        for path in self._files(sha256):
            found += records_in(path.read_bytes(), sha256=sha256, where=str(path))
        return found or self._old_records(sha256)

    def forget(self, sha256: str, *, untouched_since: float) -> int | None:
        """Take a body and all records about it away; return the bytes freed, None where it was just kept again."""
        files = [*self._files(sha256), self._old_path(sha256)]
        there = [(path, path.stat()) for path in files if path.exists()]
        if any(about.st_mtime > untouched_since for _path, about in there):
            return None
        for path, _about in reversed(there):  # those that refer go before what they refer to
            path.unlink(missing_ok=True)
        return sum(about.st_size for _path, about in there)

    def _write(self, path: Path, records: list[Record]) -> int:
        packed = written(records)
        write_atomically(path, packed)
        return len(packed)

    def _first_record(self, sha256: str) -> Record | None:
        """Return the record that holds the body; None where there is none that is sound."""
        path = self._path(sha256)
        try:
            packed = path.read_bytes()
            body_in(packed, sha256=sha256, where=str(path))
            return records_in(packed, sha256=sha256, where=str(path))[0]
        except (FileNotFoundError, SnapshotDamaged):
            return None

    def _read_old(self, sha256: str) -> bytes:
        path = self._old_path(sha256)
        try:
            packed = path.read_bytes()
        except FileNotFoundError:
            raise SnapshotMissing(sha256, str(path.parent)) from None
        return old_body_in(packed, sha256=sha256, where=str(path))

    def _old_records(self, sha256: str) -> list[Record]:
        """Return a bare body as a record, so that it can be handed on like all others."""
        body = self._read_old(sha256)
        kept_at = datetime.fromtimestamp(self._old_path(sha256).stat().st_mtime, tz=UTC)
        return records_of(brought(body, name=f"urn:sha256:{sha256}", came_at=kept_at))

    def _files(self, sha256: str) -> Iterator[Path]:
        path = self._path(sha256)
        if path.exists():
            yield path
        yield from sorted(path.parent.glob(f"{sha256}.*.warc.gz"))

    def _path(self, sha256: str, record: str = "") -> Path:
        name = f"{sha256}.{record}.warc.gz" if record else f"{sha256}.warc.gz"
        return self._folder(sha256) / name

    def _old_path(self, sha256: str) -> Path:
        return self._folder(sha256) / f"{sha256}.gz"

    def _folder(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256[2:4]
