"""Keeping what was read: the evidence as it came, then the original, written once, and its snapshots."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dateline.intake.actions.asking import NotRead
from dateline.intake.actions.changed import difference, enter_change, sheet
from dateline.intake.actions.pages import PAGE_TYPES, Page
from dateline.intake.answers import plain_headers
from dateline.intake.changes import Comparison, Version, compare
from dateline.intake.changes_plan import next_look
from dateline.intake.changes_same import reads_the_same
from dateline.intake.changes_text import passages_of, passages_of_text
from dateline.intake.models import FurtherPage, Original, Snapshot, Watch
from dateline.intake.queries import latest_snapshot
from dateline.intake.reading import Reading
from dateline.intake.snapshots import Kept, SnapshotDamaged, SnapshotMissing, SnapshotStore, name_of
from dateline.intake.snapshots_evidence import Evidence, evidence_of
from dateline.intake.stores.disk import DiskStore
from dateline.lib.crash import crash_point
from dateline.net.doors import guarded_door
from dateline.net.letters import Response
from dateline.net.unpacking import ACCEPTED
from dateline.sources.models import Outlet
from dateline.work.actions import enqueue_by_name

NOBODY_ASKED: Final = 0


@dataclass(frozen=True, kw_only=True)
class Brought:
    """A piece that nobody asked a server for: a letter, a delivery, a pasted text. evidence: `brought(…)`."""

    evidence: Evidence
    reading: Reading


Piece = Page | Brought


def keep(piece: Piece, *, outlet: Outlet, now: datetime, store: SnapshotStore | None) -> Original:
    """Return the original of this piece, with a new snapshot where a reader would notice a change."""
    known = Original.objects.filter(identity=piece.reading.identity).first()
    if known is not None:
        keep_snapshot(piece, original=known, store=store, now=now)
        return known
    evidence = evidence_for(piece)
    kept = put_away(evidence, store)
    try:
        with transaction.atomic():
            original = _write_original(piece.reading, outlet=outlet, now=now)
            write_snapshot(piece.reading, evidence, kept, original=original)
            Watch.objects.create(original=original, next_look_at=first_look(original, now=now))
            enqueue_by_name("intake.gather_original", original_id=original.pk)
            crash_point("intake.before-commit")
    except IntegrityError:
        # The same piece came by another way at the same moment; if it did not, the fault is ours.
        return Original.objects.get(identity=piece.reading.identity)
    return original


def keep_raw(evidence: Evidence, *, store: SnapshotStore | None = None) -> str:
    """Return the hash under which something lies that is no piece yet. Raises NotRead where there is no room."""
    return put_away([evidence], store)[0].sha256


def keep_snapshot(
    piece: Piece, *, original: Original, store: SnapshotStore | None, now: datetime | None = None
) -> Snapshot | None:
    """Return the new snapshot where a reader would notice a change, else None.

    The change is entered with it. now: when it was found; without it, when the piece came.
    Raises NotRead without room, confined.Trouble.
    """
    latest = latest_snapshot(original)
    if latest is not None and _is_known(piece, original, latest):
        return None
    found = _compared(piece, original, latest, store or disk())
    if latest is not None and found is None:
        Watch.objects.filter(original=original).update(noise_sha256=piece.reading.text_sha256)
        return None
    evidence = evidence_for(piece)
    kept = put_away(evidence, store)
    with transaction.atomic():
        Original.objects.select_for_update().get(pk=original.pk)
        if latest_snapshot(original) != latest:  # somebody else wrote one meanwhile
            return None
        snapshot = write_snapshot(piece.reading, evidence, kept, original=original)
        if latest is not None and found is not None:
            found_at = now or evidence[0].came_at
            enter_change(found, original=original, before=latest, after=snapshot, now=found_at)
        crash_point("intake.before-commit")
    return snapshot


def is_as_kept(response: Response, latest: Snapshot, *, store: SnapshotStore | None = None) -> bool:
    """Whether an answer is what was kept last, but for what no reader reads: then it need not be read again.

    A piece of several pages is always to be read again: its first page tells nothing of the others.
    """
    if not response.is_success or response.final_url != latest.final_url or latest.further.exists():
        return False
    if name_of(response.body) == latest.sha256:
        return True
    try:
        return reads_the_same(read_snapshot(latest, store=store), response.body)
    except (SnapshotDamaged, SnapshotMissing):
        return False


def read_snapshot(snapshot: Snapshot, *, store: SnapshotStore | None = None) -> bytes:
    """Return the answer as it came, unpacked. Raises SnapshotDamaged, SnapshotMissing."""
    return (store or disk()).read(snapshot.sha256)


def _is_known(piece: Piece, original: Original, latest: Snapshot) -> bool:
    """Whether the piece says what it said last, or differs from that in noise that was looked at before."""
    text = piece.reading.text_sha256
    return text == latest.text_sha256 or Watch.objects.filter(original=original, noise_sha256=text).exists()


def _compared(
    piece: Piece, original: Original, latest: Snapshot | None, store: SnapshotStore
) -> Comparison | None:
    if latest is None:
        return None
    if isinstance(piece, Brought):
        reading = piece.reading
        after = Version(headline=reading.headline, passages=passages_of(reading.body_html))
        return compare(Version(headline=latest.headline, passages=passages_of_text(latest.body_text)), after)
    pages = [
        sheet(page.body, url=page.target, headers=page.headers, title=piece.reading.headline)
        for page in evidence_for(piece)
    ]
    return difference(pages, original=original, latest=latest, store=store)


def evidence_for(piece: Piece) -> list[Evidence]:
    """Return all that proves a piece: its page, then page 2, 3 …, or the one thing that was brought."""
    if isinstance(piece, Brought):
        return [piece.evidence]
    responses = [piece.response, *piece.further]
    return [evidence_of(response, sent=_sent()) for response in responses]


def _sent() -> list[tuple[str, str]]:
    """Return the headers with which pages are asked for."""
    return [
        ("Accept", PAGE_TYPES),
        ("User-Agent", guarded_door().user_agent),
        ("Accept-Encoding", ACCEPTED),
    ]


def put_away(evidence: list[Evidence], store: SnapshotStore | None) -> list[Kept]:
    """Put evidence into the store, before any row tells of it. Raises NotRead where there is no room."""
    try:
        kept = [(store or disk()).keep(one) for one in evidence]
    except OSError as error:
        message = _(
            "The page was read, but could not be kept on the disk (%(detail)s). Make room there; the page is tried"
            " again by itself."
        )
        raise NotRead(message % {"detail": error.strerror or error}) from error
    crash_point("intake.snapshot-stored")
    return kept


def disk() -> SnapshotStore:
    """Return the store of this installation."""
    return DiskStore(settings.HOME.snapshots)


def first_look(original: Original, *, now: datetime) -> datetime | None:
    """Return when a piece is looked at again for the first time."""
    return next_look(taken_at=original.taken_at, now=now, identity=original.identity, is_public=False)


def _write_original(reading: Reading, *, outlet: Outlet, now: datetime) -> Original:
    fields = {name: value for name, value in asdict(reading).items() if name != "text_sha256"}
    original = Original(outlet=outlet, taken_at=now, **fields)
    original.full_clean(exclude=["outlet"], validate_unique=False)  # a second one is refused by the database
    original.save(force_insert=True)
    return original


def write_snapshot(
    reading: Reading, evidence: list[Evidence], kept: list[Kept], *, original: Original
) -> Snapshot:
    """Write the row of what was put away, and a row for each further page."""
    first = evidence[0]
    snapshot = Snapshot(
        original=original,
        url=first.url,
        final_url=first.target,
        status=first.status,
        headers=plain_headers(first.headers),
        fetched_at=first.came_at,
        sha256=kept[0].sha256,
        size=len(first.body),
        packed_size=sum(one.packed_bytes for one in kept),
        text_sha256=reading.text_sha256,
        headline=reading.headline,
        body_text=reading.body_text,
    )
    # The original is at hand, and the database holds the constraints itself.
    snapshot.full_clean(exclude=["original"], validate_constraints=False)
    snapshot.save(force_insert=True)
    for place, (page, where) in enumerate(zip(evidence[1:], kept[1:], strict=True)):
        _write_further(snapshot, place, page, where)
    return snapshot


def _write_further(snapshot: Snapshot, place: int, page: Evidence, kept: Kept) -> None:
    further = FurtherPage(
        snapshot=snapshot,
        place=place,
        url=page.url,
        final_url=page.target,
        status=page.status,
        headers=plain_headers(page.headers),
        sha256=kept.sha256,
        size=len(page.body),
    )
    further.full_clean()
    further.save()
