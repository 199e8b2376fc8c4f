"""Background work of the room editions."""

from datetime import datetime
from threading import Event

from django.utils import timezone

from dateline.articles.models import Article
from dateline.editions import actions
from dateline.editions import letter_states as states
from dateline.editions.actions import lists, notices, readers, releasing, sending
from dateline.editions.actions.closing import AWAKE_AHEAD
from dateline.editions.models import Delivery, Edition, Issue, Letter
from dateline.editions.queries.keeping_time import today
from dateline.people.models import User
from dateline.work.actions import bring_forward, enqueue_by_name
from dateline.work.progress import should_stop
from dateline.work.register import named_task
from dateline.work.schedule import every

# A job waits for each closing time; this catches those that a crash, or a clock that was set, let pass.
SWEEP_SECONDS = 10
OPENING_SECONDS = 300


@named_task("editions.close_due", max_attempts=20, priority=100)
def close_due(moment: str = "") -> int:
    """Wait for the closing time, then close what is due."""
    at = datetime.fromisoformat(moment) if moment else timezone.now()
    ahead = (at - timezone.now()).total_seconds()
    if ahead > 0:
        Event().wait(min(ahead, AWAKE_AHEAD.total_seconds()))
    return len(actions.close_due(now=timezone.now()))


@every(seconds=SWEEP_SECONDS, name="editions.sweep", priority=60)
def sweep() -> int:
    """Close what should have closed and has not; take off the excerpts whose right has ended."""
    now = timezone.now()
    return len(actions.close_due(now=now)) + actions.settle_due(now=now)


@every(seconds=OPENING_SECONDS, name="editions.open_next")
def open_next() -> int:
    """Open the editions that come next, so that the desk finds them."""
    return len(actions.open_next(now=timezone.now()))


@named_task("editions.settle_due", max_attempts=20, priority=100)
def settle_due() -> int:
    """Take off the excerpts whose right ends now."""
    return actions.settle_due(now=timezone.now())


@named_task("editions.settle_under", unique=("model", "number"), max_attempts=20, priority=100)
def settle_under(model: str, number: int) -> int:
    """Follow a change of what the voices of press reviews stand under."""
    return actions.settle_under(model=model, number=number, now=timezone.now())


@named_task("editions.draft_voices", max_attempts=2, priority=50)
def draft_voices(article: int) -> int:
    """Put into our language what the voices of a review say, where nobody has; one that is gone needs nothing."""
    row = Article.objects.filter(pk=article).first()
    return actions.draft_voices(article=row, now=timezone.now()) if row else 0


# The letter: a turn of sending takes seconds and is urgent: the first one leaves at once, and nothing waits long.


@named_task("editions.write_down_readers", unique=("issue_id",), max_attempts=20, priority=100)
def write_down_readers(issue_id: int) -> int:
    """Write a row for each reader of an issue; one that was called off needs none."""
    if not Issue.objects.filter(pk=issue_id).exists():
        return 0
    return releasing.write_down_readers(issue_id=issue_id, now=timezone.now())


@named_task("editions.send_letters", unique=(), max_attempts=20, priority=100)
def send_letters() -> dict[str, int]:
    """Send what is due for some seconds; the next turn goes on."""
    return dict(sending.send_due(now=timezone.now, should_stop=should_stop).told)


@every(seconds=15, name="editions.wake_letters", priority=100)
def wake_letters() -> int:
    """Send what has become due, and what a turn left that died, however often one did: the rows say what is sent."""
    waits = Delivery.objects.due(now=timezone.now()).exists()
    if waits or Delivery.objects.in_state(states.CLAIMED, states.HANDED).exists():
        enqueue_by_name("editions.send_letters")
        bring_forward("editions.send_letters", now=timezone.now())
    return int(waits)


@named_task("editions.send_notice", max_attempts=6, priority=90)
def send_notice(uid: str, what: str) -> None:
    """Send a reader the mail that they asked for."""
    notices.send_notice(uid=uid, what=what, now=timezone.now())


@named_task("editions.send_test_letter", max_attempts=1, priority=90)
def send_test_letter(edition_id: int, letter_id: int, user_id: int) -> None:
    """Send a member of staff a letter as it would go out now."""
    notices.send_test(
        edition=Edition.objects.select_related("run").get(pk=edition_id),
        letter=Letter.objects.get(pk=letter_id),
        to=User.objects.get(pk=user_id),
        now=timezone.now(),
    )


@every(seconds=3600, name="editions.clear_readers")
def clear_readers() -> int:
    """End the pauses whose day has come, and forget what has had its time."""
    now = timezone.now()
    return readers.resume_due(today=today(now)) + lists.clear_away(now=now)
