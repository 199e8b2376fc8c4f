"""Hubs: asked to tell us what is new in a feed, heard when they do, and watched whether they do.

Source: W3C WebSub, 2018. States are drawn at models.Subscription.
"""

import hashlib
import hmac
import logging
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from dateline.intake import hubs
from dateline.intake.actions.asking import NotRead, world_in_words
from dateline.intake.actions.checking import feed_in
from dateline.intake.actions.entries import write_entries
from dateline.intake.actions.keeping import disk, keep_raw
from dateline.intake.actions.offers import trust
from dateline.intake.actions.receiving import enqueue_reading, note_refused
from dateline.intake.models import Delivery
from dateline.intake.snapshots import SnapshotDamaged, SnapshotMissing
from dateline.intake.snapshots_evidence import brought
from dateline.lib.text import cut, one_line
from dateline.lib.urls import NotAWebAddress, read
from dateline.net.doors import explain, guarded_door
from dateline.net.errors import AddressRefused, FetchError
from dateline.net.letters import Response
from dateline.net.posting import Form, post_form
from dateline.net.verdicts import clear, literal, read_target
from dateline.sources.actions import check_now
from dateline.sources.models import Channel, Subscription

log = logging.getLogger(__name__)

ANSWER_WITHIN: Final = timedelta(hours=1)
FIRST_PAUSE: Final = timedelta(minutes=30)
LONGEST_PAUSE: Final = timedelta(days=1)
_ACCEPTED: Final = (200, 201, 202, 204)


# What we ask of hubs


def ask_hubs(*, now: datetime) -> int:
    """Ask the hubs of feeds that offer one, and those whose lease is about to end; return how many were asked."""
    if not may_be_called():
        return 0
    due = list(Subscription.objects.to_ask(now=now).select_related("channel__outlet")[:100])
    for subscription in due:
        ask_hub(subscription=subscription, now=now)
    return len(due)


def may_be_called() -> bool:
    """Whether a hub could reach us: our address is public, or the operator allows it in DATELINE_NET_ALLOW."""
    allowed = guarded_door().allowed
    try:
        target = read_target(settings.DATELINE_URL, allowed=allowed)
        if literal(target):
            clear(target, literal(target), allowed=allowed)
    except AddressRefused:
        return False
    return True


def ask_hub(*, subscription: Subscription, now: datetime) -> Subscription:
    """Ask a hub to tell us what is new; it answers at our callback."""
    subscription.state = subscription.state if subscription.is_trusted(now=now) else Subscription.State.ASKED
    subscription.ask_at = now + ANSWER_WITHIN
    subscription.save(update_fields=["state", "ask_at"])  # before asking: some hubs call back at once
    try:
        answer = post_form(Form(subscription.hub, _form(subscription)), door=guarded_door())
    except FetchError as error:
        return _refused(subscription, explain(error), now=now)
    if answer.status in _ACCEPTED:
        return subscription
    said = cut(one_line(answer.body.decode("utf-8", "replace")), 200)
    words = _("The hub %(hub)s does not take our subscription (%(status)s: %(said)s).")
    return _refused(
        subscription, words % {"hub": subscription.hub, "status": answer.status, "said": said}, now=now
    )


def _form(subscription: Subscription) -> tuple[tuple[str, str], ...]:
    fields = (
        ("hub.mode", "subscribe"),
        ("hub.topic", subscription.topic),
        ("hub.callback", callback_of(subscription)),
        ("hub.lease_seconds", str(int(hubs.WANTED_LEASE.total_seconds()))),
    )
    return (*fields, ("hub.secret", subscription.secret)) if has_secret(subscription) else fields


def callback_of(subscription: Subscription) -> str:
    """Return the address at which the hub reaches us."""
    return f"{settings.DATELINE_URL}/websub/{subscription.token}/"


def has_secret(subscription: Subscription) -> bool:
    """Whether the hub could be told a secret: only by TLS, or on this machine."""
    try:
        hub = read(subscription.hub)
    except NotAWebAddress:
        return False
    return hub.scheme == "https" or (hub.ip is not None and hub.ip.is_loopback)


def _refused(subscription: Subscription, words: str, *, now: datetime) -> Subscription:
    """Note what a hub said no with, and when it is asked again. Another answer may have come meanwhile."""
    subscription.refresh_from_db()
    subscription.failures += 1
    if not subscription.is_trusted(now=now):
        subscription.state = Subscription.State.REFUSED
        trust(subscription.channel, is_pushed=False)
    subscription.trouble = cut(one_line(words), 500)
    subscription.ask_at = now + min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(subscription.failures - 1, 10))
    subscription.save()
    return subscription


