"""Background work of the room editions."""

from datetime import datetime
from threading import Event

from django.utils import timezone

from dateline.articles.models import Article
from dateline.editions import actions
from dateline.editions.actions.closing import AWAKE_AHEAD
from dateline.work.register import named_task
from dateline.work.schedule import every

# A job waits for each closing time; this catches those that a crash, or a clock that was set, let pass.
SWEEP_SECONDS = 10


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
