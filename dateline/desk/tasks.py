"""The desk's work for the queue."""

from django.utils import timezone

from dateline.desk.actions import looking
from dateline.work.schedule import every

ROUNDS = 20


@every(seconds=60, name="desk.look_at_what_came")
def look_at_what_came() -> str:
    """Make what came in and what was written searchable, and let the standing rules look at it."""
    found = looking.match_rules(now=timezone.now())
    entered = 0
    for _round in range(ROUNDS):
        some = looking.enter_originals() + looking.enter_articles(now=timezone.now())
        entered += some
        if not some:
            break
    return f"{entered} entered, {found} notices"
