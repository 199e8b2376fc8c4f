"""Whatever was brought, read by the way it came; and the ways by which channels are looked at that are not asked."""

from datetime import datetime

from django.conf import settings

from dateline.intake.actions.checked import Checked
from dateline.intake.actions.checking import WAYS
from dateline.intake.actions.drops import look_into, read_file
from dateline.intake.actions.mailboxes import look, read_letter
from dateline.intake.actions.pushes import read_push
from dateline.intake.actions.receiving import BY_ITSELF
from dateline.intake.models import Delivery
from dateline.sources.actions import put_off
from dateline.sources.models import Channel


def read_delivery(*, delivery: Delivery, now: datetime) -> None:
    """Read what waits, by the way it came."""
    if delivery.state != Delivery.State.WAITING:
        return
    if delivery.kind == Delivery.Kind.LETTER:
        read_letter(delivery=delivery, now=now)
    elif delivery.kind == Delivery.Kind.PUSH:
        read_push(delivery=delivery, now=now)
    else:
        read_file(delivery=delivery, now=now)


def look_for_letters(*, channel: Channel, now: datetime) -> Checked:
    """Look into all mailboxes now: which letters are this channel's is only known when they are here."""
    looked = [
        look(address=address, password=password, now=now) for address, password in settings.DATELINE_MAILBOXES
    ]
    put_off(channels=[channel], until=now + BY_ITSELF)
    trouble = " ".join(one.trouble for one in looked if one.trouble)
    return Checked(new=sum(one.letters for one in looked), trouble=trouble)


def look_for_files(*, channel: Channel, now: datetime) -> Checked:
    """Look into the channel's folder now."""
    drop = getattr(channel, "drop", None)
    came = look_into(drop=drop, now=now) if drop else 0
    put_off(channels=[channel], until=now + BY_ITSELF)
    return Checked(new=came)


WAYS[Channel.Kind.MAILBOX] = look_for_letters
WAYS[Channel.Kind.DROP] = look_for_files
