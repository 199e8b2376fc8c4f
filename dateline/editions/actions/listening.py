"""What letters listen to: editions that close or open again, pieces taken back, what vendors tell of their sending."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.utils import timezone

from dateline.editions import letter_states as states
from dateline.editions.actions import readers
from dateline.editions.actions.recalling import SURFACE, take_out
from dateline.editions.actions.releasing import call_off, release
from dateline.editions.models import Delivery, Edition, Subscription
from dateline.editions.queries.readers import mark_of_text
from dateline.editions.signals import edition_changed, edition_closed
from dateline.rights import surfaces
from dateline.rights.models import Withdrawal

# What vendors say of an address that does not exist; as django-anymail calls it.
_NO_MAILBOX: Final = frozenset({"invalid", "bounced"})


def connect() -> None:
    """Listen from now on."""
    edition_closed.connect(_closed, dispatch_uid="editions.letters.closed")
    edition_changed.connect(_changed, dispatch_uid="editions.letters.changed")
    surfaces.sign_in(SURFACE, _taken_back)
    try:
        from anymail.signals import tracking  # type: ignore[import-untyped]
    except ImportError:  # pragma: no cover - the vendors' package is not installed
        return
    tracking.connect(_tracked, dispatch_uid="editions.letters.tracked")


def _closed(edition: Edition, now: datetime, **_signal: Any) -> None:
    release(edition=edition, now=now)


def _changed(edition: Edition, now: datetime, **_signal: Any) -> None:
    if edition.is_open:
        call_off(edition=edition, now=now)


def _taken_back(withdrawals: Sequence[Withdrawal]) -> None:
    take_out(withdrawals=withdrawals)


def _tracked(event: Any, **_signal: Any) -> None:
    """Hear from a vendor that an address is gone, complained, or wants no more. Openings and clicks are not kept."""
    now, reader = timezone.now(), mark_of_text(event.recipient or "")
    if not reader:
        return
    told = str(event.mta_response or event.description or event.reject_reason or "")
    if event.event_type in {"bounced", "rejected"} and event.reject_reason in _NO_MAILBOX:
        readers.refuse_reader(reader=reader, why=told, now=now)
        last = Delivery.objects.filter(reader=reader, state=states.DONE).order_by("-handed_at").first()
        if last is not None:
            Delivery.objects.filter(pk=last.pk).update(state=states.REFUSED, said=told[:300])
    elif event.event_type == "complained":
        readers.note_complaint(reader=reader, now=now)
    elif event.event_type == "unsubscribed":
        for row in Subscription.objects.of_reader(reader):
            readers.end(subscription=row, now=now)
