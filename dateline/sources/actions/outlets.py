"""What one does with several outlets at once."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from dateline.people.models import User
from dateline.sources.actions.importing import SPACING
from dateline.sources.actions.watching import stop_watching, watch_again
from dateline.sources.models import Channel, Outlet


@transaction.atomic
def stop_outlets(*, outlets: Iterable[Outlet], by: User | None, now: datetime) -> int:
    """Check none of their channels any more, and return how many those are. Nothing that came is lost."""
    channels = list(Channel.objects.filter(outlet__in=list(outlets), is_watched=True))
    for channel in channels:
        stop_watching(channel=channel, by=by, now=now)
    return len(channels)


@transaction.atomic
def watch_outlets(*, outlets: Iterable[Outlet], by: User | None, now: datetime) -> int:
    """Check all their channels again, one after the other, and return how many had been stopped."""
    channels = list(Channel.objects.filter(outlet__in=list(outlets), is_watched=False))
    for number, channel in enumerate(channels):
        watch_again(channel=channel, by=by, now=now + number * SPACING)
    return len(channels)
