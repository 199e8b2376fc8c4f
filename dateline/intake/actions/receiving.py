"""What was brought is kept raw, then read, then becomes entries; and its channel says how it does."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from dateline.intake.actions.asking import NotRead
from dateline.intake.actions.entries import write_brought
from dateline.intake.actions.keeping import keep_raw
from dateline.intake.brought import BroughtEntry
from dateline.intake.models import Delivery
from dateline.intake.snapshots_evidence import brought
from dateline.lib.crash import crash_point
from dateline.lib.text import cut, one_line
from dateline.sources.actions import Told, note_success, note_trouble, put_off
from dateline.sources.models import Channel
from dateline.work.actions import enqueue_by_name

LONGEST_REMARKS: Final = 4_000
# Letters and files are looked for by beats of their own; a channel alone only when somebody asks.
BY_ITSELF: Final = timedelta(days=30)


def enqueue_reading(delivery: Delivery) -> None:
    """Have a worker read the delivery; however often this is called, one job waits."""
    enqueue_by_name("intake.read_delivery", delivery_id=delivery.pk)


def write_pieces(
    delivery: Delivery, found: Iterable[BroughtEntry], *, channel: Channel, now: datetime
) -> tuple[int, int]:
    """Keep what came of each piece, then write them as entries; return how many there are, and are new."""
    kept = [(one, _keep(delivery, one, now=now)) for one in found]
    with transaction.atomic():
        Channel.objects.select_for_update().get(pk=channel.pk)
        new, entries = write_brought(channel=channel, brought=kept, now=now)
    crash_point("intake.pieces-written")
    return len(entries), new


def _keep(delivery: Delivery, piece: BroughtEntry, *, now: datetime) -> str:
    """Return the hash under which the proof of a piece lies: its own part, or the whole delivery."""
    if not piece.raw:
        return delivery.sha256
    body = piece.raw.encode("utf-8", "replace")
    kind = "application/json" if piece.raw.startswith("{") else "application/xml"
    return keep_raw(brought(body, name=f"urn:sha256:{delivery.sha256}", came_at=now, content_type=kind))


def note_read(
    delivery: Delivery, *, channel: Channel, pieces: int, new: int, form: str, remarks: str, now: datetime
) -> None:
    """Write down that a delivery was read, and that its channel does well."""
    delivery.state, delivery.trouble = Delivery.State.READ, ""
    delivery.channel, delivery.form = channel, form
    delivery.pieces, delivery.new = pieces, delivery.new + new
    delivery.remarks = cut(remarks, LONGEST_REMARKS)
    with transaction.atomic():
        delivery.save()
        note_success(channel=channel, now=now, told=Told(body_hash=delivery.sha256, new=new))
        put_off(channels=[channel], until=now + BY_ITSELF)


def note_refused(delivery: Delivery, *, why: str, now: datetime) -> None:
    """Write down that a delivery cannot be read and why, on it and on its channel."""
    delivery.state, delivery.trouble = Delivery.State.REFUSED, cut(one_line(why), LONGEST_REMARKS)
    with transaction.atomic():
        delivery.save(update_fields=["state", "trouble"])
        if delivery.channel is not None:
            words = _("“%(name)s” was refused: %(why)s") % {"name": delivery, "why": why}
            note_trouble(channel=delivery.channel, message=words, now=now)
            put_off(channels=[delivery.channel], until=now + BY_ITSELF)


def note_waiting(delivery: Delivery, *, trouble: NotRead) -> None:
    """Write down why a delivery could not be read yet; it is tried again."""
    delivery.trouble = cut(one_line(str(trouble)), LONGEST_REMARKS)
    delivery.save(update_fields=["trouble"])
