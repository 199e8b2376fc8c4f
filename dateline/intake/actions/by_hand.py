"""Taking a piece by hand: from an address or as a text, at once, for whoever found it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dateline.intake.actions.entries import write_brought
from dateline.intake.actions.keeping import keep_raw
from dateline.intake.actions.taking import take_entry
from dateline.intake.brought import BroughtEntry, Particular
from dateline.intake.feeds import FeedEntry
from dateline.intake.identity import text_hash
from dateline.intake.metadata_authors import from_byline
from dateline.intake.models import Entry, Original, Snapshot
from dateline.intake.snapshots import SnapshotStore
from dateline.intake.snapshots_evidence import brought
from dateline.lib.formats.pieces import as_paragraphs, clean
from dateline.lib.text import cut, one_line, tidy
from dateline.lib.urls import NotAWebAddress, normalise, read
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.sources.actions import typed_address
from dateline.sources.actions.adding import add_outlet_by_hand
from dateline.sources.models import Channel, Outlet


class AlreadyTaken(ValueError):
    """We have this piece."""

    def __init__(self, original: Original) -> None:
        self.original = original
        super().__init__(
            _("We have this piece already, from %(outlet)s: “%(headline)s”.")
            % {"outlet": original.outlet, "headline": cut(original.headline, 120)}
        )


class NoOutlet(ValueError):
    """A text without an address must say whose it is."""


@dataclass(frozen=True, kw_only=True)
class Pasted:
    """A text as somebody pasted it. All but headline and text may be empty; language: as the editor says."""

    headline: str
    text: str
    author: str = ""
    url: str = ""
    language: str = ""
    published_at: datetime | None = None


def take_address(
    *,
    url: str,
    by: User | None,
    now: datetime,
    outlet: Outlet | None = None,
    outlet_name: str = "",
    store: SnapshotStore | None = None,
) -> Entry:
    """Fetch the piece at an address now; the entry says how that went.

    Its outlet is the one that is given, else the one of that host, else a new one. Raises AlreadyTaken,
    NotAWebAddress.
    """
    address = typed_address(url)
    read(address)
    if known := piece_at(address):
        raise AlreadyTaken(known)
    entry = _entry_for(_told(address), outlet=outlet, outlet_name=outlet_name, by=by, now=now)
    return take_entry(entry=entry, now=now, store=store)


def take_text(
    *,
    pasted: Pasted,
    by: User | None,
    now: datetime,
    outlet: Outlet | None = None,
    outlet_name: str = "",
    store: SnapshotStore | None = None,
) -> Entry:
    """Take a text that somebody pasted; the entry says how that went.

    Raises AlreadyTaken, NoOutlet, NotAWebAddress, and Unreadable where the text is a trap for parsers.
    """
    url = typed_address(pasted.url) if pasted.url.strip() else ""
    if url:
        read(url)
    known = piece_at(url) or piece_with(headline=pasted.headline, text=pasted.text)
    if known:
        raise AlreadyTaken(known)
    told = _told(url, pasted)
    raw = keep_raw(
        brought(
            told.entry.content_html.encode(),
            name=url or f"urn:sha256:{hashlib.sha256(pasted.text.encode('utf-8', 'replace')).hexdigest()}",
            came_at=now,
            content_type="text/html; charset=utf-8",
        ),
        store=store,
    )
    entry = _entry_for(told, outlet=outlet, outlet_name=outlet_name, by=by, now=now, raw_sha256=raw)
    return take_entry(entry=entry, now=now, store=store)


def piece_at(url: str) -> Original | None:
    """Return the original at an address, None where we have none."""
    try:
        identity = normalise(url) if url else ""
    except NotAWebAddress:
        return None
    known = Original.objects.filter(identity=identity).first() if identity else None
    taken = Entry.objects.filter(url=url, original__isnull=False).select_related("original") if url else None
    entry = taken.first() if taken is not None and known is None else None
    return known or (entry.original if entry else None)


def piece_with(*, headline: str, text: str) -> Original | None:
    """Return the original with exactly this text, None where we have none."""
    wanted = text_hash(headline=headline, text=tidy(text))
    found = Snapshot.objects.filter(text_sha256=wanted).select_related("original__outlet").first()
    return found.original if found else None


def outlet_at(url: str) -> Outlet | None:
    """Return the outlet whose site an address is on: by its home's host, else by its channels', the closest first."""
    try:
        host = _site(url)
    except NotAWebAddress:
        return None
    for site in _sites(host):
        homes = Outlet.objects.filter(home_url__contains=site)
        channels = Channel.objects.filter(address__contains=site).select_related("outlet")
        known: list[tuple[str, Outlet]] = [(outlet.home_url, outlet) for outlet in homes]
        known += [(channel.address, channel.outlet) for channel in channels]
        for own, outlet in known:
            if _is_at(own, site):
                return outlet
    return None


def _sites(host: str) -> list[str]:
    """Return a host and those that it is below of, without the last label alone; an IP address is only itself."""
    labels = host.split(".")
    if labels[-1].isdigit() or ":" in host:
        return [host]
    return [".".join(labels[start:]) for start in range(max(len(labels) - 1, 1))]


def _site(url: str) -> str:
    host = read(typed_address(url)).host
    for twin in ("www.", "m.", "amp.", "mobile."):
        host = host.removeprefix(twin)
    return host


def _is_at(url: str, host: str) -> bool:
    try:
        return _site(url) == host
    except NotAWebAddress:
        return False


def _told(url: str, pasted: Pasted | None = None) -> BroughtEntry:
    if pasted is None:
        return BroughtEntry(entry=_line(url, guid=url), particular=Particular())
    text = tidy(pasted.text)
    guid = f"urn:sha256:{text_hash(headline=pasted.headline, text=text)}"
    authors = [{"name": one.name, "kind": one.kind} for one in from_byline(one_line(pasted.author))]
    entry = _line(
        url,
        guid=guid,
        title=one_line(pasted.headline),
        content_html=clean(as_paragraphs(text)),
        authors=authors,
        published_at=pasted.published_at.isoformat() if pasted.published_at else None,
    )
    return BroughtEntry(entry=entry, particular=Particular(language=pasted.language))


def _line(
    url: str,
    *,
    guid: str,
    title: str = "",
    content_html: str = "",
    authors: list[dict[str, str]] | None = None,
    published_at: str | None = None,
) -> FeedEntry:
    return FeedEntry(
        guid=guid,
        url=url,
        title=title,
        summary="",
        content_html=content_html,
        authors=authors or [],
        published_at=published_at,
        language=None,
        image_url=None,
    )


@transaction.atomic
def _entry_for(
    told: BroughtEntry,
    *,
    outlet: Outlet | None,
    outlet_name: str,
    by: User | None,
    now: datetime,
    raw_sha256: str = "",
) -> Entry:
    """Write the entry, and where they are missing its channel and outlet."""
    url = told.entry.url
    whose = outlet or (outlet_at(url) if url else None) or _new_outlet(url, outlet_name, by=by, now=now)
    channel, _made = Channel.objects.get_or_create(
        address=f"hand:{whose.slug}",
        defaults={
            "outlet": whose,
            "kind": Channel.Kind.HAND,
            "title": _("taken by hand"),
            "next_check_at": now,
        },
    )
    _new, entries = write_brought(channel=channel, brought=[(told, raw_sha256)], now=now, is_taken_now=True)
    entry = entries[0]
    write_down(verb="take-by-hand", subject=entry, by=by, now=now, summary=url or told.entry.title)
    return entry


def _new_outlet(url: str, name: str, *, by: User | None, now: datetime) -> Outlet:
    if not url:
        raise NoOutlet(_("Say whose text it is: choose an outlet, or give the address of its page."))
    return add_outlet_by_hand(name=name, home_url=url, by=by, now=now)
