"""Keeping the accounts from the books: open them, close what is over, send what is closed."""

from datetime import date, datetime

from django.db import transaction

from dateline.desk.queries.accounts import addressee, facts_of, parties, this_month
from dateline.people.models import User
from dateline.rights.accounts import month_before
from dateline.rights.actions.accounts import (
    close_month,
    next_month,
    open_account,
    send_statement,
    sheet_as_closed,
)
from dateline.rights.actions.mailing import mail_is_set_up
from dateline.rights.models import Account, Statement
from dateline.work.actions import enqueue_by_name


def open_accounts(*, now: datetime) -> int:
    """Open an account with everybody who has none yet, from the month before this one. Returns how many are new."""
    known = {(account.kind, account.key): account.name for account in Account.objects.all()}
    begins = month_before(this_month(now))
    new = 0
    for party in sorted(parties(), key=lambda one: (one.kind, one.key)):
        if known.get((party.kind, party.key)) != party.name:
            open_account(kind=party.kind, key=party.key, name=party.name, begins_on=begins, now=now)
            new += (party.kind, party.key) not in known
    return new


def look_over(*, now: datetime) -> int:
    """Open what is missing, and hand each account with a month that is over to a job. Returns how many those are."""
    open_accounts(now=now)
    last = month_before(this_month(now))
    waiting = [account for account in Account.objects.all() if next_month(account) <= last]
    for account in waiting:
        enqueue_by_name("desk.keep_account", account_id=account.pk)
    return len(waiting)


def keep(*, account: Account, now: datetime) -> int:
    """Close the months of an account that are over, in order; the last goes out where it sends by itself.

    A month and the letter about it are one transaction: whoever is stopped in between finds neither, and begins again.
    Returns how many were closed.
    """
    last, closed = month_before(this_month(now)), 0
    while (month := next_month(account)) <= last:
        _closed(account, month, is_last=month == last, now=now)
        closed += 1
    return closed


def close_by_hand(*, account: Account, month: date, by: User, now: datetime) -> Statement:
    """Close one month now. Raises MonthNotOver, MonthsInOrder."""
    return close_month(account=account, month=month, facts=facts_of(account, month=month), by=by, now=now)


@transaction.atomic
def _closed(account: Account, month: date, *, is_last: bool, now: datetime) -> None:
    statement = close_month(
        account=account, month=month, facts=facts_of(account, month=month), by=None, now=now
    )
    to = addressee(account)
    reaches_them = account.sends_itself and (account.email or to.email) and mail_is_set_up()
    if is_last and reaches_them and statement.letter is None and not sheet_as_closed(statement).is_empty:
        send_statement(statement=statement, to=to, by=None, now=now)
