"""Reading a piece that came with its text: no page is asked for; the proof is what came."""

from datetime import datetime

from django.utils.translation import gettext as _

from dateline.intake import brought_apart
from dateline.intake.actions.asking import NotRead
from dateline.intake.actions.keeping import Brought, disk
from dateline.intake.brought import content_type_of, name_of_evidence, reading_of_brought
from dateline.intake.extract import Extract, NoArticle
from dateline.intake.models import Entry, Particulars
from dateline.intake.reading import AddressTooLong, Beforehand, Reading
from dateline.intake.snapshots import SnapshotDamaged, SnapshotMissing, SnapshotStore
from dateline.intake.snapshots_evidence import Evidence, brought
from dateline.lib.floods import HostileMarkup
from dateline.lib.urls import NotAWebAddress
from dateline.sources.models import Channel


def read_text(entry: Entry, *, before: Beforehand, store: SnapshotStore | None) -> Brought:
    """Return the article that came with `entry`. Raises NotRead, confined.Trouble."""
    told = Particulars.objects.filter(entry=entry).first() or Particulars(entry=entry)
    try:
        reading = _reading(entry, told, _extract(entry, told), before=before)
    except (NoArticle, HostileMarkup) as error:
        raise NotRead(_(str(error)), is_final=True) from error
    except (AddressTooLong, NotAWebAddress) as error:
        message = _("The address of this piece is too long or too odd to be kept.")
        raise NotRead(message, is_final=True) from error
    return Brought(evidence=_evidence(entry, came_at=entry.seen_at, store=store), reading=reading)


def _extract(entry: Entry, told: Particulars) -> Extract:
    return brought_apart.extract(
        entry.content_html,
        headline=entry.title,
        standfirst=entry.summary,
        language=told.language or entry.channel.outlet.language,
        published_at=entry.published_at.isoformat() if entry.published_at else "",
        base=entry.url or entry.channel.outlet.home_url,
        pictures=told.pictures,
    )


def _reading(entry: Entry, told: Particulars, extract: Extract, *, before: Beforehand) -> Reading:
    return reading_of_brought(
        extract,
        url=entry.url,
        home_url=entry.channel.outlet.home_url,
        key=key_of(entry.channel, entry.guid),
        before=before,
        # What somebody of the desk says is not a guess.
        language=told.language if entry.channel.kind == Channel.Kind.HAND else "",
    )


def key_of(channel: Channel, guid: str) -> str:
    """Return what tells a piece without a page from all others: its outlet's own identifier for it."""
    return f"{channel.outlet.slug} {guid}"


def _evidence(entry: Entry, *, came_at: datetime, store: SnapshotStore | None) -> Evidence:
    """Return what came, as it came; where the store has thinned it out, the text that we kept of it."""
    try:
        raw = (store or disk()).read(entry.raw_sha256) if entry.raw_sha256 else b""
    except (SnapshotMissing, SnapshotDamaged):
        raw = b""
    body = raw or entry.content_html.encode()
    return brought(
        body,
        name=name_of_evidence(entry.guid, sha256=entry.raw_sha256 or "0" * 64),
        came_at=came_at,
        content_type=content_type_of(body, guid=entry.guid if raw else ""),
    )
