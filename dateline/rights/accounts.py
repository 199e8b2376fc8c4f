"""A running account: what a month adds to it, and what earlier months got wrong.

Pure. What a contract costs in a month is `fees.fee_of_month`. A closed month is not changed: what the ledger says of it
now, less what was stated of it, is a line of the month that is closed next. So the lines of all months together are
always what the ledger costs. A closed month keeps the terms under which it was stated. Money is counted in
whole smallest coins (cents), as integers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from dateline.rights.fees import COINS, FeeTerms, UsedPiece, fee_of_month, is_in_force, rounded


@dataclass(frozen=True, kw_only=True)
class Contract:
    """What something costs. key: its name in the books (`agreement:12`); title: as people call it."""

    key: str
    title: str
    terms: FeeTerms


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A line: what a contract adds for a month. minor: smallest coins, less than nothing where too much was stated.

    A contract that is in force has a line of its month, be it of nothing: it keeps the terms of that month.
    """

    key: str
    title: str
    month: date
    kind: str
    unit: Decimal
    currency: str
    pieces: int
    words: int
    minor: int


@dataclass(frozen=True)
class Balance:
    """One currency of an account at the end of a month, in smallest coins; more than nothing is owed to them."""

    currency: str
    carried: int
    added: int
    paid: int

    @property
    def now(self) -> int:
        """What is owed after it."""
        return self.carried + self.added - self.paid


def entries(
    contracts: Iterable[Contract],
    uses: Mapping[str, Sequence[UsedPiece]],
    stated: Iterable[Entry],
    *,
    begins: date,
    month: date,
) -> list[Entry]:
    """Return the lines of the month that is being closed, corrections of earlier months among them.

    uses: the ledger by contract. stated: all lines of earlier statements. begins: the first month of the account; what
    was before it is not looked at. Months are their first days.
    """
    known = _together(stated)
    live = {contract.key: contract for contract in contracts}
    gone = {key for key, _month in known} - live.keys()
    found = [
        line
        for contract in live.values()
        for line in _lines_of(contract, uses.get(contract.key, ()), known, begins=begins, month=month)
    ]
    found += [_less(line) for (key, _month), line in known.items() if key in gone and line.minor]
    return sorted(found, key=lambda line: (-line.month.toordinal(), line.title, line.key))


def _lines_of(
    contract: Contract,
    uses: Sequence[UsedPiece],
    known: Mapping[tuple[str, date], Entry],
    *,
    begins: date,
    month: date,
) -> Iterator[Entry]:
    for one in months(begins, month):
        told = known.get((contract.key, one))
        terms = _as_stated(contract.terms, told) if told else contract.terms
        line = _costs(replace(contract, terms=terms), uses, month=one)
        if told:
            line = _difference(line, told)
        if line.minor or (one == month and (line.pieces or is_in_force(contract.terms, month))):
            yield line


def _costs(contract: Contract, uses: Sequence[UsedPiece], *, month: date) -> Entry:
    fee = fee_of_month(contract.terms, uses, month=month)
    return Entry(
        key=contract.key,
        title=contract.title,
        month=month,
        kind=contract.terms.kind,
        unit=contract.terms.amount,
        currency=contract.terms.currency,
        pieces=fee.pieces,
        words=fee.words,
        minor=coins(fee.amount, fee.currency),
    )


def _as_stated(terms: FeeTerms, told: Entry) -> FeeTerms:
    """How long it holds is asked anew; what it costs is what was said."""
    return replace(terms, kind=told.kind, amount=told.unit, currency=told.currency)


def _together(stated: Iterable[Entry]) -> dict[tuple[str, date], Entry]:
    """Return what was stated of each contract and month in all, under the terms of its first line."""
    known: dict[tuple[str, date], Entry] = {}
    for line in stated:
        first = known.get((line.key, line.month))
        known[line.key, line.month] = _sum(first, line) if first else line
    return known


def _sum(first: Entry, line: Entry) -> Entry:
    return replace(
        first,
        pieces=first.pieces + line.pieces,
        words=first.words + line.words,
        minor=first.minor + line.minor,
    )


def _less(line: Entry) -> Entry:
    return replace(line, pieces=-line.pieces, words=-line.words, minor=-line.minor)


def _difference(line: Entry, told: Entry) -> Entry:
    return _sum(line, _less(told))


def balances(
    before: Iterable[tuple[str, int]],
    lines: Iterable[tuple[str, int]],
    paid: Iterable[tuple[str, int]],
) -> list[Balance]:
    """Return what a month does to each currency, by name.

    before: lines of earlier months, and their payments as less than nothing.
    """
    carried, added, gone = sums(before), sums(lines), sums(paid)
    names = sorted({name for one in (carried, added, gone) for name, minor in one.items() if minor} - {""})
    return [Balance(name, carried.get(name, 0), added.get(name, 0), gone.get(name, 0)) for name in names]


def sums(amounts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return the sums by currency."""
    found: dict[str, int] = {}
    for currency, minor in amounts:
        found[currency] = found.get(currency, 0) + minor
    return found


def months(first: date, last: date) -> Iterator[date]:
    """Yield the first days of the months from one to another, both included."""
    one = first.replace(day=1)
    while one <= last:
        yield one
        one = month_after(one)


def month_after(month: date) -> date:
    """Return the first day of the month after that of a day."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def month_before(month: date) -> date:
    """Return the first day of the month before that of a day."""
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)


def coins(amount: Decimal, currency: str) -> int:
    """Return an amount in whole smallest coins, half up: 12.50 EUR is 1250, 12 JPY is 12."""
    return int(rounded(amount, currency).scaleb(_digits(currency)))


def amount(minor: int, currency: str) -> Decimal:
    """Return smallest coins as the amount that people write, exactly."""
    return Decimal(minor).scaleb(-_digits(currency))


def money(minor: int, currency: str) -> str:
    """Return an amount with its currency: 12.50 EUR."""
    return f"{amount(minor, currency):f} {currency}".strip()


def _digits(currency: str) -> int:
    return COINS.get(currency, 2)
