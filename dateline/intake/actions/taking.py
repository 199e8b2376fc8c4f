"""Taking a piece: its page is read, the answer kept as it came, and the original written once."""

import logging
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dateline.intake import apart
from dateline.intake.actions.asking import NotRead, ask, refuse_failure, world_in_words
from dateline.intake.actions.checking import enqueue_taking
from dateline.intake.answers import NO_PAGE, charset, may_be_page, media_type, plain_headers
from dateline.intake.extract import NoArticle
from dateline.intake.models import Entry, Original, Snapshot
from dateline.intake.patience import next_try
from dateline.intake.queries import latest_snapshot
from dateline.intake.reading import AddressTooLong, Beforehand, Reading, reading_of
from dateline.intake.snapshots import SnapshotStore
from dateline.intake.stores.disk import DiskStore
from dateline.lib.crash import crash_point
from dateline.lib.floods import HostileMarkup
from dateline.lib.text import cut, one_line
from dateline.lib.urls import NotAWebAddress
from dateline.net.letters import PAGE_BYTES, Answer, Response
from dateline.sources.cadence import retry_after
from dateline.sources.models import Outlet

log = logging.getLogger(__name__)

PAGE_TYPES: Final = "text/html, application/xhtml+xml, */*;q=0.5"
LONGEST_TROUBLE: Final = 500


@dataclass(frozen=True, kw_only=True)
class Page:
    """An answer in full, and what was read from it."""

    response: Response
    reading: Reading


def take_entry(*, entry: Entry, now: datetime, store: SnapshotStore | None = None) -> Entry:
    """Take the piece that `entry` leads to, or note on the entry why not and when it is tried again.

    A piece that we have gains a snapshot only where a reader would notice a change.
    """
    try:
        with world_in_words():
            page = _read_page(entry.url, before=_told_by(entry), now=now)
            original = _keep(page, outlet=entry.channel.outlet, now=now, store=store)
            return _taken(entry, original)
    except NotRead as trouble:
        return _failed(entry, trouble, now=now)


def take_again(*, original: Original, now: datetime, store: SnapshotStore | None = None) -> Snapshot | None:
    """Look whether the piece changed at its source; return the new snapshot, None where nothing did.

    Raises NotRead, with the sentence for the editor.
    """
    before = Beforehand(title=original.headline, authors=original.authors, language=original.language)
    with world_in_words():
        page = _read_page(original.url, before=before, now=now)
        return _keep_snapshot(page, original=original, store=store)


def read_snapshot(snapshot: Snapshot, *, store: SnapshotStore | None = None) -> bytes:
    """Return the answer as it came, unpacked. Raises SnapshotDamaged, SnapshotMissing."""
    return (store or _disk()).read(snapshot.sha256)


def _told_by(entry: Entry) -> Beforehand:
    return Beforehand(
        title=entry.title,
        summary=entry.summary,
        authors=entry.authors,
        published_at=entry.published_at,
        language=entry.channel.outlet.language,
    )


def _read_page(url: str, *, before: Beforehand, now: datetime) -> Page:
    if not url:
        raise NotRead(_("The feed names no page for this entry, so there is nothing to take."), is_final=True)
    response = ask(url, headers={"Accept": PAGE_TYPES}, limit_bytes=PAGE_BYTES, now=now)
    refuse_failure(response)
    _refuse_what_is_no_page(response)
    return Page(response=response, reading=_article_in(response, before=before))


def _refuse_what_is_no_page(response: Response) -> None:
    kind = response.header("Content-Type") or ""
    if not may_be_page(kind):
        values = {"url": response.final_url, "kind": cut(media_type(kind), 80)}
        raise NotRead(_(NO_PAGE) % values, answer=response, is_final=True)


def _article_in(response: Response, *, before: Beforehand) -> Reading:
    try:
        found = apart.extract(
            response.body,
            url=response.final_url,
            title=before.title or None,
            summary=before.summary or None,
            declared_encoding=charset(response.header("Content-Type") or ""),
        )
        return reading_of(found.as_dict(), url=response.url, final_url=response.final_url, before=before)
    except (NoArticle, HostileMarkup) as error:
        raise NotRead(_(str(error)), answer=response, is_final=True) from error
    except (AddressTooLong, NotAWebAddress) as error:
        message = _("The address of this page is too long or too odd to be kept.")
        raise NotRead(message, answer=response, is_final=True) from error


def _keep(page: Page, *, outlet: Outlet, now: datetime, store: SnapshotStore | None) -> Original:
    """Return the original of this page, with a new snapshot where a reader would notice a change."""
    known = Original.objects.filter(identity=page.reading.identity).first()
    if known is not None:
        _keep_snapshot(page, original=known, store=store)
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


def _keep_snapshot(page: Page, *, original: Original, store: SnapshotStore | None) -> Snapshot | None:
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
        sha256 = (store or _disk()).keep(page.response.body)
    except OSError as error:
        message = _(
            "The page was read, but could not be kept on the disk (%(detail)s). Make room there; the page is tried"
            " again by itself."
        )
        raise NotRead(message % {"detail": error.strerror or error}) from error
    crash_point("intake.snapshot-stored")
    return sha256


def _disk() -> SnapshotStore:
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


def _taken(entry: Entry, original: Original) -> Entry:
    entry.state, entry.original = Entry.State.TAKEN, original
    entry.trouble, entry.attempts, entry.next_try_at = "", 0, None
    entry.save(update_fields=["state", "original", "trouble", "attempts", "next_try_at"])
    return entry


def _failed(entry: Entry, trouble: NotRead, *, now: datetime) -> Entry:
    """Note what went wrong and when it is tried again. The log gets it once, while its words stay the same."""
    message = cut(one_line(str(trouble)), LONGEST_TROUBLE)
    if message != entry.trouble:
        log.warning("The entry %s of %s could not be taken: %s", entry.pk, entry.channel, message)
    entry.state = Entry.State.TAKEN if entry.original_id else Entry.State.FAILED
    entry.trouble, entry.attempts = message, entry.attempts + 1
    entry.next_try_at = None if trouble.is_final else _next_try(entry.attempts, trouble.answer, now=now)
    with transaction.atomic():
        entry.save(update_fields=["state", "trouble", "attempts", "next_try_at"])
        if entry.next_try_at is not None:
            enqueue_taking(entry, at=entry.next_try_at)
    return entry


def _next_try(failures: int, answer: Answer | None, *, now: datetime) -> datetime | None:
    wish = (answer.header("Retry-After") if answer else None) or ""
    return next_try(failures=failures, now=now, asked=retry_after(wish, now=now))
