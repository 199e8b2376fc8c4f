"""Checking a channel: what is new there is written down and enqueued to be taken."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from dateline.intake import apart
from dateline.intake.actions.asking import NotRead, ask, refuse_failure, world_in_words
from dateline.intake.actions.entries import write_entries
from dateline.intake.feeds import NotAFeed, ParsedFeed
from dateline.lib.floods import HostileMarkup
from dateline.net.letters import FEED_BYTES, Response
from dateline.sources.actions import note_success, note_trouble
from dateline.sources.models import Channel

FEED_TYPES: Final = "application/atom+xml, application/rss+xml, application/feed+json, */*;q=0.5"
NOT_MODIFIED: Final = 304


@dataclass(frozen=True, kw_only=True)
class Checked:
    """How a check went. new: entries seen for the first time. trouble: empty where all went well."""

    new: int = 0
    is_unchanged: bool = False
    trouble: str = ""


def check_channel(*, channel: Channel, now: datetime) -> Checked:
    """Ask the channel what is new, have that taken, and note on the channel how it went."""
    try:
        with world_in_words():
            return _check(channel, now=now)
    except NotRead as trouble:
        noted = note_trouble(channel=channel, message=str(trouble), now=now, answer=trouble.answer)
        return Checked(trouble=noted.trouble)


def _check(channel: Channel, *, now: datetime) -> Checked:
    response = _ask_feed(channel, now=now)
    body_hash = hashlib.sha256(response.body).hexdigest()
    if response.status == NOT_MODIFIED or body_hash == channel.body_hash:
        note_success(channel=channel, answer=response, now=now)
        return Checked(is_unchanged=True)
    feed = feed_in(response, kind=channel.kind, rules=channel.rules)
    with transaction.atomic():
        Channel.objects.select_for_update().get(pk=channel.pk)  # one check at a time writes
        new = write_entries(channel=channel, entries=feed.entries, now=now)
        note_success(
            channel=channel,
            answer=response,
            now=now,
            body_hash=body_hash,
            title=feed.title,
            ttl_seconds=60 * (feed.ttl or 0),
        )
    return Checked(new=new)


def _ask_feed(channel: Channel, *, now: datetime) -> Response:
    response = ask(channel.address, headers=_conditions(channel), limit_bytes=FEED_BYTES, now=now)
    if response.status != NOT_MODIFIED:
        refuse_failure(response)
    return response


def _conditions(channel: Channel) -> dict[str, str]:
    """Return the headers of the question: what we have, if we have read it."""
    told = {"If-None-Match": channel.etag, "If-Modified-Since": channel.last_modified}
    known = {name: value for name, value in told.items() if value and channel.body_hash}
    return {"Accept": FEED_TYPES, **known}


def feed_in(response: Response, *, kind: str = "feed", rules: Mapping[str, Any] | None = None) -> ParsedFeed:
    """Return what an answer lists, read in a confined child. Raises NotRead, confined.Trouble.

    kind: of the channel. rules: of the channel, where its kind has any.
    """
    declared = response.header("Content-Type")
    try:
        return apart.parse_channel(
            response.body, kind=kind, url=response.final_url, content_type=declared, rules=dict(rules or {})
        )
    except (NotAFeed, HostileMarkup) as error:
        raise NotRead(_(str(error)), answer=response) from error
