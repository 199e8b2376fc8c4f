"""The beat of the watch."""

from django.db import transaction
from django.utils import timezone

from dateline.sources.actions import enqueue_check
from dateline.sources.models import Channel
from dateline.work.schedule import every


@every(seconds=60, name="sources.check_due")
@transaction.atomic
def check_due() -> int:
    """Enqueue a check for each channel whose time has come, and return how many those are."""
    due = list(Channel.objects.due(now=timezone.now()))
    for channel in due:
        enqueue_check(channel)
    return len(due)
