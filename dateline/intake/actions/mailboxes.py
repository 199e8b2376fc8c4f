"""Letters: fetched from the operator's mailboxes, told apart by sender or list, read as one piece or as many."""

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from dateline.intake import brought_apart
from dateline.intake.actions.asking import NotRead, world_in_words
from dateline.intake.actions.keeping import disk, keep_raw
from dateline.intake.actions.receiving import (
    enqueue_reading,
    note_read,
    note_refused,
    note_waiting,
    write_pieces,
)
from dateline.intake.brought_letter import entries_of, remarks_of
from dateline.intake.models import Delivery, Mailbox
from dateline.intake.snapshots_evidence import LETTER, brought
from dateline.lib.confined import TookTooLong
from dateline.lib.crash import crash_point
from dateline.lib.formats.letter import Letter
from dateline.lib.formats.pieces import Unreadable
from dateline.lib.text import cut, one_line
from dateline.net.mailbox import LETTER_BYTES, Fetched, Place, opened
from dateline.net.mailbox_address import BadMailbox, MailboxAddress, read_mailbox
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.sources.models import Channel, Outlet

log = logging.getLogger(__name__)

# Of a mailbox that is new to us, only letters of these last days are read.
LOOKED_BACK: Final = timedelta(days=14)
LONGEST_PAUSE: Final = timedelta(hours=6)
FIRST_PAUSE: Final = timedelta(minutes=5)


class NoSender(ValueError):
    """A letter without sender and list: no outlet can be told by it."""


@dataclass(frozen=True)
class Looked:
    """How looking into a mailbox went."""

    letters: int = 0
    trouble: str = ""


def read_mailboxes(*, now: datetime) -> int:
    """Look into each mailbox of the settings that is due; return how many letters came."""
    due = [told for told in settings.DATELINE_MAILBOXES if _is_due(told[0], now=now)]
    return sum(look(address=address, password=password, now=now).letters for address, password in due)


def look(*, address: str, password: str, now: datetime) -> Looked:
    """Fetch the new letters of one mailbox, each kept before it counts as read, and note how that went."""
    row, _made = Mailbox.objects.get_or_create(address=cut(address, 500))
    came = 0
    try:
        mailbox = read_mailbox(address, password)
        with world_in_words(), opened(mailbox) as box:
            since = (now - LOOKED_BACK).date()
            for letter in box.letters(after=Place(row.uid_validity, row.last_uid), since=since):
                came += _receive(letter, row=row, now=now)
    except BadMailbox as error:
        words = _("The mailbox %(address)s of the settings %(reason)s.")
        return _ill(row, words % {"address": address, "reason": _(str(error))}, came=came, now=now)
    except NotRead as trouble:
        return _ill(row, str(trouble), came=came, now=now)
    row.trouble, row.trouble_since, row.failures = "", None, 0
    row.last_read_at, row.next_read_at = now, None
    row.save()
    return Looked(letters=came)


def _is_due(address: str, *, now: datetime) -> bool:
    return not Mailbox.objects.filter(address=address, next_read_at__gt=now).exists()


def _ill(row: Mailbox, words: str, *, came: int, now: datetime) -> Looked:
    words = cut(one_line(words), 500)
    if words != row.trouble:
        log.warning("%s", words)
    row.trouble, row.trouble_since = words, row.trouble_since or now
    row.failures += 1
    row.next_read_at = now + min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(row.failures - 1, 10))
    row.save()
    return Looked(letters=came, trouble=words)


def _receive(letter: Fetched, *, row: Mailbox, now: datetime) -> int:
    """Keep a letter and count it as read, in this order: killed between, it comes again and is known."""
    sha256 = hashlib.sha256(letter.content).hexdigest()
    is_new = (
        bool(letter.content)
        and not Delivery.objects.filter(kind=Delivery.Kind.LETTER, sha256=sha256).exists()
    )
    if is_new:
        keep_raw(brought(letter.content, name=f"urn:sha256:{sha256}", came_at=now, content_type=LETTER))
        crash_point("intake.letter-kept")
    with transaction.atomic():
        if is_new:
            _write_delivery(letter, sha256=sha256, now=now)
        row.uid_validity, row.last_uid = letter.place.validity, letter.place.uid
        row.save(update_fields=["uid_validity", "last_uid"])
        crash_point("intake.letter-before-commit")
    return int(is_new)


def _write_delivery(letter: Fetched, *, sha256: str, now: datetime) -> None:
    delivery = Delivery(
        kind=Delivery.Kind.LETTER, received_at=now, sha256=sha256, size=letter.size, remarks=_whole(letter)
    )
    delivery.save()
    enqueue_reading(delivery)


def _whole(letter: Fetched) -> str:
    if letter.is_whole:
        return ""
    return _("It has %(size)s MiB; of letters of more than %(limit)s MiB only the headers are fetched.") % {
        "size": letter.size // 2**20,
        "limit": LETTER_BYTES // 2**20,
    }


