"""Checking one channel: what is new there is written down and enqueued to be taken.

Rounds ask many channels at once (rounds.py) and hear them by the same verbs.
"""

import hashlib
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from dateline.intake import apart
from dateline.intake.actions.asking import NotRead, NotYet, ask, refuse_failure, refused, world_in_words
from dateline.intake.actions.checked import Checked
from dateline.intake.actions.entries import write_entries
from dateline.intake.actions.offers import hear_of_hub
from dateline.intake.channels import SPARING
from dateline.intake.feeds import Known, NotAFeed, ParsedFeed
from dateline.intake.models import Entry
from dateline.lib.confined import Cell
from dateline.lib.crash import crash_point
from dateline.lib.floods import HostileMarkup
from dateline.net.letters import FEED_BYTES, Response
from dateline.sources.actions import Told, enqueue_check, follow_move, note_success, note_trouble, put_off
from dateline.sources.actions.moving import has_moved
from dateline.sources.cadence import LONGEST, PACE_PIECES
from dateline.sources.models import Channel
from dateline.work.actions import enqueue_by_name

FEED_TYPES: Final = "application/atom+xml, application/rss+xml, application/feed+json, */*;q=0.5"
NOT_MODIFIED: Final = 304
# What could not be read is asked for in full again after so many checks: our reader may have learnt.
READ_ANEW: Final = 7
# So many of a feed's entries are remembered as taken when it is read; most feeds list far fewer.
MOST_KNOWN: Final = 200

# How the channels are looked at that are not asked on the web.
WAYS: Final[dict[str, Callable[..., Checked]]] = {}


def check_channel(*, channel: Channel, now: datetime) -> Checked:
    """Ask the channel what is new, have that taken, and note on the channel how it went."""
    if channel.kind not in Channel.ASKED:
        return WAYS.get(channel.kind, _wait_for_a_way)(channel=channel, now=now)
    begun = time.monotonic()
    try:
        with world_in_words():
            response = ask(channel.address, headers=conditions(channel), limit_bytes=FEED_BYTES, now=now)
            return hear(channel, response, now=now, seconds=time.monotonic() - begun)
    except NotYet as busy:
        return _come_later(channel, until=busy.until)
    except NotRead as trouble:
        return note_not_read(channel, trouble, now=now, seconds=time.monotonic() - begun)


def conditions(channel: Channel) -> dict[str, str]:
    """Return the headers of the question: what we have, byte for byte, so that it need not come again."""
    told = {"If-None-Match": channel.etag, "If-Modified-Since": channel.last_modified}
    has_it = channel.body_hash or channel.failures % READ_ANEW
    return {
        "Accept": FEED_TYPES,
        **({name: value for name, value in told.items() if value} if has_it else {}),
    }


def hear(channel: Channel, response: Response, *, now: datetime, seconds: float) -> Checked:
    """Take in what a channel answered, and note it. Raises NotRead, confined.Trouble."""
    if not is_unchanged(channel, response):
        refuse_failure(response)
        feed = feed_in(response, kind=channel.kind, rules=channel.rules, known=known_in(channel))
        return write_feed(channel, response, feed, now=now, seconds=seconds)
    with transaction.atomic():
        remark = follow_move(channel=channel, response=response, now=now)
        note_success(channel=channel, answer=response, now=now, remark=remark, seconds=seconds)
        _enqueue_parts(channel)
    return Checked(is_unchanged=True)


def is_unchanged(channel: Channel, response: Response) -> bool:
    """Whether this answer says, or is, what we read already.

    Raises NotRead where it says "not modified" of what we could not read: that is as wrong as it was.
    """
    if response.status == NOT_MODIFIED:
        if not channel.body_hash:
            refuse_failure(response) if not channel.trouble else _refuse_same(channel, response)
        return True
    return response.is_success and _hash(response) == channel.body_hash


def is_plainly_unchanged(channel: Channel, response: Response) -> bool:
    """Whether there is nothing to note but the time: unchanged, well, where it always was, and all of it."""
    return is_unchanged(channel, response) and not has_moved(response) and not channel.parts


