"""Taking a piece: its page is read and kept, and its entry says how that went."""

import logging
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from dateline.intake.actions.again import rules_until, told_of
from dateline.intake.actions.asking import NotRead, NotYet, world_in_words
from dateline.intake.actions.entries import enqueue_taking
from dateline.intake.actions.keeping import Piece, keep, keep_snapshot, read_snapshot
from dateline.intake.actions.pages import read_page
from dateline.intake.actions.texts import read_text
from dateline.intake.channels.page_rules import full_content
from dateline.intake.models import Entry, Original, Snapshot
from dateline.intake.patience import next_try
from dateline.intake.queries import latest_snapshot
from dateline.intake.reading import Beforehand
from dateline.intake.snapshots import SnapshotStore
from dateline.lib.text import cut, one_line

log = logging.getLogger(__name__)

LONGEST_TROUBLE: Final = 500

__all__ = ["read_snapshot", "take_again", "take_entry"]


def take_entry(*, entry: Entry, now: datetime, store: SnapshotStore | None = None) -> Entry:
    """Take the piece that `entry` leads to, or note on the entry why not and when it is tried again.

    A piece that we have gains a snapshot only where a reader would notice a change.
    """
    try:
        with world_in_words():
            piece = _read(entry, now=now, store=store)
            original = keep(piece, outlet=entry.channel.outlet, now=now, store=store)
            return _taken(entry, original)
    except NotYet as busy:
        enqueue_taking(entry, at=busy.until)  # the host's turn has not come: no attempt was made
        return entry
    except NotRead as trouble:
        return _failed(entry, trouble, now=now)


def take_again(*, original: Original, now: datetime, store: SnapshotStore | None = None) -> Snapshot | None:
    """Look whether the piece changed at its source; return the new snapshot, None where nothing did.

    Raises NotRead, with the sentence for the editor.
    """
    _refuse_what_was_brought(original)
    with world_in_words():
        page = read_page(original.url, before=told_of(original), now=now, rules_until=rules_until(original))
        return keep_snapshot(page, original=original, store=store)


def _refuse_what_was_brought(original: Original) -> None:
    latest = latest_snapshot(original)
    if latest is not None and latest.was_brought:
        message = _(
            "This piece was brought to us; its page is not asked. A newer version is brought as well."
        )
        raise NotRead(message, is_final=True)


def _read(entry: Entry, *, now: datetime, store: SnapshotStore | None) -> Piece:
    """Return the piece: the text that came with the entry, else its page."""
    if entry.content_html:
        return read_text(entry, before=_told_by(entry), store=store)
    return read_page(entry.url, before=_told_by(entry), now=now)


def _told_by(entry: Entry) -> Beforehand:
    return Beforehand(
        title=entry.title,
        summary=entry.summary,
        authors=entry.authors,
        published_at=entry.published_at,
        language=entry.channel.outlet.language,
        rules=full_content(entry.channel.rules),
    )


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
    entry.next_try_at = None if trouble.is_final else _next_try(entry.attempts, trouble, now=now)
    with transaction.atomic():
        entry.save(update_fields=["state", "trouble", "attempts", "next_try_at"])
        if entry.next_try_at is not None:
            enqueue_taking(entry, at=entry.next_try_at)
    return entry


def _next_try(failures: int, trouble: NotRead, *, now: datetime) -> datetime | None:
    return next_try(failures=failures, now=now, asked=trouble.asked_wait(now=now))
