"""Snapshots as they are kept: the promises of a store, and old ones that were kept as bare compressed bodies."""

import gzip
import zlib
from dataclasses import dataclass
from typing import Protocol

from dateline.intake.snapshots_evidence import Evidence
from dateline.intake.snapshots_warc import NotAWarc, Record, read, sha256_of, verify


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


@dataclass(frozen=True)
class Kept:
    """What was put away. sha256: of the body; its name. packed_bytes: what the disk gave for it, 0 where nothing."""

    sha256: str
    packed_bytes: int


class SnapshotStore(Protocol):
    """Where evidence lies, as WARC records found by the hash of their body."""

    def keep(self, evidence: Evidence) -> Kept:
        """Return under which hash `evidence` lies safely. Raises OSError where it cannot."""
        ...

    def read(self, sha256: str) -> bytes:
        """Return a body, whose hash was verified. Raises SnapshotMissing, SnapshotDamaged."""
        ...

    def records(self, sha256: str) -> list[Record]:
        """Return every record about this body, those that hold it first. Raises as `read`."""
        ...

    def forget(self, sha256: str, *, untouched_since: float) -> int | None:
        """Take a body and all records about it away; return the bytes that were freed.

        untouched_since: seconds since 1970. Where somebody kept this very body later than that, nothing is done
        and the answer is None. A body that is not there frees 0.
        """
        ...


def name_of(body: bytes) -> str:
    """Return the name under which `body` is kept."""
    return sha256_of(body)


def body_in(packed: bytes, *, sha256: str, where: str) -> bytes:
    """Return the body that a file of records holds. Raises SnapshotDamaged where it is not the one of that hash."""
    try:
        record = next(read(packed), None)
    except NotAWarc as error:
        raise SnapshotDamaged(sha256, where) from error
    if record is None or name_of(record.payload) != sha256:
        raise SnapshotDamaged(sha256, where)
    return record.payload


def records_in(packed: bytes, *, sha256: str, where: str) -> list[Record]:
    """Return the records of a file, each digest verified, all about that body. Raises SnapshotDamaged."""
    try:
        records = list(read(packed))
        for record in records:
            verify(record)
    except NotAWarc as error:
        raise SnapshotDamaged(sha256, where) from error
    holding = [record for record in records if record.kind in ("response", "resource")]
    if not records or any(name_of(record.payload) != sha256 for record in holding):
        raise SnapshotDamaged(sha256, where)
    return records


def old_body_in(packed: bytes, *, sha256: str, where: str) -> bytes:
    """Return the body that was kept bare, as the first versions did. Raises SnapshotDamaged."""
    try:
        body = gzip.decompress(packed)
    except (OSError, EOFError, zlib.error) as error:
        raise SnapshotDamaged(sha256, where) from error
    if name_of(body) != sha256:
        raise SnapshotDamaged(sha256, where)
    return body