# What hubs tell us


def subscription_of(token: str) -> Subscription | None:
    """Return whose callback this is, None where it is nobody's."""
    known = Subscription.objects.select_related("channel__outlet").filter(token=token).first()
    is_it = known is not None and hmac.compare_digest(known.token.encode(), token.encode("utf-8", "replace"))
    return known if is_it else None


@transaction.atomic
def verify(*, subscription: Subscription, mode: str, topic: str, lease: str, now: datetime) -> bool:
    """Say whether we want what a hub asks us to confirm, and note what it grants."""
    subscription = Subscription.objects.select_for_update().select_related("channel").get(pk=subscription.pk)
    is_wanted = mode == "subscribe" and topic == subscription.topic and subscription.channel.is_watched
    awaited = (Subscription.State.ASKED, Subscription.State.ACTIVE)
    if not is_wanted or subscription.state not in awaited:
        return False
    granted = hubs.lease_of(lease)
    if subscription.state != Subscription.State.ACTIVE:
        subscription.active_since = now
    subscription.state, subscription.lease_until = Subscription.State.ACTIVE, now + granted
    subscription.ask_at = now + granted * (1 - hubs.RENEWED_BEFORE)
    subscription.missed = subscription.failures = 0
    subscription.trouble = ""
    subscription.save()
    trust(subscription.channel, is_pushed=True)
    return True


def hear_denial(*, subscription: Subscription, topic: str, reason: str, now: datetime) -> None:
    """Note that the hub or the publisher does not want us, and fall back to asking the feed."""
    if topic != subscription.topic:
        return
    subscription.lease_until = None
    subscription.save(update_fields=["lease_until"])
    words = _("The hub %(hub)s denied our subscription. %(reason)s")
    _refused(subscription, words % {"hub": subscription.hub, "reason": cut(reason, 200)}, now=now)


def hear_push(
    *, subscription: Subscription, body: bytes, content_type: str, signature: str, now: datetime
) -> Delivery | None:
    """Take in what a hub sends: kept and written down when this returns; None where it is not to be believed.

    Where the hub has no secret it is only a sign that there is something new, and the feed itself is asked.
    """
    if not subscription.channel.is_watched:
        return None
    if not has_secret(subscription):
        check_now(channel=subscription.channel, now=now)
        _note_push(subscription, now=now)
        return None
    if not hubs.is_signed(signature, secret=subscription.secret, body=body):
        log.warning("A push for %s came with a wrong signature and was left aside.", subscription.topic)
        return None
    return _keep_push(subscription, body, content_type=content_type, now=now)


def _keep_push(subscription: Subscription, body: bytes, *, content_type: str, now: datetime) -> Delivery:
    sha256 = hashlib.sha256(body).hexdigest()
    keep_raw(brought(body, name=f"urn:sha256:{sha256}", came_at=now, content_type=content_type))
    delivery = Delivery(
        kind=Delivery.Kind.PUSH,
        channel=subscription.channel,
        name=cut(content_type, 500),
        received_at=now,
        sha256=sha256,
        size=len(body),
    )
    with transaction.atomic():
        delivery.save()
        _note_push(subscription, now=now)
        enqueue_reading(delivery)
    return delivery


def _note_push(subscription: Subscription, *, now: datetime) -> None:
    Subscription.objects.filter(pk=subscription.pk).update(last_push_at=now, missed=0)


def read_push(*, delivery: Delivery, now: datetime) -> None:
    """Read a push as a check reads its feed; what is new is enqueued. What was read is not kept."""
    channel = delivery.channel
    if channel is None:
        delivery.delete()
        return
    try:
        with world_in_words():
            feed = feed_in(_as_answer(delivery, channel, now=now), kind=channel.kind, rules=channel.rules)
    except (NotRead, SnapshotMissing, SnapshotDamaged) as trouble:
        note_refused(delivery, why=str(trouble), now=now)
        return
    with transaction.atomic():
        Channel.objects.select_for_update().get(pk=channel.pk)
        if write_entries(channel=channel, entries=feed.entries, now=now):
            Channel.objects.filter(pk=channel.pk).update(last_new_at=now)
        delivery.delete()
    disk().forget(delivery.sha256, untouched_since=(delivery.received_at + ANSWER_WITHIN).timestamp())


def _as_answer(delivery: Delivery, channel: Channel, *, now: datetime) -> Response:
    return Response(
        status=200,
        headers=(("Content-Type", delivery.name),),
        body=disk().read(delivery.sha256),
        url=channel.address,
        final_url=channel.address,
        hops=(),
        fetched_at=now,
    )
