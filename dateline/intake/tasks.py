"""Intake's work for the queue. What goes wrong in the world is noted on the row; only faults of ours fail a job."""

from django.utils import timezone

from dateline.intake import actions
from dateline.intake.actions import gathering
from dateline.intake.models import Entry, Original
from dateline.sources.models import Channel
from dateline.work.actions import enqueue_by_name
from dateline.work.register import named_task


@named_task("intake.check_channel", unique=("channel_id",))
def check_channel(channel_id: int) -> str:
    """Check the channel if it is due, and return in a few words what came of it."""
    now = timezone.now()
    channel = Channel.objects.due(now=now).select_related("outlet").filter(pk=channel_id).first()
    if channel is None:
        return "not due"
    checked = actions.check_channel(channel=channel, now=now)
    return checked.trouble or f"{checked.new} new"


@named_task("intake.check_round", unique=())
def check_round() -> str:
    """Check all channels on the web that are due; come again when hosts are free that were not."""
    told = actions.check_round()
    if told.next_at is not None:
        enqueue_by_name("intake.check_round", run_after=told.next_at)
    return f"{told.asked} asked, {told.unchanged} unchanged, {told.new} new, {told.troubles} in trouble"


@named_task("intake.gather_original", unique=("original_id",))
def gather_original(original_id: int) -> str:
    """Find what the original repeats and which story it belongs to; return the story's number."""
    original = Original.objects.select_related("outlet").filter(pk=original_id).first()
    if original is None:
        return "gone"
    return f"story {gathering.gather_original(original=original, now=timezone.now()).story_id}"


@named_task("intake.reckon_vectors", unique=())
def reckon_vectors() -> str:
    """Give the pieces of the stories' window vectors of today's engine."""
    return f"{gathering.reckon_vectors(now=timezone.now())} reckoned"


@named_task("intake.take_entry", unique=("entry_id",))
def take_entry(entry_id: int) -> str:
    """Take the piece that the entry leads to, and return where the entry stands."""
    entry = Entry.objects.select_related("channel__outlet").filter(pk=entry_id).first()
    if entry is None:
        return "gone"
    return actions.take_entry(entry=entry, now=timezone.now()).state
