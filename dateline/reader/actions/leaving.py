"""Verbs at the end of an account: tell its owner everything, delete it, and forget those that were never confirmed."""

from datetime import datetime, timedelta
from typing import Any, Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import transaction

from dateline.audience.models import ReaderLetter
from dateline.editions.actions.lists import data_of, erase_reader
from dateline.editions.models import Subscription
from dateline.editions.queries.readers import mark_of_text
from dateline.people.models import User
from dateline.reader.queries.kept import followed, saved

UNCONFIRMED_DAYS: Final = 7


def told(*, reader: User) -> dict[str, Any]:
    """Return everything that is kept about a reader, as plain data for themselves.

    Of letters and of post only what came with an address that they have confirmed.
    """
    addresses = list(EmailAddress.objects.filter(user=reader).order_by("pk"))
    confirmed = [row.email for row in addresses if row.verified]
    return {
        "account": {
            "addresses": [{"address": row.email, "confirmed": row.verified} for row in addresses],
            "opened_at": reader.date_joined.isoformat(),
            "last_signed_in_at": reader.last_login.isoformat() if reader.last_login else None,
            "has_password": reader.has_usable_password(),
        },
        "keys": [_key(row) for row in Authenticator.objects.filter(user=reader).order_by("pk")],
        "saved": [_kept(line) for line in saved(reader)],
        "followed": [_kept(line) for line in followed(reader)],
        "letters": [data_of(reader=mark) for mark in _marks(confirmed)],
        "post": [_post(row) for row in ReaderLetter.objects.filter(email__in=confirmed).order_by("pk")],
    }


def _kept(line: dict[str, str]) -> dict[str, str]:
    return {"address": line["href"], "name": line["name"], "language": line["lang"]}


def _key(row: Authenticator) -> dict[str, Any]:
    """Return what a key is, without what would let somebody use it."""
    return {
        "kind": row.type,
        "name": str(row.data.get("name", "")),
        "made_at": row.created_at.isoformat(),
        "last_used_at": row.last_used_at.isoformat() if row.last_used_at else None,
    }


def _post(row: ReaderLetter) -> dict[str, Any]:
    return {
        "at": row.at.isoformat(),
        "kind": row.get_kind_display(),
        "state": row.get_state_display(),
        "name": row.name,
        "text": row.text,
        "answer": row.answer,
    }


def _marks(addresses: list[str]) -> list[str]:
    """Return the marks by which the letters know these addresses, where they know them."""
    marks = [mark_of_text(address) for address in addresses]
    return [mark for mark in marks if mark and Subscription.objects.of_reader(mark).exists()]


def has_letters(*, reader: User) -> bool:
    """Does an address that this reader has confirmed get letters, or did it?"""
    rows = EmailAddress.objects.filter(user=reader, verified=True)
    return bool(_marks(list(rows.values_list("email", flat=True))))


@transaction.atomic
def leave(*, reader: User, with_letters: bool, now: datetime) -> None:
    """Delete a reader's account and all that hangs on it; with_letters: their letters' addresses are erased, too.

    What they wrote to the editors stays as long as that page says: it may be a claim.
    """
    rows = EmailAddress.objects.filter(user=reader, verified=True)
    for mark in _marks(list(rows.values_list("email", flat=True))) if with_letters else ():
        erase_reader(reader=mark, by=None, now=now)
    reader.delete()


def forget(*, now: datetime) -> int:
    """Delete accounts that nobody confirmed within a week, and sessions that are over. Returns how many accounts."""
    Session.objects.filter(expire_date__lt=now).delete()
    old = User.objects.readers().filter(date_joined__lt=now - timedelta(days=UNCONFIRMED_DAYS))
    rows = old.exclude(pk__in=EmailAddress.objects.filter(verified=True).values("user"))
    many: int = rows.count()
    rows.delete()
    return many
