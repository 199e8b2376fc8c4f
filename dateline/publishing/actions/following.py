"""What follows our own disk: the store elsewhere, the cache in front of it, hubs and followers."""

from collections.abc import Iterable
from datetime import datetime

from dateline.publishing.actions.announcing import announce_soon
from dateline.publishing.actions.bringing import bring_soon
from dateline.publishing.actions.hubs import tell_hubs_soon
from dateline.publishing.actions.purging import purge_soon


def let_follow(paths: Iterable[str], *, now: datetime) -> None:
    """Have all that follow learn that the files at these addresses changed, or stand no more. After they did."""
    changed = list(paths)
    bring_soon(changed, now=now)
    purge_soon(changed, now=now)
    tell_hubs_soon(changed, now=now)
    announce_soon(changed, now=now)
