"""The beats of the watch."""

from django.db import transaction
from django.utils import timezone

from dateline.sources.actions import enqueue_check, thin_history
from dateline.sources.actions.importing import go_on_adding
from dateline.sources.models import Channel, ImportedList
from dateline.work.actions import enqueue_by_name
from dateline.work.register import named_task
from dateline.work.schedule import every


@every(seconds=60, name="sources.check_due")
@transaction.atomic
def check_due() -> int:
    """Have every channel checked whose time has come, and return how many those are.

    Those on the web together, in a round; each of the others by itself.
    """
    due = Channel.objects.due(now=timezone.now())
    others = list(due.exclude(kind__in=Channel.ASKED))
    for channel in others:
        enqueue_check(channel)
    asked = due.filter(kind__in=Channel.ASKED).count()
    if asked:
        enqueue_by_name("intake.check_round")
    return asked + len(others)


@every(seconds=24 * 3600, name="sources.thin_history")
def thin_old_history() -> int:
    """Add up the checks of days long gone, and return how many days those are."""
    return thin_history(now=timezone.now())


@named_task("sources.add_list", unique=("list_id",))
def add_list(list_id: int) -> str:
    """Add what is left of a list that somebody brought, and return how much was added."""
    brought = ImportedList.objects.filter(pk=list_id).first()
    if brought is None:
        return "gone"
    brought = go_on_adding(brought=brought, now=timezone.now())
    return f"{brought.added} of {brought.total}"
