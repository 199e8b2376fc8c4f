"""Directories of outlets: loaded from a file, and picked from."""

import hashlib
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.sources import lists
from dateline.sources.actions.importing import read_list
from dateline.sources.actions.listed import watch_listed
from dateline.sources.lists import ListedOutlet
from dateline.sources.models import DirectoryEntry, Outlet
from dateline.sources.queries.known import everything_known
from dateline.sources.spelling import feed_key

BATCH = 500


@transaction.atomic
def load_directory(*, content: bytes, name: str) -> tuple[str, int]:
    """Read a directory and keep it under its title, in place of the one that was there; nothing is watched.

    Returns its title, and how many outlets it has. Raises NotAList.
    """
    brought = read_list(content, name=name)
    listing = (brought.title or name)[:160]
    by_key = {_key(outlet): outlet for outlet in brought.outlets}
    DirectoryEntry.objects.filter(listing=listing).delete()
    DirectoryEntry.objects.bulk_create(
        [_entry(outlet, listing=listing, key=key) for key, outlet in by_key.items()], batch_size=BATCH
    )
    return listing, len(by_key)


def _key(outlet: ListedOutlet) -> str:
    told = outlet.home or (feed_key(outlet.channels[0].address) if outlet.channels else outlet.name)
    return hashlib.sha256(f"{told} {outlet.name}".encode("utf-8", "replace")).hexdigest()


def _entry(outlet: ListedOutlet, *, listing: str, key: str) -> DirectoryEntry:
    return DirectoryEntry(
        listing=listing,
        key=key,
        name=outlet.name or outlet.site,
        name_here=outlet.name_here,
        kind=outlet.kind or Outlet.Kind.NEWSPAPER,
        home_url=outlet.home[:500],
        country=outlet.country,
        languages=list(outlet.languages),
        owner=outlet.owner,
        feeds=outlet.as_json()["channels"],
    )


def as_listed_entry(entry: DirectoryEntry) -> ListedOutlet:
    """Return an entry as the list said it."""
    return lists.from_json(
        {
            "name": entry.name,
            "name_here": entry.name_here,
            "kind": entry.kind,
            "home": entry.home_url,
            "country": entry.country,
            "languages": entry.languages,
            "owner": entry.owner,
            "channels": entry.feeds,
        }
    )


def watch_entry(*, entry: DirectoryEntry, by: User | None, now: datetime) -> Outlet:
    """Watch an outlet of a directory by those of its feeds that we do not have.

    Raises NothingToWatch where there are none.
    """
    listed, known = as_listed_entry(entry), everything_known()
    fresh = tuple(channel for channel in listed.channels if known.channel_at(channel.address) is None)
    return watch_listed(listed=replace(listed, channels=fresh), by=by, now=now)


@transaction.atomic
def drop_directory(*, listing: str, by: User | None, now: datetime) -> int:
    """Forget a directory; what is watched stays watched. Returns how many outlets it had."""
    entries = DirectoryEntry.objects.filter(listing=listing)
    first = entries.first()
    if first is None:
        return 0
    write_down(verb="drop-directory", subject=first, by=by, now=now, summary=listing)
    return entries.delete()[0]
