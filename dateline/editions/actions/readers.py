"""What readers do with their letters: ask, confirm, change, pause, stop; and what their servers say of them.

The audit says that it was done, and never names an address.
"""

from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from dateline.editions import letter_states as states
from dateline.editions.consent import CURRENT
from dateline.editions.letter_states import Reading
from dateline.editions.models import Letter, Subscription, Suppression, Throttle
from dateline.editions.queries.readers import NotOnOffer, mark_of, readers_key
from dateline.editions.reader_address import read_address
from dateline.editions.tokens import mark
from dateline.lib.text import cut, one_line
from dateline.site.queries import identity
from dateline.work.actions import enqueue_by_name

CONFIRM_DAYS: Final = 7
# Mails that one address is sent about its letters in an hour, whoever asks for them.
MOST_NOTICES: Final = 3
MOST_OF_A_NETWORK: Final = 20
MOST_OF_ALL: Final = 600


class TooManyRequests(ValueError):
    """More was asked from one network, or in all, than people do."""


class TooLate(ValueError):
    """The link in the mail is older than it may be."""


class Elsewhere(ValueError):
    """There is no such letter in that language."""


@transaction.atomic
def ask(
    *,
    email: str,
    letter: Letter,
    network: str,
    now: datetime,
    hour: int | None = None,
    zone: str = "",
) -> None:
    """Take a sign-up in, and write to the address: nothing goes to it before its owner has said yes.

    An address that has the letter is told so, by mail as well: whoever asks learns nothing about others.
    Raises NotAnAddress, NotOnOffer, TooManyRequests.
    """
    address = read_address(email)
    if not letter.is_on:
        raise NotOnOffer(_("This letter is not on offer now."))
    _count_network(network, now=now)
    reader = mark_of(address)
    row, _is_new = Subscription.objects.select_for_update(of=("self",)).get_or_create(
        letter=letter,
        reader=reader,
        defaults={
            "email": address.text,
            "domain": address.domain,
            "zone": zone or identity().time_zone,
            "hour": letter.hour if hour is None else hour,
            "asked_at": now,
        },
    )
    if row.state not in {states.CONFIRMED, states.PAUSED}:
        row.email, row.domain, row.asked_at = address.text, address.domain, now
        row.hour, row.zone = (row.hour if hour is None else hour), zone or row.zone
        row.full_clean()
        row.save(update_fields=["email", "domain", "asked_at", "hour", "zone"])
    if times(f"notice:{reader}", now=now) <= MOST_NOTICES:
        enqueue_by_name("editions.send_notice", uid=str(row.uid), what="sign-up")


@transaction.atomic
def confirm(*, subscription: Subscription, now: datetime) -> Subscription:
    """Note the reader's yes: from the next issue on they get the letter. A second time changes nothing.

    Raises TooLate where the mail is a week old.
    """
    row = _locked(subscription)
    if row.state in {states.CONFIRMED, states.PAUSED}:
        return row
    if now - row.asked_at > timedelta(days=CONFIRM_DAYS):
        raise TooLate(_("This link is too old. Please sign up once more."))
    row.state, row.confirmed_at, row.ended_at, row.paused_until, row.why = (
        states.CONFIRMED,
        now,
        None,
        None,
        "",
    )
    row.how, row.consent_at, row.consent_text, row.consent_source = row.How.FORM, now, CURRENT, ""
    row.full_clean()
    row.save()
    Suppression.objects.filter(reader=row.reader).delete()
    return row


