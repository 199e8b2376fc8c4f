"""Writing down how each check of a channel went, and when to ask next."""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from dateline.lib.text import cut, one_line
from dateline.net.letters import Answer
from dateline.sources.actions.bulk import insert_each, update_each
from dateline.sources.cadence import Rhythm, Wishes, fresh_seconds, next_check, pace_of, retry_after
from dateline.sources.models import Channel, Check

log = logging.getLogger(__name__)

LONGEST_TROUBLE: Final = 500
LONGEST_WORDS: Final = 300
# A feed whose hub tells us what is new is asked only to see whether the hub does.
PUSHED_PAUSE: Final = timedelta(hours=6)
NOTHING: Final = timedelta(0)
_MOST: Final = 2**31 - 1
_HEALTH: Final = (
    "etag", "last_modified", "body_hash", "failures", "trouble", "trouble_since", "last_status", "last_checked_at",
    "last_success_at", "next_check_at", "ttl_seconds", "title", "skip_hours", "skip_days", "pace_seconds",
    "last_new_at", "is_slow", "read_since",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a body that was read says of its feed.

    new: pieces seen for the first time. moments: when its pieces came, as far as we know, for its pace. remark:
    what the editor should know although all went well.
    """

    body_hash: str
    title: str = ""
    ttl_seconds: int = 0
    skip_hours: Collection[int] = ()
    skip_days: Collection[int] = ()
    new: int = 0
    moments: Sequence[datetime] = ()
    is_slow: bool = False


@transaction.atomic
def note_success(
    *,
    channel: Channel,
    now: datetime,
    answer: Answer | None = None,
    told: Told | None = None,
    remark: str = "",
    seconds: float = 0.0,
) -> Channel:
    """Write down that the channel was read, or had nothing new; keep its validators; decide the next check.

    answer: None where the channel is not on the web. told: what its body says, where there was a new one.
    remark: what the editor should know although all went well. seconds: that the asking took.
    """
    if told is not None:
        _keep_told(channel, told, now=now)
    _succeed(channel, answer, now=now, remark=remark)
    channel.save(update_fields=_HEALTH)
    check = _check(channel, answer, now=now, seconds=seconds)
    check.new = told.new if told else 0
    check.outcome = Check.Outcome.NEW if check.new else Check.Outcome.UNCHANGED
    check.save()
    return channel


@transaction.atomic
def note_unchanged(*, checked: Sequence[tuple[Channel, Answer, float]], now: datetime) -> None:
    """Write down of many channels at once that they have nothing new, each with its answer and its seconds."""
    renewed = []
    for channel, answer, _seconds in checked:
        known = (channel.etag, channel.last_modified, channel.failures, channel.last_status)
        _succeed(channel, answer, now=now)
        if known != (channel.etag, channel.last_modified, channel.failures, channel.last_status):
            renewed.append(channel)
    moved_on = [(channel.next_check_at, channel.pk) for channel, _answer, _seconds in checked]
    update_each(Channel, changed=("next_check_at",), where=("id",), rows=moved_on)
    keys = [channel.pk for channel, _answer, _seconds in checked]
    Channel.objects.filter(pk__in=keys).update(
        last_checked_at=now, last_success_at=now, failures=0, trouble="", trouble_since=None
    )
    rows = [(one.etag, one.last_modified, one.last_status, one.pk) for one in renewed]
    update_each(Channel, changed=("etag", "last_modified", "last_status"), where=("id",), rows=rows)
    insert_each(
        Check,
        same={"at": now, "outcome": Check.Outcome.UNCHANGED, "new": 0, "words": ""},
        fields=("channel_id", "status", "size", "milliseconds"),
        rows=[
            (channel.pk, answer.status, len(answer.body), round(1000 * seconds))
            for channel, answer, seconds in checked
        ],
    )


@transaction.atomic
def note_trouble(
    *,
    channel: Channel,
    message: str,
    now: datetime,
    answer: Answer | None = None,
    asked_wait: timedelta = NOTHING,
    seconds: float = 0.0,
    is_slow: bool = False,
) -> Channel:
    """Write down what is wrong, in the words for the editor, and ask again later; never stop asking.

    The log gets it once: as long as the words stay the same, it is the same trouble. asked_wait: how long the other
    side should be left alone whatever its answer says. is_slow: what came took too long to be read, and is read where
    it holds up no other from now on.
    """
    message = cut(one_line(message), LONGEST_TROUBLE)
    if message != channel.trouble:
        log.warning("The channel %s of %s is in trouble: %s", channel.pk, channel.outlet, message)
    channel.trouble = message
    channel.trouble_since = channel.trouble_since or now
    channel.failures += 1
    channel.is_slow = channel.is_slow or is_slow
    channel.last_checked_at = now
    channel.last_status = answer.status if answer else 0
    if answer is not None and answer.is_success:
        # It came and cannot be read: what it was is remembered, so that the same need not come again.
        _keep_validators(channel, answer)
        channel.body_hash = ""
    wishes = _wishes(channel, answer, now=now)
    wishes = replace(wishes, retry_after=max(wishes.retry_after, asked_wait))
    channel.next_check_at = next_check(now=now, failures=channel.failures, wishes=wishes)
    channel.save(update_fields=_HEALTH)
    check = _check(channel, answer, now=now, seconds=seconds)
    check.outcome, check.words = Check.Outcome.TROUBLE, cut(message, LONGEST_WORDS)
    check.save()
    return channel


@transaction.atomic
def note_parts(
    *, channel: Channel, new: int, moments: Sequence[datetime], remark: str, now: datetime
) -> Channel:
    """Write down what the sitemaps of an index brought, and what is wrong with those that brought nothing."""
    if new:
        channel.last_new_at = now
        channel.pace_seconds = int(pace_of(moments, now=now).total_seconds())
    if remark:
        channel.trouble = cut(one_line(remark), LONGEST_TROUBLE)
        channel.trouble_since = channel.trouble_since or now
    channel.save(update_fields=["last_new_at", "pace_seconds", "trouble", "trouble_since", "parts"])
    return channel


def put_off(*, channels: Sequence[Channel], until: datetime) -> None:
    """Ask these later: their host has no turn for them. It is no trouble, and not a check."""
    Channel.objects.filter(pk__in=[channel.pk for channel in channels], next_check_at__lt=until).update(
        next_check_at=until
    )


def _keep_told(channel: Channel, told: Told, *, now: datetime) -> None:
    channel.body_hash = told.body_hash
    channel.ttl_seconds = min(told.ttl_seconds, _MOST)
    channel.skip_hours, channel.skip_days = sorted(told.skip_hours), sorted(told.skip_days)
    channel.title = channel.title or cut(one_line(told.title), 200)
    channel.is_slow = told.is_slow
    if channel.last_success_at is None and channel.read_since is None:
        channel.read_since = now
    if told.new:
        channel.last_new_at = now
    if told.moments or channel.read_since == now:
        channel.pace_seconds = int(pace_of(told.moments, now=now).total_seconds())


def _succeed(channel: Channel, answer: Answer | None, *, now: datetime, remark: str = "") -> None:
    if answer is not None:
        _keep_validators(channel, answer)
    channel.failures = 0
    channel.trouble = cut(one_line(remark), LONGEST_TROUBLE)
    channel.trouble_since = (channel.trouble_since or now) if remark else None
    channel.last_status = answer.status if answer else 0
    channel.last_checked_at = channel.last_success_at = now
    channel.next_check_at = next_check(
        now=now,
        failures=0,
        wishes=_wishes(channel, answer, now=now),
        rhythm=_rhythm(channel, now=now),
        name=channel.address,
    )
    if channel.is_pushed:
        channel.next_check_at = max(channel.next_check_at, now + PUSHED_PAUSE)


def _rhythm(channel: Channel, *, now: datetime) -> Rhythm:
    quiet = now - channel.last_new_at if channel.last_new_at else timedelta(0)
    return Rhythm(pace=timedelta(seconds=channel.pace_seconds), quiet=max(quiet, timedelta(0)))


def _check(channel: Channel, answer: Answer | None, *, now: datetime, seconds: float) -> Check:
    return Check(
        channel=channel,
        at=now,
        outcome=Check.Outcome.UNCHANGED,
        status=answer.status if answer else 0,
        size=len(answer.body) if answer else 0,
        milliseconds=round(1000 * seconds),
    )


def _keep_validators(channel: Channel, answer: Answer) -> None:
    # An answer in full without validators has none; one that says "not modified" may leave them out.
    kept = {} if answer.is_success else {"etag": channel.etag, "last_modified": channel.last_modified}
    channel.etag = _whole(answer.header("ETag"), 500) or kept.get("etag", "")
    channel.last_modified = _whole(answer.header("Last-Modified"), 200) or kept.get("last_modified", "")


def _whole(value: str | None, longest: int) -> str:
    """Return an opaque value byte for byte, or nothing: half of one, or a respelled one, is another one."""
    if value is None or len(value) > longest or not value.isprintable():
        return ""
    return value


def _wishes(channel: Channel, answer: Answer | None, *, now: datetime) -> Wishes:
    if answer is None:
        # A mailbox or a folder of ours is no stranger's server: to look is cheap.
        return Wishes(has_validators=channel.kind not in Channel.ASKED)
    return Wishes(
        status=answer.status,
        has_validators=bool(channel.etag or channel.last_modified),
        ttl_seconds=channel.ttl_seconds,
        fresh_seconds=fresh_seconds(answer, now=now),
        retry_after=retry_after(answer.header("Retry-After") or "", now=now),
        skip_hours=channel.skip_hours,
        skip_days=channel.skip_days,
    )
