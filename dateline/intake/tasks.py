"""Intake's work for the queue. What goes wrong in the world is noted on the row; only faults of ours fail a job."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from dateline.intake import actions
from dateline.intake.actions import (
    forgetting,
    gathering,
    parts,
    rechecking,
    regathering,
    reserving,
    scoring,
    thinning,
)
from dateline.intake.models import Beat, Delivery, Entry, Original
from dateline.people.models import User
from dateline.sources.models import Channel
from dateline.work.actions import enqueue_by_name
from dateline.work.register import named_task
from dateline.work.schedule import every

DAY_SECONDS: Final = 86_400


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
    told = actions.check_round(clock=timezone.now)
    if told.next_at is not None:
        enqueue_by_name("intake.check_round", run_after=told.next_at)
    return f"{told.asked} asked, {told.unchanged} unchanged, {told.new} new, {told.troubles} in trouble"


@named_task("intake.read_parts", unique=("channel_id",))
def read_parts(channel_id: int) -> str:
    """Read the sitemaps of an index; come again where a host's turn has not come."""
    channel = Channel.objects.watched().select_related("outlet").filter(pk=channel_id).first()
    if channel is None:
        return "not watched"
    checked = parts.read_parts(channel=channel, now=timezone.now())
    if checked.put_off_until is not None:
        enqueue_by_name("intake.read_parts", run_after=checked.put_off_until, channel_id=channel_id)
    return checked.trouble or f"{checked.new} new"


@named_task("intake.gather_original", unique=("original_id",))
def gather_original(original_id: int) -> str:
    """Find what the original repeats and which story it belongs to; return the story's number."""
    original = Original.objects.select_related("outlet").filter(pk=original_id).first()
    if original is None:
        return "gone"
    membership = gathering.gather_original(original=original, now=timezone.now())
    scoring.score_original(original=original, now=timezone.now())
    scoring.score_story(story=membership.story, now=timezone.now())
    return f"story {membership.story_id}"


@every(seconds=600, name="intake.gather_missed")
@transaction.atomic
def gather_missed() -> int:
    """Have pieces gathered that came before there were stories, and return how many are on their way."""
    return gathering.enqueue_missed()


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


@named_task("intake.gather_again", unique=())
def gather_again(since: str, by_id: int) -> str:
    """Gather the stories of some time anew, and return in a few words what came of it."""
    by = User.objects.filter(pk=by_id).first()
    changed = regathering.gather_again(since=datetime.fromisoformat(since), by=by, now=timezone.now())
    return f"{changed} changed their story"


@named_task("intake.read_tdm_policy", unique=("origin",))
def read_tdm_policy(origin: str) -> str:
    """Read what a host says of machine use; come again where its turn has not come."""
    try:
        policy = reserving.read_policy(origin=origin, now=timezone.now())
    except actions.NotYet as busy:
        enqueue_by_name("intake.read_tdm_policy", run_after=busy.until, origin=origin)
        return "not yet"
    return "a policy" if policy.text else "no policy"


@every(seconds=DAY_SECONDS, name="intake.forget_runs")
def forget_runs() -> int:
    """Forget by which runs of words old texts are known, and return how many runs went."""
    return forgetting.forget_runs(now=timezone.now())


@named_task("intake.rescore_beat", unique=("beat_id",))
def rescore_beat(beat_id: int) -> str:
    """Score what came in by the beat as it is now; begun again, it goes on where it was."""
    beat = Beat.objects.filter(pk=beat_id, is_active=True).first()
    return f"{scoring.rescore(beat=beat, now=timezone.now())} scored" if beat else "not active"


@every(seconds=DAY_SECONDS, name="intake.propose_beat_changes")
def propose_beat_changes() -> str:
    """Look at what editors picked and spiked; a person accepts what is proposed."""
    beat = Beat.objects.active()
    return f"{len(scoring.propose_changes(beat=beat, now=timezone.now()))} proposed" if beat else "no beat"


@named_task("intake.read_delivery", unique=("delivery_id",))
def read_delivery(delivery_id: int) -> str:
    """Read a letter, a file or a push, and return what came of it."""
    delivery = Delivery.objects.select_related("channel__outlet").filter(pk=delivery_id).first()
    if delivery is None:
        return "gone"
    actions.read_delivery(delivery=delivery, now=timezone.now())
    return delivery.trouble or f"{delivery.state}, {delivery.new} new"


@every(seconds=300, name="intake.read_mailboxes")
def read_mailboxes() -> int:
    """Fetch new letters, and return how many came."""
    return actions.read_mailboxes(now=timezone.now())


@every(seconds=60, name="intake.look_into_drops")
def look_into_drops() -> int:
    """Take what partners laid into their folders, and return how many files came."""
    return actions.look_into_drops(now=timezone.now())


@every(seconds=300, name="intake.ask_hubs")
def ask_hubs() -> int:
    """Subscribe to hubs, renew what is about to end, and return how many were asked."""
    return actions.ask_hubs(now=timezone.now())


@named_task("intake.recheck", unique=("original_id",))
def recheck(original_id: int) -> str:
    """Look whether the source changed the piece, and return in a few words what came of it."""
    original = Original.objects.select_related("outlet").filter(pk=original_id).first()
    return rechecking.recheck(original=original, now=timezone.now()).words if original else "gone"


@every(seconds=300, name="intake.recheck_due")
@transaction.atomic
def recheck_due() -> int:
    """Enqueue a look at each piece whose time has come, and return how many those are."""
    return rechecking.enqueue_due(now=timezone.now())


@every(seconds=6 * 3600, name="intake.thin_out")
def thin_out() -> str:
    """Watch what readers see for longer, thin out what nobody needs, and return in a few words what came of it."""
    now = timezone.now()
    laid, longer = rechecking.lay_watches(now=now), rechecking.watch_longer(now=now)
    done = thinning.thin(now=now)
    told = f"{len(done.gone)} thinned out, {done.freed_bytes} bytes; {laid + longer} watches laid"
    return f"{told}. {done.trouble}" if done.trouble else told
