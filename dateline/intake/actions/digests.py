"""Saying that a feed is another digest's, so that the first publisher of each piece is kept."""

from datetime import datetime

from django.db import transaction

from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.sources.models import Channel


@transaction.atomic
def read_as_digest(*, channel: Channel, is_digest: bool, by: User | None, now: datetime) -> Channel:
    """Read the channel as another digest's feed from the next check on, or as a plain feed again."""
    kind = Channel.Kind.DATELINE if is_digest else Channel.Kind.FEED
    write_down(
        verb="read-as-digest",
        subject=channel,
        by=by,
        now=now,
        before={"kind": channel.kind},
        after={"kind": kind},
    )
    channel.kind = kind
    channel.body_hash, channel.etag, channel.last_modified = "", "", ""  # what it lists now is read again
    channel.next_check_at = now
    channel.save(update_fields=["kind", "body_hash", "etag", "last_modified", "next_check_at"])
    return channel
