"""The sitemaps of an index: asked one by one in their host's turn, and read as one channel.

Which they are is kept on the channel, with the validators of each. A look that is broken off goes on where it was:
a part that was read since the index was is not asked again.
"""

import hashlib
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from dateline.intake.actions.asking import NotRead, NotYet, ask, refuse_failure, world_in_words
from dateline.intake.actions.checked import Checked
from dateline.intake.actions.checking import FEED_TYPES, NOT_MODIFIED, feed_in, moments_of
from dateline.intake.actions.entries import write_entries
from dateline.lib.crash import crash_point
from dateline.net.letters import FEED_BYTES, Response
from dateline.sources.actions.health import note_parts
from dateline.sources.models import Channel

LONGEST_VALIDATOR: Final = 500


def read_parts(*, channel: Channel, now: datetime) -> Checked:
    """Ask the sitemaps of an index that were not asked since it was; return what was new.

    put_off_until: where a host's turn has not come; then come again for the rest.
    """
    read_at = (channel.last_checked_at or now).timestamp()
    new, troubles = 0, []
    for address, told in channel.parts.items():
        if told.get("at", 0) >= read_at:
            continue
        try:
            new += _read_part(channel, address, told, now=now)
        except NotYet as busy:
            return Checked(new=new, put_off_until=busy.until)
        except NotRead as trouble:
            troubles.append(f"{address}: {trouble}")
            told["at"] = max(now.timestamp(), read_at)
            channel.save(update_fields=["parts"])
        crash_point("intake.part-read")
    if troubles:
        words = _("Of the sitemaps in this index, some could not be read. %s") % " ".join(troubles)
        note_parts(channel=channel, new=0, moments=[], remark=words, now=now)
        return Checked(new=new, trouble=channel.trouble)
    return Checked(new=new)


def _read_part(channel: Channel, address: str, told: dict[str, Any], *, now: datetime) -> int:
    """Read one sitemap and write what it lists; return how much of that is new. Raises NotRead, NotYet."""
    with world_in_words():
        named = {"If-None-Match": told.get("etag"), "If-Modified-Since": told.get("last_modified")}
        headers = {"Accept": FEED_TYPES, **{name: value for name, value in named.items() if value}}
        answer = ask(address, headers=headers, limit_bytes=FEED_BYTES, now=now)
        told["at"] = max(now.timestamp(), (channel.last_checked_at or now).timestamp())
        if answer.status == NOT_MODIFIED or _hash(answer) == told.get("hash"):
            channel.save(update_fields=["parts"])
            return 0
        refuse_failure(answer)
        feed = feed_in(answer, kind="sitemap")
        told |= {
            "etag": _validator(answer, "ETag"),
            "last_modified": _validator(answer, "Last-Modified"),
            "hash": _hash(answer),
        }
        with transaction.atomic():
            Channel.objects.select_for_update().get(pk=channel.pk)
            new = write_entries(channel=channel, entries=feed.entries, now=now)
            note_parts(channel=channel, new=new, moments=moments_of(channel), remark="", now=now)
    return new


def _hash(answer: Response) -> str:
    return hashlib.sha256(answer.body).hexdigest()


def _validator(answer: Response, name: str) -> str:
    told = answer.header(name) or ""
    return told if len(told) <= LONGEST_VALIDATOR and told.isprintable() else ""