def write_feed(
    channel: Channel,
    response: Response,
    feed: ParsedFeed,
    *,
    now: datetime,
    seconds: float,
    is_slow: bool = False,
) -> Checked:
    """Write what a feed lists, follow where it moved, and note the check, in one transaction.

    is_slow: it took long to be read.
    """
    with transaction.atomic():
        Channel.objects.select_for_update().get(pk=channel.pk)  # one check at a time writes
        new = write_entries(channel=channel, entries=feed.entries, now=now)
        hear_of_hub(channel=channel, feed=feed, response=response, new=new, now=now)
        remark = follow_move(channel=channel, response=response, now=now)
        told = Told(
            body_hash=_hash(response),
            title=feed.title,
            ttl_seconds=60 * (feed.ttl or 0),
            skip_hours=feed.skip_hours,
            skip_days=feed.skip_days,
            new=new,
            moments=moments_of(channel),
            is_slow=is_slow,
        )
        note_success(channel=channel, answer=response, now=now, told=told, remark=remark, seconds=seconds)
        _keep_parts(channel, feed)
        crash_point("intake.feed-before-commit")
    return Checked(new=new)


def _keep_parts(channel: Channel, feed: ParsedFeed) -> None:
    """Note which sitemaps an index names now, with what we know of each already, and have them read."""
    if feed.parts or channel.parts:
        channel.parts = {address: channel.parts.get(address, {}) for address in feed.parts}
        channel.save(update_fields=["parts"])
        _enqueue_parts(channel)


def _enqueue_parts(channel: Channel) -> None:
    if channel.parts:
        enqueue_by_name("intake.read_parts", channel_id=channel.pk)


def note_not_read(
    channel: Channel, trouble: NotRead, *, now: datetime, seconds: float, is_slow: bool = False
) -> Checked:
    """Note on the channel what went wrong, in words for the editor."""
    noted = note_trouble(
        channel=channel,
        message=str(trouble),
        now=now,
        answer=trouble.answer,
        asked_wait=trouble.asked_wait(now=now),
        seconds=seconds,
        is_slow=is_slow,
    )
    return Checked(trouble=noted.trouble)


def feed_in(
    response: Response,
    *,
    kind: str = "feed",
    rules: Mapping[str, Any] | None = None,
    known: Known | None = None,
    cell: Cell | None = None,
) -> ParsedFeed:
    """Return what an answer lists, read in a confined child. Raises NotRead, confined.Trouble.

    kind: of the channel. rules: of the channel, where its kind has any. known: `known_in` the channel, which need
    not be told again. cell: another child than the usual one.
    """
    declared = response.header("Content-Type")
    given: dict[str, Any] = {} if cell is None else {"cell": cell}
    try:
        return apart.parse_channel(
            response.body,
            kind=kind,
            url=response.final_url,
            content_type=declared,
            rules=dict(rules or {}),
            known=known,
            **given,
        )
    except (NotAFeed, HostileMarkup) as error:
        raise NotRead(refused(error), answer=response) from error


def known_in(channel: Channel) -> Known:
    """Return the latest entries of a feed that were taken: one that stays as it is has nothing new to tell.

    Those that wait or failed are read again, for what is told of them helps to take them.
    """
    if channel.kind not in SPARING:
        return {}
    taken = channel.entries.filter(state=Entry.State.TAKEN).order_by("-pk")
    with transaction.atomic():  # where the database refuses, what is around goes on
        rows = list(taken.values_list("guid", "url", "title")[:MOST_KNOWN])
    return {guid: (url, title) for guid, url, title in rows}


def _wait_for_a_way(*, channel: Channel, now: datetime) -> Checked:
    """What only ever comes by itself (a delivery, a pasted text) has nothing to be looked at."""
    put_off(channels=[channel], until=now + LONGEST)
    return Checked(is_unchanged=True)


def _come_later(channel: Channel, *, until: datetime) -> Checked:
    with transaction.atomic():
        put_off(channels=[channel], until=until)
        enqueue_check(channel, at=until)
    return Checked(put_off_until=until)


def _refuse_same(channel: Channel, response: Response) -> None:
    raise NotRead(channel.trouble, answer=response)


def _hash(response: Response) -> str:
    return hashlib.sha256(response.body).hexdigest()


def moments_of(channel: Channel) -> list[datetime]:
    """Return when the channel's last pieces came out, as its entries say, else when we saw them.

    Those without a day that its first reading found may be of any time, and are left out.
    """
    last = channel.entries.order_by("-seen_at", "-pk").values_list("published_at", "seen_at")[:PACE_PIECES]
    is_first = channel.last_success_at is None
    since = channel.read_since
    return [
        min(published_at or seen_at, seen_at)
        for published_at, seen_at in last
        if published_at or not (is_first or (since is not None and seen_at <= since))
    ]
