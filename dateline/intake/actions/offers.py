"""What a check of a feed says of its hub: that there is one, and whether it had told us of what the check found.

Source: W3C WebSub, 2018; the self-check is FreshRSS's.
"""

import secrets
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from dateline.intake import hubs
from dateline.intake.feeds import ParsedFeed
from dateline.lib.text import cut
from dateline.net.letters import Response
from dateline.sources.models import Channel, Subscription

TOKEN_BYTES: Final = 32
SECRET_BYTES: Final = 32
# What a check finds that the hub had not told us of, so often in a row, makes the hub unreliable.
MOST_MISSED: Final = 2
SECOND_CHANCE: Final = timedelta(days=30)


def hear_of_hub(*, channel: Channel, feed: ParsedFeed, response: Response, new: int, now: datetime) -> None:
    """Note the hub that a feed names, and whether the hub had told us of what this check found.

    To be called in the transaction of the check, before the channel's health is noted.
    """
    hub, topic = _named(channel, feed, response)
    known = Subscription.objects.filter(channel=channel).first()
    if hub and (known is None or (known.hub, known.topic) != (hub, topic)):
        _offer(channel, known, hub=hub, topic=topic, now=now)
    elif known is not None and new:
        _hear_of_missed(known, channel=channel, now=now)


def _named(channel: Channel, feed: ParsedFeed, response: Response) -> tuple[str, str]:
    by_header = hubs.links_of(response.headers, "hub", base=response.final_url)
    own = hubs.links_of(response.headers, "self", base=response.final_url)
    hub = next(iter(by_header), "") or feed.hub or ""
    topic = next(iter(own), "") or feed.self_url or channel.address
    return cut(hub, 2000), cut(topic, 2000)


def _offer(channel: Channel, known: Subscription | None, *, hub: str, topic: str, now: datetime) -> None:
    row = known or Subscription(channel=channel)
    row.hub, row.topic = hub, topic
    row.token, row.secret = secrets.token_urlsafe(TOKEN_BYTES), secrets.token_urlsafe(SECRET_BYTES)
    row.state, row.ask_at = Subscription.State.OFFERED, now
    row.lease_until = row.active_since = None
    row.missed = row.failures = 0
    row.trouble = ""
    row.save()
    trust(channel, is_pushed=False)


def _hear_of_missed(subscription: Subscription, *, channel: Channel, now: datetime) -> None:
    """Count that a check found something first: the self-check by which a silent hub is known."""
    if not subscription.is_trusted(now=now):
        trust(channel, is_pushed=False)
        return
    since, before = subscription.active_since, channel.last_success_at
    if since is None or before is None or before < since:
        return  # what is new may be from before the hub knew of us
    subscription.missed += 1
    if subscription.missed >= MOST_MISSED:
        subscription.state = Subscription.State.UNRELIABLE
        subscription.ask_at = now + SECOND_CHANCE
        subscription.trouble = _(
            "Its hub did not tell us of new pieces; the feed is asked at its own pace again."
        )
        trust(channel, is_pushed=False)
    subscription.save(update_fields=["missed", "state", "ask_at", "trouble"])


def trust(channel: Channel, *, is_pushed: bool) -> None:
    """Say whether the channel need not be asked often, because its hub tells us what is new."""
    if channel.is_pushed != is_pushed:
        channel.is_pushed = is_pushed
        channel.save(update_fields=["is_pushed"])