def read_letter(*, delivery: Delivery, now: datetime) -> Delivery:
    """Read a letter, say whose it is, and write its pieces as entries; or note why not."""
    try:
        with world_in_words():
            _read(delivery, now=now)
    except Unreadable as error:
        note_refused(delivery, why=str(error), now=now)
    except NotRead as trouble:
        if trouble.is_final or isinstance(trouble.__cause__, TookTooLong):
            note_refused(delivery, why=str(trouble), now=now)
        else:
            note_waiting(delivery, trouble=trouble)
            raise
    return delivery


def _read(delivery: Delivery, *, now: datetime) -> None:
    content = disk().read(delivery.sha256)
    told = brought_apart.envelope(content)
    delivery.name, delivery.sender = cut(told.subject, 500), told.sender
    delivery.sender_name, delivery.list_id = cut(told.sender_name, 200), told.list_id
    channel = channel_of(sender=told.sender, list_id=told.list_id)
    delivery.channel = channel
    delivery.state = Delivery.State.WAITING if channel else Delivery.State.UNCLAIMED
    delivery.save()
    if channel is None:
        return
    if delivery.size > len(content):
        raise Unreadable(delivery.remarks)
    _write(delivery, brought_apart.read_letter(content), channel=channel, now=now)


def _write(delivery: Delivery, letter: Letter, *, channel: Channel, now: datetime) -> None:
    wanted = str(channel.rules.get("letter") or "")
    pieces, new = write_pieces(
        delivery, entries_of(letter, wanted=wanted, sha256=delivery.sha256), channel=channel, now=now
    )
    remarks = remarks_of(letter, wanted=wanted)
    note_read(delivery, channel=channel, pieces=pieces, new=new, form="MIME", remarks=remarks, now=now)


def channel_of(*, sender: str, list_id: str) -> Channel | None:
    """Return the channel of a letter: by its list, else its sender, else the sender's whole host."""
    host = sender.rpartition("@")[2]
    wanted = [
        address_of(list_id=list_id),
        address_of(sender=sender),
        address_of(sender=f"@{host}" if host else ""),
    ]
    known = {
        channel.address: channel
        for channel in Channel.objects.filter(
            kind=Channel.Kind.MAILBOX, address__in=[one for one in wanted if one], is_watched=True
        ).select_related("outlet")
    }
    return next((known[address] for address in wanted if address in known), None)


def address_of(*, sender: str = "", list_id: str = "") -> str:
    """Return the address of a channel of letters: of a list, a sender, or all of a host (`@post.example`)."""
    if list_id:
        return f"mailbox:list:{list_id}"
    return f"mailbox:{sender.lower()}" if sender else ""


@transaction.atomic
def claim_letters(*, delivery: Delivery, outlet: Outlet, by: User | None, now: datetime) -> Channel:
    """Say that letters like this one are the outlet's: a channel for them; those that lie here are read.

    Raises NoSender.
    """
    address = address_of(sender=delivery.sender, list_id=delivery.list_id)
    if not address:
        raise NoSender(_("This letter names no sender, so later ones could not be known by it."))
    channel, made = Channel.objects.get_or_create(
        address=address,
        defaults={
            "outlet": outlet,
            "kind": Channel.Kind.MAILBOX,
            "title": cut(one_line(delivery.whose), 200),
            "next_check_at": now,
        },
    )
    if not made and (channel.outlet_id != outlet.pk or not channel.is_watched):
        channel.outlet, channel.is_watched = outlet, True
        channel.save(update_fields=["outlet", "is_watched"])
    write_down(verb="claim-letters", subject=channel, by=by, now=now, summary=address)
    alike = Delivery.objects.unclaimed().of_sender(sender=delivery.sender, list_id=delivery.list_id)
    for letter in alike:
        letter.state, letter.channel = Delivery.State.WAITING, channel
        letter.save(update_fields=["state", "channel"])
        enqueue_reading(letter)
    return channel


@transaction.atomic
def read_letters_as(*, delivery: Delivery, letter: str, by: User | None, now: datetime) -> Delivery:
    """Say how this sender's letters are read (`piece`, `links`, or empty: as they look), and read this one again."""
    channel = delivery.channel
    if channel is None:
        raise NoSender(_("This letter is of nobody we know; say first whose it is."))
    before = dict(channel.rules)
    channel.rules = {**before, "letter": letter}
    channel.save(update_fields=["rules"])
    write_down(verb="read-letters-as", subject=channel, by=by, now=now, before=before, after=channel.rules)
    delivery.state = Delivery.State.WAITING
    delivery.save(update_fields=["state"])
    enqueue_reading(delivery)
    return delivery


def mailbox_names() -> list[str]:
    """Return the mailboxes of the settings as the desk shows them, without what is wrong with them."""
    return [str(_shown(address, password)) for address, password in settings.DATELINE_MAILBOXES]


def _shown(address: str, password: str) -> MailboxAddress | str:
    try:
        return read_mailbox(address, password)
    except BadMailbox:
        return address.partition("?")[0]
