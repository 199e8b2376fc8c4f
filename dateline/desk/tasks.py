"""The desk's work for the queue."""

from django.utils import timezone

from dateline.desk.actions import accounts, looking
from dateline.desk.actions.gisting import gist_some
from dateline.rights.models import Account
from dateline.work.register import named_task
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


@every(seconds=3600, name="desk.turn_of_the_month")
def turn_of_the_month() -> int:
    """Open accounts with new parties, and close what is over in each, one job an account."""
    return accounts.look_over(now=timezone.now())


@named_task("desk.keep_account", unique=("account_id",))
def keep_account(account_id: int) -> int:
    """Close the months of one account that are over, and send the last where it sends by itself."""
    return accounts.keep(account=Account.objects.get(pk=account_id), now=timezone.now())


@every(seconds=60, name="desk.gist_what_came")
def gist_what_came() -> str:
    """Have machines say in the desk's language what the pieces on the beat are about, within the day's budget."""
    return f"{gist_some(now=timezone.now())} gists"
