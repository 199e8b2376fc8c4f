"""Keeping what was read: the answer as it came, then the original, written once, and its snapshots."""

from dataclasses import asdict
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dateline.intake.actions.asking import NotRead
from dateline.intake.actions.pages import Page
from dateline.intake.answers import plain_headers
from dateline.intake.models import Original, Snapshot
from dateline.intake.queries import latest_snapshot
from dateline.intake.reading import Reading
from dateline.intake.snapshots import SnapshotStore
from dateline.intake.stores.disk import DiskStore
from dateline.lib.crash import crash_point
from dateline.sources.models import Outlet


def keep(page: Page, *, outlet: Outlet, now: datetime, store: SnapshotStore | None) -> Original:
    """Return the original of this page, with a new snapshot where a reader would notice a change."""
    known = Original.objects.filter(identity=page.reading.identity).first()
    if known is not None:
        keep_snapshot(page, original=known, store=store)
        return known
    sha256 = _store(page, store)
    try:
        with transaction.atomic():
            original = _write_original(page.reading, outlet=outlet, now=now)
            _write_snapshot(page, original=original, sha256=sha256)
            crash_point("intake.before-commit")
    except IntegrityError:
        # The same piece came by another way at the same moment; if it did not, the fault is ours.
        return Original.objects.get(identity=page.reading.identity)
    return original


def keep_snapshot(page: Page, *, original: Original, store: SnapshotStore | None) -> Snapshot | None:
    """Return the new snapshot where a reader would notice a change, else None. Raises NotRead without room."""
    if _says_the_same(page, original):
        return None
    sha256 = _store(page, store)
    with transaction.atomic():
        Original.objects.select_for_update().get(pk=original.pk)
        if _says_the_same(page, original):  # somebody else wrote it meanwhile
            return None
        snapshot = _write_snapshot(page, original=original, sha256=sha256)
        crash_point("intake.before-commit")
    return snapshot


def _says_the_same(page: Page, original: Original) -> bool:
    latest = latest_snapshot(original)
    return latest is not None and latest.text_sha256 == page.reading.text_sha256


def _store(page: Page, store: SnapshotStore | None) -> str:
    """Put the answer into the store, before any row tells of it. Raises NotRead where there is no room."""
    try:
        sha256 = (store or disk()).keep(page.response.body)
    except OSError as error:
        message = _(
            "The page was read, but could not be kept on the disk (%(detail)s). Make room there; the page is tried"
            " again by itself."
        )
        raise NotRead(message % {"detail": error.strerror or error}) from error
    crash_point("intake.snapshot-stored")
    return sha256


def disk() -> SnapshotStore:
    """Return the store of this installation."""
    return DiskStore(settings.HOME.snapshots)


def _write_original(reading: Reading, *, outlet: Outlet, now: datetime) -> Original:
    fields = {name: value for name, value in asdict(reading).items() if name != "text_sha256"}
    original = Original(outlet=outlet, taken_at=now, **fields)
    original.full_clean(validate_unique=False)  # a second one of its identity is refused by the database
    original.save()
    return original


def _write_snapshot(page: Page, *, original: Original, sha256: str) -> Snapshot:
    response, reading = page.response, page.reading
    snapshot = Snapshot(
        original=original,
        url=response.url,
        final_url=response.final_url,
        status=response.status,
        headers=plain_headers(response.headers),
        fetched_at=response.fetched_at,
        sha256=sha256,
        size=len(response.body),
        text_sha256=reading.text_sha256,
        headline=reading.headline,
        body_text=reading.body_text,
    )
    snapshot.full_clean()
    snapshot.save()
    return snapshot
