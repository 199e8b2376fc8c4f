"""Readers by their addresses and by the keys in their letters."""

from functools import cache

from django.conf import settings
from django.utils.translation import gettext

from dateline.editions import tokens
from dateline.editions.models import Issue, Letter, Subscription, Suppression
from dateline.editions.models.subscription import SubscriptionQuerySet
from dateline.editions.reader_address import Address, NotAnAddress, read_address
from dateline.lib.secret import read_or_make


class NotOnOffer(ValueError):
    """There is no such letter, or it is not on offer now."""


def readers_key() -> bytes:
    """Return the secret of readers' keys and marks. A file of its own: links in old letters work for ever."""
    return _key_at(str(settings.HOME.keys))


@cache
def _key_at(folder: str) -> bytes:
    return read_or_make(settings.HOME.keys / "readers-key").encode() if folder else b""


def mark_of(address: Address) -> str:
    """Return the keyed mark of an address."""
    return tokens.mark("reader", address.key, key=readers_key())


def mark_of_text(text: str) -> str:
    """Return the keyed mark of an address as somebody wrote it; empty where it is none."""
    try:
        return mark_of(read_address(text))
    except NotAnAddress:
        return ""


def token_of(purpose: str, subscription: Subscription) -> str:
    """Return the key of a subscription for one purpose."""
    return tokens.make(purpose, subscription.uid, key=readers_key())


def subscription_by(purpose: str, token: str) -> Subscription | None:
    """Return whose key it is; None for a wrong one, and for one whose subscription is gone."""
    uid = tokens.read(purpose, token, keys=[readers_key()])
    if uid is None:
        return None
    return Subscription.objects.select_related("letter").filter(uid=uid).first()


def is_ours(purpose: str, token: str) -> bool:
    """Is it a key that we made, whether or not its subscription is still there?"""
    return tokens.read(purpose, token, keys=[readers_key()]) is not None


def address_for(purpose: str, subscription: Subscription) -> str:
    """Return the absolute address that a letter carries for a purpose."""
    return f"{settings.DATELINE_URL}/-/letters/{purpose}/{token_of(purpose, subscription)}/"


def message_id(issue: Issue, reader: str) -> str:
    """Return the Message-ID of an issue for a reader: the same whenever it is made, and telling nobody who it is."""
    told = tokens.mark("message", f"{issue.uid}:{reader}", key=readers_key())
    return f"<{told}@{own_host()}>"


def own_host() -> str:
    """Return the name of our site, for headers."""
    return str(settings.DATELINE_URL).split("://")[-1].split("/")[0].split(":")[0] or "localhost"


def is_suppressed(reader: str) -> bool:
    """May no list bring this address in?"""
    return Suppression.objects.filter(reader=reader).exists()


def letters_on_offer(language: str = "") -> list[Letter]:
    """Return the letters that readers may sign up for, of one language or of all."""
    rows = Letter.objects.on_offer()
    return list(rows.filter(language=language) if language else rows)


def letter_on_offer(language: str) -> Letter:
    """Return the first letter on offer in a language. Raises NotOnOffer."""
    for letter in letters_on_offer(language):
        return letter
    raise NotOnOffer(gettext("There is no letter in this language now."))


def found(text: str) -> SubscriptionQuerySet:
    """Return the subscriptions of one address, exactly."""
    reader = mark_of_text(text)
    rows: SubscriptionQuerySet = Subscription.objects.select_related("letter")
    return rows.of_reader(reader) if reader else rows.none()
