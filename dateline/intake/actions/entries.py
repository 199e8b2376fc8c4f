"""Writing down what a channel lists: what is new is enqueued to be taken, what was changed is renewed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from dateline.intake.feeds import FeedEntry
from dateline.intake.identity import kept_guid
from dateline.intake.models import Entry
from dateline.intake.reading import LONGEST_ADDRESS, LONGEST_HEADLINE, moment_of
from dateline.lib.text import cut, one_line, without_controls
from dateline.sources.models import Channel
from dateline.work.actions import enqueue_by_name


def write_entries(*, channel: Channel, entries: Iterable[FeedEntry], now: datetime) -> int:
    """Write what is new or was changed in the channel and enqueue it; return how many are new.

    To be called in a transaction that holds the channel's row, so that one at a time writes.
    """
    by_guid = {kept_guid(entry.guid or entry.url): entry for entry in entries}
    by_guid.pop("", None)  # no guid, no address, no title: nothing to show and nothing to take
    known = {entry.guid: entry for entry in channel.entries.filter(guid__in=by_guid)}
    for guid, entry in by_guid.items():
        if guid in known:
            _renew(known[guid], entry)
        else:
            _write(channel, guid, entry, now=now)
    return len(by_guid.keys() - known.keys())


def enqueue_taking(entry: Entry, *, at: datetime | None = None) -> None:
    """Have a worker take the piece, not before `at`; however often this is called, one job waits."""
    enqueue_by_name("intake.take_entry", run_after=at, entry_id=entry.pk)


def _write(channel: Channel, guid: str, told: FeedEntry, *, now: datetime) -> None:
    entry = Entry(channel=channel, guid=guid, seen_at=now, **_fields(told))
    entry.save(force_insert=True)
    enqueue_taking(entry)


def _renew(entry: Entry, told: FeedEntry) -> None:
    fields = _fields(told)
    changed = {name for name, value in fields.items() if getattr(entry, name) != value}
    if not changed:
        return
    for name in changed:
        setattr(entry, name, fields[name])
    if changed & {"url", "title"}:
        # Another address or headline: the piece itself may be another.
        entry.attempts = 0
        enqueue_taking(entry)
    entry.save(update_fields=[*changed, "attempts"])


def _fields(told: FeedEntry) -> dict[str, Any]:
    return {
        "url": told.url if len(told.url) <= LONGEST_ADDRESS else "",
        "title": cut(one_line(told.title), LONGEST_HEADLINE),
        "summary": without_controls(told.summary),
        "authors": told.authors,
        "published_at": moment_of(told.published_at),
    }
