"""What the list of accounts says of each: what is owed now, and where last month's statement is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from dateline.rights.accounts import money, sums
from dateline.rights.models import Account, Line, Payment, Statement


@dataclass(frozen=True)
class Standing:
    """An account in the list. balances: as people write them, closed months and every payment. last: last month's."""

    account: Account
    balances: tuple[str, ...]
    last: Statement | None


def standings(accounts: Iterable[Account], *, last: date) -> list[Standing]:
    """Return how accounts stand. last: the first day of the month before this one."""
    rows = list(accounts)
    numbers = [account.pk for account in rows]
    owed = (
        Line.objects.filter(statement__account__in=numbers)
        .order_by()
        .values_list("statement__account", "currency")
        .annotate(sum=Sum("minor"))
    )
    paid = (
        Payment.objects.filter(account__in=numbers)
        .order_by()
        .values_list("account", "currency")
        .annotate(sum=Sum("minor"))
    )
    told: dict[int, list[tuple[str, int]]] = {}
    for number, currency, minor in owed:
        told.setdefault(number, []).append((currency, minor))
    for number, currency, minor in paid:
        told.setdefault(number, []).append((currency, -minor))
    statements = Statement.objects.filter(account__in=numbers, month=last).select_related("letter")
    closed = {one.account_id: one for one in statements}
    return [Standing(one, _written(told.get(one.pk, [])), closed.get(one.pk)) for one in rows]


def _written(amounts: list[tuple[str, int]]) -> tuple[str, ...]:
    return tuple(money(minor, currency) for currency, minor in sorted(sums(amounts).items()) if currency)
