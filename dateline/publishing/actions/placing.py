"""Files and their rows: the file first, then its row, so that `mend` finds what a crash left between."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.conf import settings

from dateline.lib.crash import crash_point
from dateline.publishing.actions.following import let_follow
from dateline.publishing.actions.rows import Line, write_lines
from dateline.publishing.leaf import Leaf
from dateline.publishing.models import BakedFile
from dateline.publishing.queries.baked import Errand, made_by_any
from dateline.publishing.stores.disk import DiskStore


def store(*, is_synced: bool = True) -> DiskStore:
    """Return where baked files stand. is_synced: each file is on the disk before the next is written."""
    return DiskStore(settings.HOME.site, is_synced=is_synced)


@dataclass(frozen=True)
class Sheaf:
    """What one errand makes: its files, and the rows of files that it makes no more."""

    errand: Errand
    leaves: tuple[Leaf, ...]
    old: tuple[BakedFile, ...]

    def lines(self, *, why: str = "") -> list[Line]:
        """Return what is to be written down of its files."""
        return [line_of(leaf, self.errand, why=why) for leaf in self.leaves]


def line_of(leaf: Leaf, errand: Errand, *, why: str = "") -> Line:
    """Return what is to be written down of a file."""
    return Line(leaf=leaf, errand=errand, sha256=sha256(leaf.content).hexdigest(), why=why)


def sheaves(made: Sequence[tuple[Errand, Sequence[Leaf]]]) -> list[Sheaf]:
    """Return errands with their files and with the rows that have become old."""
    stood = made_by_any([errand for errand, _leaves in made])
    # Where two have changed places, neither's old page is taken away.
    paths = {leaf.path for _errand, leaves in made for leaf in leaves}
    found = []
    for errand, leaves in made:
        old = tuple(row for row in stood.get(errand, ()) if row.path not in paths)
        found.append(Sheaf(errand, tuple(leaves), old))
    return found


def put_all(disk: DiskStore, made: Sequence[Sheaf], *, now: datetime, why: str = "") -> int:
    """Put files in place, write them down, and take away what has become old. Returns how many files changed.

    Raises OSError where one cannot be written; those before it stand and are not written down yet.
    """
    lines = [line for sheaf in made for line in sheaf.lines(why=why)]
    old = [row for sheaf in made for row in sheaf.old]
    changed = [line.leaf.path for line in lines if _put(disk, line)]
    write_lines(lines, now=now)
    for row in old:
        take_away(disk, row)
    let_follow([*changed, *(row.path for row in old)], now=now)
    return len(changed) + len(old)


def is_new(disk: DiskStore, leaf: Leaf, digest: str) -> bool:
    """Does something else stand where it belongs, or nothing?"""
    return disk.digest(leaf.file) != digest or disk.status_of(leaf.file) != leaf.status


def _put(disk: DiskStore, line: Line) -> bool:
    if not is_new(disk, line.leaf, line.sha256):
        return False
    disk.put(line.leaf.file, line.leaf.content, status=line.leaf.status)
    crash_point("publishing.file-written")
    return True


def take_away(disk: DiskStore, row: BakedFile) -> None:
    """Take a file away, then its row. What another errand has put there since stays."""
    if not BakedFile.objects.filter(pk=row.pk, kind=row.kind, key=row.key).exists():
        return
    disk.remove(row.file)
    crash_point("publishing.file-removed")
    row.delete()


def forget(rows: Iterable[BakedFile]) -> None:
    """Forget files that were taken away."""
    BakedFile.objects.filter(pk__in=[row.pk for row in rows]).delete()
