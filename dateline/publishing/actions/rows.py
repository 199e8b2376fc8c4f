"""What is written down of baked files, many at a time: whose each is, what it shows, and on what it rests."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from dateline.lib.crash import crash_point
from dateline.publishing.leaf import Leaf
from dateline.publishing.models import BakedFile, Carried, Shown, Tag
from dateline.publishing.queries.baked import Errand

if TYPE_CHECKING:
    from uuid import UUID

_TOGETHER: Final = 200
_TOLD: Final = (
    "kind", "key", "language", "piece", "status", "is_indexed", "changed_at", "file", "sha256", "sheet", "stale_on",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A file that is in place. why: what made it due, in a few words."""

    leaf: Leaf
    errand: Errand
    sha256: str
    why: str = ""

    def row(self, *, now: datetime) -> BakedFile:
        """Return it as a row that is not written yet."""
        leaf = self.leaf
        return BakedFile(
            path=leaf.path, kind=self.errand.kind, key=self.errand.key, language=leaf.language, piece=leaf.piece,
            status=leaf.status, is_indexed=leaf.is_indexed, changed_at=leaf.changed_at, file=leaf.file,
            sha256=self.sha256, sheet=leaf.sheet, stale_on=leaf.stale_on, baked_at=now, why=self.why[:200],
        )  # fmt: skip


def write_lines(lines: Sequence[Line], *, now: datetime) -> None:
    """Write down files that are in place. What is written down already is not touched."""
    for start in range(0, len(lines), _TOGETHER):
        _write(lines[start : start + _TOGETHER], now=now)


@transaction.atomic
def _write(lines: Sequence[Line], *, now: datetime) -> None:
    known = {row.path: row for row in BakedFile.objects.filter(path__in=[line.leaf.path for line in lines])}
    rows = [line.row(now=now) for line in lines]
    changed = [row for row in rows if row.path not in known or _told(row) != _told(known[row.path])]
    for _row in changed:
        crash_point("publishing.before-row")
    BakedFile.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["path"], update_fields=[*_TOLD, "baked_at", "why"]
    )
    numbers = {path: row.pk for path, row in known.items()}
    new = [row.path for row in changed if row.path not in known]
    numbers |= dict(BakedFile.objects.filter(path__in=new).values_list("path", "pk"))
    old = [row.pk for row in known.values()]
    _write_shown({numbers[line.leaf.path]: line.leaf for line in lines}, old)
    _write_tags({numbers[line.leaf.path]: line.leaf.tags for line in lines}, old)


def _told(row: BakedFile) -> list[Any]:
    return [getattr(row, name) for name in _TOLD]


def _write_shown(leaves: Mapping[int, Leaf], old: Collection[int]) -> None:
    wanted = {
        (number, piece): is_present
        for number, leaf in leaves.items()
        for pieces, is_present in ((leaf.present - leaf.shows, True), (leaf.shows, False))
        for piece in pieces
    }
    known: dict[tuple[int, UUID], tuple[int, bool]] = {}
    if old:
        rows = Shown.objects.filter(baked__in=old).values_list("baked_id", "piece", "pk", "is_present")
        known = {(number, piece): (key, is_present) for number, piece, key, is_present in rows}
    wrong = [key for at, (key, is_present) in known.items() if wanted.get(at) is not is_present]
    if wrong:
        Shown.objects.filter(pk__in=wrong).delete()
    Shown.objects.bulk_create(
        Shown(baked_id=number, piece=piece, is_present=is_present)
        for (number, piece), is_present in wanted.items()
        if known.get((number, piece), (0, not is_present))[1] is not is_present
    )


def _write_tags(tags: Mapping[int, Iterable[str]], old: Collection[int]) -> None:
    numbers = _numbers_of({name for names in tags.values() for name in names})
    wanted = {(baked, numbers[name]) for baked, names in tags.items() for name in names}
    known: dict[tuple[int, int], int] = {}
    if old:
        rows = Carried.objects.filter(baked__in=old).values_list("baked_id", "tag_id", "pk")
        known = {(baked, tag): key for baked, tag, key in rows}
    wrong = [key for at, key in known.items() if at not in wanted]
    if wrong:
        Carried.objects.filter(pk__in=wrong).delete()
    Carried.objects.bulk_create(Carried(baked_id=baked, tag_id=tag) for baked, tag in wanted - known.keys())


def _numbers_of(names: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    if names:
        found |= dict(Tag.objects.filter(name__in=names).values_list("name", "pk"))
    missing = sorted(set(names) - found.keys())
    if missing:
        Tag.objects.bulk_create([Tag(name=name) for name in missing], ignore_conflicts=True)
        found |= dict(Tag.objects.filter(name__in=missing).values_list("name", "pk"))
    return found
