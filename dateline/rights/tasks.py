"""Background work of the room rights."""

from django.utils import timezone

from dateline.rights import actions, standing
from dateline.rights.actions.asking import letter_gone
from dateline.rights.actions.mailing import deliver
from dateline.rights.models import Withdrawal
from dateline.work.register import GiveUp, named_task
from dateline.work.schedule import every

# A job waits for each known minute; this catches those that a crash, or a clock that was set, let pass.
SWEEP_SECONDS = 10
DAY_SECONDS = 24 * 3600


@named_task("rights.withdraw", unique=("withdrawal_id",), max_attempts=20, priority=50)
def withdraw(withdrawal_id: int) -> None:
    """Let every surface take a withdrawn piece down; run again until all have."""
    actions.carry_out(withdrawal=Withdrawal.objects.get(pk=withdrawal_id), now=timezone.now())


@named_task("rights.end_due", max_attempts=20, priority=100)
def end_due() -> int:
    """Take down what has lost its right by now."""
    return len(actions.end_due(now=timezone.now()))


@every(seconds=SWEEP_SECONDS, name="rights.sweep", priority=60)
def sweep() -> int:
    """Take down what should have gone and has not."""
    return len(actions.end_due(now=timezone.now()))


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
    """Send a letter to an outlet. Asks for no second try where nobody knows whether the first arrived."""
    try:
        deliver(letter_id=letter_id, now=timezone.now(), after=letter_gone)
    except actions.Unsure as error:
        raise GiveUp(str(error)) from error


@every(seconds=3600, name="rights.follow_requests")
def follow_requests() -> int:
    """Remind outlets that have not answered, and close what stayed silent."""
    return sum(actions.follow_requests(now=timezone.now()))
