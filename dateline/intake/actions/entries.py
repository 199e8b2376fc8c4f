"""Writing down what a channel lists: what is new is enqueued to be taken, what was changed is renewed."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dateline.intake.actions.changed import enter_miss
from dateline.intake.brought import BroughtEntry, Particular, particular_of
from dateline.intake.changes_plan import Missed
from dateline.intake.changes_told import Kind, fact
from dateline.intake.feeds import FeedEntry
from dateline.intake.identity import is_one_place, kept_guid
from dateline.intake.models import Entry, Particulars
from dateline.intake.queries import latest_snapshot
from dateline.intake.reading import LONGEST_ADDRESS, LONGEST_HEADLINE, moment_of
from dateline.lib.text import cut, one_line, without_controls
from dateline.sources.models import Channel
from dateline.work.actions import enqueue_by_name

Fields = dict[str, Any]


def write_entries(*, channel: Channel, entries: Iterable[FeedEntry], now: datetime) -> int:
    """Write what is new or was changed in the channel and enqueue it; return how many are new.

    To be called in a transaction that holds the channel's row, so that one at a time writes.
    """
    told = {_guid(entry): (_fields(entry), particular_of(entry)) for entry in entries}
    return len(_write_all(channel, told, now=now))


def write_brought(
    *,
    channel: Channel,
    brought: Iterable[tuple[BroughtEntry, str]],
    now: datetime,
    is_taken_now: bool = False,
) -> tuple[int, list[Entry]]:
    """Write pieces that came with their text, each with the hash of what came; return how many are new, and all.

    To be called as `write_entries`. A piece that its publisher canceled is not taken; where we have it, the desk
    is warned. is_taken_now: the caller takes them itself, so that no worker has to.
    """
    told = {
        _guid(one.entry): (_brought_fields(one.entry, raw_sha256), one.particular)
        for one, raw_sha256 in brought
    }
    new = _write_all(channel, told, now=now, enqueue=not is_taken_now)
    return len(new), list(channel.entries.filter(guid__in=told).order_by("pk"))


def enqueue_taking(entry: Entry, *, at: datetime | None = None) -> None:
    """Have a worker take the piece, not before `at`; however often this is called, one job waits."""
    enqueue_by_name("intake.take_entry", run_after=at, entry_id=entry.pk)


def _guid(entry: FeedEntry) -> str:
    return kept_guid(entry.guid or entry.url)


def _write_all(
    channel: Channel, told: dict[str, tuple[Fields, Particular]], *, now: datetime, enqueue: bool = True
) -> set[str]:
    told.pop("", None)  # no guid, no address, no title: nothing to show and nothing to take
    entries = channel.entries.filter(guid__in=told).select_related("particulars")
    known = {entry.guid: entry for entry in entries}
    for guid, (fields, particular) in told.items():
        if guid in known:
            entry, wanted = known[guid], _renew(known[guid], fields, particular, now=now)
        else:
            entry, wanted = _write(channel, guid, fields, particular, now=now)
        if wanted and enqueue:
            enqueue_taking(entry)
    return told.keys() - known.keys()


def _write(
    channel: Channel, guid: str, fields: Fields, particular: Particular, *, now: datetime
) -> tuple[Entry, bool]:
    """Return the new entry, and whether it is to be taken."""
    entry = Entry(channel=channel, guid=guid, seen_at=now, **fields)
    is_canceled = particular.status == Particulars.Status.CANCELED
    if is_canceled:
        entry.state = Entry.State.FAILED
    entry.save(force_insert=True)
    _note(entry, particular, now=now)
    return entry, not is_canceled


def _renew(entry: Entry, fields: Fields, particular: Particular, *, now: datetime) -> bool:
    """Return whether it is to be taken again: another address, headline or text may be another piece."""
    was_canceled = _status(entry) == Particulars.Status.CANCELED
    _note(entry, particular, now=now)
    if particular.status == Particulars.Status.CANCELED:
        return False  # what it says now is a notice, not the piece
    changed = {name for name, value in fields.items() if getattr(entry, name) != value}
    if changed == {"raw_sha256"}:  # the same piece in another letter or file
        changed = set()
    telling = changed & {"title", "content_html"} or not is_one_place(entry.url, fields["url"])
    for name in changed:
        setattr(entry, name, fields[name])
    is_another = was_canceled or bool(telling)
    if is_another:
        entry.attempts = 0
    if changed:
        entry.save(update_fields=[*changed, "attempts"])
    return is_another


def _status(entry: Entry) -> str:
    known: Particulars | None = getattr(entry, "particulars", None)
    return known.status if known else Particulars.Status.USABLE


def _note(entry: Entry, particular: Particular, *, now: datetime) -> None:
    """Keep what came besides the text; warn the desk where the publisher just took the piece back."""
    known: Particulars | None = getattr(entry, "particulars", None)
    if known is None and not particular.says_something:
        return
    row, was = known or Particulars(entry=entry), _status(entry)
    told = asdict(particular)
    if known and all(getattr(row, name) == value for name, value in told.items()):
        return
    for name, value in told.items():
        setattr(row, name, value)
    row.stopped_at = (row.stopped_at or now) if row.is_stopped else None
    row.save()
    if row.status == Particulars.Status.CANCELED != was:
        _warn(entry, particular, now=now)


def _warn(entry: Entry, particular: Particular, *, now: datetime) -> None:
    """Say on the entry, and among what changed at the source, that the publisher wants the piece back."""
    entry.trouble = _canceled(particular)
    entry.next_try_at = None
    entry.save(update_fields=["trouble", "next_try_at"])
    if entry.original is not None:
        told = fact("retracted", words=particular.note or _("canceled"))
        enter_miss(
            Missed(Kind.RETRACTION, [told]),
            original=entry.original,
            before=latest_snapshot(entry.original),
            now=now,
        )


def _canceled(particular: Particular) -> str:
    words = _("Its publisher canceled this piece: do not use it, and look at what was made of it.")
    return cut(one_line(f"{words} {particular.note}"), 500)


def _fields(told: FeedEntry) -> Fields:
    return {
        "url": told.url if len(told.url) <= LONGEST_ADDRESS else "",
        "title": cut(one_line(told.title), LONGEST_HEADLINE),
        "summary": without_controls(told.summary),
        "authors": told.authors,
        "published_at": moment_of(told.published_at),
    }


def _brought_fields(told: FeedEntry, raw_sha256: str) -> Fields:
    return {**_fields(told), "content_html": told.content_html, "raw_sha256": raw_sha256}