@transaction.atomic
def change(*, subscription: Subscription, hour: int | None, zone: str, language: str = "") -> Subscription:
    """Change the hour, the zone or the language of a letter. Raises Elsewhere, ValidationError.

    Who has the letter in that language already has it from then on by these hours, and no longer in this one.
    """
    row = _locked(subscription)
    row.hour, row.zone = hour, zone
    if language and language != row.letter.language:
        other = Letter.objects.on_offer().filter(kind=row.letter.kind, language=language).first()
        if other is None:
            raise Elsewhere(_("There is no such letter in that language."))
        Subscription.objects.filter(letter=other, reader=row.reader).delete()
        row.letter = other
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def pause(*, subscription: Subscription, until: date | None) -> Subscription:
    """Send no letter for a while. until: the first day on which they come again; None until the reader says so."""
    row = _locked(subscription)
    if row.state == states.PAUSED:
        row.paused_until = until
        row.save(update_fields=["paused_until"])
        return row
    return _go(row, states.PAUSED, paused_until=until)


@transaction.atomic
def resume(*, subscription: Subscription) -> Subscription:
    """Send letters again to a reader who paused."""
    row = _locked(subscription)
    return row if row.state != states.PAUSED else _go(row, states.CONFIRMED, paused_until=None)


def resume_due(*, today: date) -> int:
    """Send letters again to those whose pause is over. Returns how many."""
    due = Subscription.objects.filter(state=states.PAUSED, paused_until__lte=today)
    return due.update(state=states.CONFIRMED, paused_until=None)


@transaction.atomic
def end(*, subscription: Subscription, now: datetime, why: str = "") -> Subscription:
    """Stop a letter at the reader's wish. A second time changes nothing."""
    row = _locked(subscription)
    if row.state in {states.ENDED, states.REFUSED}:
        return row
    suppress(reader=row.reader, reason=Suppression.Reason.ENDED, now=now)
    return _go(row, states.ENDED, ended_at=now, why=cut(one_line(why), 300), paused_until=None)


@transaction.atomic
def refuse_reader(*, reader: str, why: str, now: datetime) -> int:
    """Send nothing more to an address that its mail server refused for good. Returns how many letters it had."""
    suppress(reader=reader, reason=Suppression.Reason.REFUSED, now=now)
    rows = Subscription.objects.of_reader(reader).filter(state__in=[states.CONFIRMED, states.PAUSED])
    return rows.update(state=states.REFUSED, ended_at=now, why=cut(one_line(why), 300), paused_until=None)


@transaction.atomic
def note_complaint(*, reader: str, now: datetime) -> int:
    """Stop every letter of an address that reported one as unwanted. Returns how many it had."""
    suppress(reader=reader, reason=Suppression.Reason.COMPLAINED, now=now)
    rows = Subscription.objects.of_reader(reader).filter(state__in=[states.CONFIRMED, states.PAUSED])
    return rows.update(state=states.ENDED, ended_at=now, why=_("Reported as unwanted."), paused_until=None)


def suppress(*, reader: str, reason: str, now: datetime) -> None:
    """Let no list bring this address in again, until its owner signs up."""
    Suppression.objects.update_or_create(reader=reader, defaults={"reason": reason, "at": now})


def times(what: str, *, now: datetime) -> int:
    """Count once more what happens in this hour, in all processes together, and return how often it did.

    what: never kept as it is, but as a keyed mark.
    """
    who = mark("throttle", what, key=readers_key())
    hour = now.replace(minute=0, second=0, microsecond=0)
    row, is_new = Throttle.objects.get_or_create(who=who, hour_at=hour, defaults={"times": 1})
    if is_new:
        return 1
    Throttle.objects.filter(pk=row.pk).update(times=F("times") + 1)
    return Throttle.objects.values_list("times", flat=True).get(pk=row.pk)


def _count_network(network: str, *, now: datetime) -> None:
    is_own = bool(network) and times(f"network:{network}", now=now) > MOST_OF_A_NETWORK
    if is_own or times("all", now=now) > MOST_OF_ALL:
        raise TooManyRequests(_("That is a great many sign-ups. Please try again in an hour."))


def _go(row: Subscription, state: str, /, **fields: object) -> Subscription:
    Reading.check(row.state, state)
    row.state = state
    for name, value in fields.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    return row


def _locked(subscription: Subscription) -> Subscription:
    rows = Subscription.objects.select_for_update(of=("self",)).select_related("letter")
    return rows.get(pk=subscription.pk)
