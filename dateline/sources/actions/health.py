"""Writing down how each check of a channel went, and when to ask next."""

import logging
from datetime import datetime

from dateline.lib.text import cut, one_line
from dateline.net.letters import Answer
from dateline.sources.cadence import Wishes, max_age, next_check, retry_after
from dateline.sources.models import Channel

log = logging.getLogger(__name__)

LONGEST_TROUBLE = 500


def note_success(
    *,
    channel: Channel,
    answer: Answer,
    now: datetime,
    body_hash: str | None = None,
    title: str = "",
    ttl_seconds: int | None = None,
) -> Channel:
    """Write down that the channel was read, or had nothing new; keep its validators; decide the next check.

    body_hash, title, ttl_seconds: of a body that was read; where there was none the old ones stay.
    """
    _keep_validators(channel, answer)
    channel.body_hash = channel.body_hash if body_hash is None else body_hash
    channel.ttl_seconds = channel.ttl_seconds if ttl_seconds is None else min(ttl_seconds, 2**31 - 1)
    channel.title = channel.title or cut(one_line(title), 200)
    channel.failures, channel.trouble, channel.trouble_since = 0, "", None
    channel.last_checked_at = channel.last_success_at = now
    channel.next_check_at = next_check(now=now, failures=0, wishes=_wishes(channel, answer, now=now))
    _save_health(channel)
    return channel


def note_trouble(*, channel: Channel, message: str, now: datetime, answer: Answer | None = None) -> Channel:
    """Write down what is wrong, in the words for the editor, and ask again later; never stop asking.

    The log gets it once: as long as the words stay the same, it is the same trouble.
    """
    message = cut(one_line(message), LONGEST_TROUBLE)
    if message != channel.trouble:
        log.warning("The channel %s of %s is in trouble: %s", channel.pk, channel.outlet, message)
    channel.trouble = message
    channel.trouble_since = channel.trouble_since or now
    channel.failures += 1
    channel.last_checked_at = now
    wishes = _wishes(channel, answer, now=now)
    channel.next_check_at = next_check(now=now, failures=channel.failures, wishes=wishes)
    _save_health(channel)
    return channel


def _save_health(channel: Channel) -> None:
    channel.save(
        update_fields=[
            "etag", "last_modified", "body_hash", "ttl_seconds", "title", "failures", "trouble",
            "trouble_since", "last_checked_at", "last_success_at", "next_check_at",
        ]
    )  # fmt: skip


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
        return Wishes()
    return Wishes(
        status=answer.status,
        has_validators=bool(channel.etag or channel.last_modified),
        ttl_seconds=channel.ttl_seconds,
        max_age_seconds=max_age(answer.header("Cache-Control") or ""),
        retry_after=retry_after(answer.header("Retry-After") or "", now=now),
    )
