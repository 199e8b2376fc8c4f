"""What a month of uses costs under one agreement.

Pure. A piece is paid for once, in the month in which it first came out under the agreement, with the words that it had
then; coming back later costs nothing more. A fee a month is owed whole for each month in which the agreement is
in force on one day at least, whatever is used. Amounts are added exactly, and rounded once, at the end, half up
to the smallest coin of the currency. Source of the coins: ISO 4217.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

# Digits after the point; every other currency has two.
COINS: Final = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND"), 0),
    **dict.fromkeys(("VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}


@dataclass(frozen=True, kw_only=True)
class FeeTerms:
    """What an agreement costs. kind: none, piece, word or month. ends_on: the last day, that of a revocation too."""

    kind: str
    amount: Decimal
    currency: str
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True)
class UsedPiece:
    """A line of the ledger: which piece began to stand on which day of the publication's zone, with how many words."""

    piece: str
    words: int
    began_on: date


@dataclass(frozen=True)
class Fee:
    """What a month costs: the pieces that it counts, their words together, and the amount, rounded."""

    pieces: int
    words: int
    amount: Decimal
    currency: str


def fee_of_month(terms: FeeTerms, uses: Iterable[UsedPiece], *, month: date) -> Fee:
    """Return what the month of that day costs. uses: all lines under the agreement, in any order."""
    firsts = [use for use in first_uses(uses) if _is_same_month(use.began_on, month)]
    words = sum(use.words for use in firsts)
    counted = {"piece": len(firsts), "word": words, "month": int(is_in_force(terms, month))}
    exact = terms.amount * counted.get(terms.kind, 0)
    return Fee(len(firsts), words, rounded(exact, terms.currency), terms.currency)


def first_uses(uses: Iterable[UsedPiece]) -> list[UsedPiece]:
    """Return the first line of each piece; of two on one day the longer."""
    firsts: dict[str, UsedPiece] = {}
    for use in sorted(uses, key=lambda one: (one.began_on, -one.words)):
        firsts.setdefault(use.piece, use)
    return list(firsts.values())


def by_currency(fees: Iterable[Fee]) -> dict[str, Decimal]:
    """Return the sums by currency; rounded amounts are added, so that the sum is that of the lines shown."""
    sums: dict[str, Decimal] = {}
    for fee in fees:
        if fee.amount:
            sums[fee.currency] = sums.get(fee.currency, Decimal(0)) + fee.amount
    return dict(sorted(sums.items()))


def rounded(amount: Decimal, currency: str) -> Decimal:
    """Return an amount in whole smallest coins, half up."""
    digits = COINS.get(currency, 2)
    return amount.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def _is_same_month(day: date, other: date) -> bool:
    return (day.year, day.month) == (other.year, other.month)


def is_in_force(terms: FeeTerms, month: date) -> bool:
    """Return whether something holds on one day at least of the month of a day."""
    first = month.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return terms.starts_on <= last and (terms.ends_on is None or terms.ends_on >= first)
