"""Files and their rows: the file first, then its row, so that `mend` finds what a crash left between."""

from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import transaction

from dateline.lib.crash import crash_point
from dateline.publishing.leaf import Leaf
from dateline.publishing.models import BakedFile, Shown
from dateline.publishing.queries.baked import Errand
from dateline.publishing.stores.disk import DiskStore


def store() -> DiskStore:
    """Return where baked files stand."""
    return DiskStore(settings.HOME.site)


def put(disk: DiskStore, leaf: Leaf, errand: Errand, *, now: datetime) -> int:
    """Put one file in place, and write it down. Returns 1 where it changed, else 0."""
    digest = sha256(leaf.content).hexdigest()
    is_there = disk.digest(leaf.file) == digest and disk.status_of(leaf.file) == leaf.status
    if not is_there:
        disk.put(leaf.file, leaf.content, status=leaf.status)
        crash_point("publishing.file-written")
    if not is_there or not is_written_down(leaf, errand, digest):
        crash_point("publishing.before-row")
        write_row(leaf, errand, digest, now=now)
    return 0 if is_there else 1


def is_written_down(leaf: Leaf, errand: Errand, digest: str) -> bool:
    """Do the rows say all of a file that there is to say?"""
    row = BakedFile.objects.filter(path=leaf.path, sha256=digest, kind=errand.kind, key=errand.key)
    found = row.filter(status=leaf.status, is_indexed=leaf.is_indexed, changed_at=leaf.changed_at).first()
    return found is not None and set(found.shown.values_list("piece", flat=True)) == leaf.shows


@transaction.atomic
def write_row(leaf: Leaf, errand: Errand, digest: str, *, now: datetime) -> None:
    """Write down a file that is in place: whose it is, and what it shows."""
    row, _made = BakedFile.objects.update_or_create(
        path=leaf.path,
        defaults={
            "kind": errand.kind,
            "key": errand.key,
            "language": leaf.language,
            "piece": leaf.piece,
            "status": leaf.status,
            "is_indexed": leaf.is_indexed,
            "changed_at": leaf.changed_at,
            "file": leaf.file,
            "sha256": digest,
            "baked_at": now,
        },
    )
    known = set(row.shown.values_list("piece", flat=True))
    row.shown.filter(piece__in=known - leaf.shows).delete()
    Shown.objects.bulk_create([Shown(baked=row, piece=piece) for piece in leaf.shows - known])


def take_away(disk: DiskStore, row: BakedFile) -> None:
    """Take a file away, then its row."""
    disk.remove(row.file)
    crash_point("publishing.file-removed")
    row.delete()
