"""Handing evidence on, as a file that every archive can read; and looking whether all of it is still whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from dateline.intake.actions.keeping import disk
from dateline.intake.models import Original, Snapshot
from dateline.intake.snapshots import SnapshotDamaged, SnapshotMissing, SnapshotStore
from dateline.intake.snapshots_warc import Record, information, written


@dataclass(frozen=True)
class EvidenceFile:
    """A `.warc.gz` file. gaps: what is not in it and why, in sentences; empty where everything is."""

    content: bytes
    records: int
    snapshots: int
    gaps: list[str]


def evidence_file(original: Original, *, now: datetime, store: SnapshotStore | None = None) -> EvidenceFile:
    """Return all that was kept of an original as one WARC file."""
    records: dict[str, Record] = {}
    gaps: list[str] = []
    snapshots = list(original.snapshots.order_by("pk").prefetch_related("further"))
    for snapshot in snapshots:
        if snapshot.state == Snapshot.State.THINNED:
            gaps.append(_gone(snapshot))
            continue
        for sha256 in bodies_of(snapshot):
            try:
                found = (store or disk()).records(sha256)
            except (SnapshotDamaged, SnapshotMissing) as error:
                gaps.append(str(error))
                continue
            records |= {record.field("WARC-Record-ID"): record for record in found}
    about = f"Evidence of original {original.pk}: {original.url}"
    content = written([information(at=now, about=about), *records.values()])
    return EvidenceFile(content, len(records), len(snapshots), gaps)


def unsound(*, since: datetime | None = None, store: SnapshotStore | None = None) -> Iterator[str]:
    """Yield what is wrong with snapshots that should be whole, in sentences. since: only those that came later."""
    snapshots = Snapshot.objects.all().whole().order_by("pk").prefetch_related("further")
    for snapshot in (snapshots.filter(fetched_at__gte=since) if since else snapshots).iterator(
        chunk_size=500
    ):
        for sha256 in bodies_of(snapshot):
            try:
                (store or disk()).records(sha256)
            except (SnapshotDamaged, SnapshotMissing) as error:
                yield f"{snapshot.original_id}: {error}"


def bodies_of(snapshot: Snapshot) -> list[str]:
    """Return the hashes of all that a snapshot consists of, its own first."""
    return [snapshot.sha256, *(page.sha256 for page in snapshot.further.all())]


def _gone(snapshot: Snapshot) -> str:
    sentence = _("The evidence of %(when)s (%(hash)s) was thinned out: %(why)s.")
    return sentence % {
        "when": snapshot.fetched_at.date().isoformat(),
        "hash": snapshot.sha256,
        "why": snapshot.get_thinned_why_display(),
    }
