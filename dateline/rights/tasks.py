"""Background work of the room rights."""

from datetime import datetime, timedelta
from threading import Event

from django.utils import timezone

from dateline.rights import actions, standing
from dateline.rights.actions.asking import letter_gone
from dateline.rights.actions.mailing import deliver
from dateline.rights.models import Letter
from dateline.work.register import GiveUp, named_task
from dateline.work.schedule import every

# A job waits for each known minute; this catches those that a crash, or a clock that was set, let pass.
SWEEP_SECONDS = 10
DAY_SECONDS = 24 * 3600


@named_task("rights.withdraw", unique=("withdrawal_id",), max_attempts=20, priority=100)
def withdraw(withdrawal_id: int) -> int:
    """Let every surface take a withdrawn piece down, with all others that wait; run again until all have."""
    return actions.carry_out_all(withdrawal_id=withdrawal_id, now=timezone.now())


@named_task("rights.make_ready", unique=("moment",), max_attempts=2, priority=90)
def make_ready(moment: str) -> int:
    """Make ready what readers will find after a moment to come."""
    return actions.make_ready(at=datetime.fromisoformat(moment), now=timezone.now())


@named_task("rights.end_due", max_attempts=20, priority=100)
def end_due(moment: str = "") -> int:
    """Wait for the moment, then take down what has lost its right by then."""
    at = datetime.fromisoformat(moment) if moment else timezone.now()
    ahead = (at - timezone.now()).total_seconds()
    if ahead > 0:
        Event().wait(min(ahead, actions.AWAKE_AHEAD.total_seconds()))
    if timezone.now() < at:
        actions.wake_up_for(at, ahead=timedelta())  # the clock was set back
        return 0
    return len(actions.end_due(now=timezone.now()))


@named_task("rights.end_left", unique=(), max_attempts=1, priority=100)
def end_left() -> int:
    """Take down what lost its right at no minute that was known, or was not taken down at its minute.

    Tried once, since what waits after a failure would hold back those that end meanwhile: the sweep asks again.
    """
    return len(actions.end_left(now=timezone.now()))


@every(seconds=SWEEP_SECONDS, name="rights.sweep", priority=60)
def sweep() -> bool:
    """Have taken down what should have gone and has not."""
    return actions.end_soon(now=timezone.now())


@named_task("rights.look_over", unique=())
def look_over() -> int:
    """Write down anew when every live piece ends: the zone or the site's own word has changed."""
    return actions.renew_all(pieces=standing.whoever_knows().pieces(), now=timezone.now())


@every(seconds=DAY_SECONDS, name="rights.look_over_daily")
def look_over_daily() -> int:
    """Look over all of it once a day, for what came past every other way."""
    return actions.renew_all(pieces=standing.whoever_knows().pieces(), now=timezone.now())


@named_task("rights.send_letter", unique=("letter_id",), max_attempts=8)
def send_letter(letter_id: int) -> None:
    """Send a letter. Asks for no second try where nobody knows whether the first arrived."""
    if not Letter.objects.filter(pk=letter_id).exists():
        return  # a reader had it erased before it went
    try:
        deliver(letter_id=letter_id, now=timezone.now(), after=letter_gone)
    except actions.Unsure as error:
        raise GiveUp(str(error)) from error


@every(seconds=3600, name="rights.follow_requests")
def follow_requests() -> int:
    """Remind outlets that have not answered, and close what stayed silent."""
    return sum(actions.follow_requests(now=timezone.now()))
