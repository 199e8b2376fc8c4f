"""What was brought, as the desk lists it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Max, QuerySet

from dateline.intake.models import Delivery, Drop, Mailbox, Particulars
from dateline.sources.models import Channel, Subscription

MOST_SENDERS: Final = 50
MOST_SHOWN: Final = 50


@dataclass(frozen=True)
class Sender:
    """Letters of one list or sender whom nobody knows, by the newest of them."""

    newest: Delivery
    letters: int


def unclaimed_senders() -> list[Sender]:
    """Return who writes to us without being an outlet's, newest first."""
    groups = (
        Delivery.objects.filter(state=Delivery.State.UNCLAIMED)
        .order_by()
        .values("sender", "list_id")
        .annotate(letters=Count("pk"), newest=Max("pk"))
        .order_by("-newest")[:MOST_SENDERS]
    )
    told = list(groups)
    by_pk = Delivery.objects.in_bulk([group["newest"] for group in told])
    return [Sender(by_pk[group["newest"]], group["letters"]) for group in told]


def mailboxes() -> QuerySet[Mailbox]:
    """Return the mailboxes that were looked into, with how that goes."""
    return Mailbox.objects.order_by("address")


def drops() -> QuerySet[Drop]:
    """Return the drops with their outlets."""
    return Drop.objects.select_related("channel__outlet").order_by("folder")


def newest() -> QuerySet[Delivery]:
    """Return what came last, what could not be read first among them."""
    known = Delivery.objects.exclude(state=Delivery.State.UNCLAIMED)
    return known.select_related("channel__outlet").order_by("-pk")[:MOST_SHOWN]


def stopped() -> QuerySet[Particulars]:
    """Return the pieces that their publishers canceled or withheld, the last first."""
    told = Particulars.objects.exclude(status=Particulars.Status.USABLE)
    return told.select_related("entry__original__outlet", "entry__channel__outlet").order_by("-stopped_at")[
        :MOST_SHOWN
    ]


def embargoed(*, now: datetime) -> QuerySet[Particulars]:
    """Return the pieces that may not be published yet, the next to be free first."""
    told = Particulars.objects.filter(embargo_until__gt=now)
    return told.select_related("entry__original__outlet", "entry__channel__outlet").order_by("embargo_until")[
        :MOST_SHOWN
    ]


def subscriptions() -> QuerySet[Subscription]:
    """Return the feeds that a hub tells us of, or should."""
    return Subscription.objects.select_related("channel__outlet").order_by("channel__outlet__name")


def digests() -> QuerySet[Channel]:
    """Return the channels that are other digests' feeds."""
    return Channel.objects.filter(kind=Channel.Kind.DATELINE).select_related("outlet")


def particulars_of(original_id: int) -> Particulars | None:
    """Return what came with an original besides its text, by the entry that last told it; None where nothing did."""
    told = Particulars.objects.filter(entry__original_id=original_id).select_related("entry__channel__outlet")
    return told.order_by("-pk").first()


def embargo_of(original: int, *, now: datetime) -> datetime | None:
    """Return until when nobody may publish what is made from an original, None where nothing keeps it back now."""
    held = Particulars.objects.filter(entry__original=original, embargo_until__gt=now)
    last: datetime | None = held.aggregate(last=Max("embargo_until"))["last"]
    return last
