"""A running account, pure: the months together are what the ledger costs, in whole coins, whatever changes in between."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.rights.account_sheet import Paid, PieceUsed, Sheet, Teller
from dateline.rights.accounts import (
    Contract,
    Entry,
    amount,
    balances,
    coins,
    entries,
    money,
    month_after,
    month_before,
    months,
    sums,
)
from dateline.rights.accounts_words import WORDS
from dateline.rights.fees import FeeTerms, UsedPiece, fee_of_month
from dateline.rights.letters_shipped import SHIPPED

BEGINS = date(2026, 1, 1)
MONTHS = list(months(BEGINS, date(2026, 6, 1)))
DAYS = st.dates(date(2025, 12, 1), date(2026, 6, 30))
USES = st.lists(
    st.builds(UsedPiece, piece=st.sampled_from("abcdef"), words=st.integers(0, 5_000), began_on=DAYS),
    max_size=12,
)
RATES = st.decimals(Decimal("0.0001"), 500, places=4)
KINDS = st.sampled_from(["none", "piece", "word", "month"])
CURRENCIES = st.sampled_from(["EUR", "JPY", "KWD"])


def a_contract(kind="piece", unit="10", currency="EUR", key="agreement:1", **fields):
    terms = FeeTerms(kind=kind, amount=Decimal(unit), currency=currency, starts_on=BEGINS, **fields)
    return Contract(key=key, title="Letter of 2020", terms=terms)


def closed(ledgers, contracts_of=None):
    """Close one month after another, each with what the ledger said then; return every line."""
    stated = []
    for month, (contract, uses) in zip(MONTHS, ledgers, strict=False):
        contracts = [contract] if contract else []
        stated += entries(contracts, {"agreement:1": uses}, stated, begins=BEGINS, month=month)
    return stated


def said(stated):
    """The lines that say something."""
    return [line for line in stated if line.minor or line.pieces]


def costs(contract, uses, last):
    fees = [fee_of_month(contract.terms, uses, month=month) for month in months(BEGINS, last)]
    return sum(coins(fee.amount, fee.currency) for fee in fees)


@given(st.lists(USES, min_size=1, max_size=6), KINDS, RATES, CURRENCIES)
def test_the_months_together_are_what_the_ledger_costs_however_often_it_is_put_right(
    ledgers, kind, unit, currency
):
    contract = a_contract(kind, unit, currency)
    stated = closed([(contract, uses) for uses in ledgers])
    assert sum(line.minor for line in stated) == costs(contract, ledgers[-1], MONTHS[len(ledgers) - 1])


@given(
    st.lists(USES, min_size=1, max_size=6),
    st.lists(st.tuples(CURRENCIES, st.integers(-(10**6), 10**6)), max_size=6),
)
def test_what_is_carried_over_is_what_the_month_before_ended_with(ledgers, payments):
    stated, paid, end = [], [], {}
    for month, uses in zip(MONTHS, ledgers, strict=False):
        before = [(line.currency, line.minor) for line in stated] + [(name, -minor) for name, minor in paid]
        lines = entries([a_contract()], {"agreement:1": uses}, stated, begins=BEGINS, month=month)
        new = payments[len(paid) : len(paid) + 2]
        found = {one.currency: one for one in balances(before, [(x.currency, x.minor) for x in lines], new)}
        for name, one in found.items():
            assert one.carried == end.get(name, 0)
        end.update({name: one.now for name, one in found.items()})
        stated, paid = stated + lines, paid + new
    owed, gone = sums((line.currency, line.minor) for line in stated), sums(paid)
    for name in owed.keys() | gone.keys():
        assert end.get(name, 0) == owed.get(name, 0) - gone.get(name, 0)


@given(USES, RATES, RATES)
def test_new_terms_do_not_change_a_closed_month(uses, old, new):
    before = entries([a_contract("word", old)], {"agreement:1": uses}, [], begins=BEGINS, month=BEGINS)
    after = entries([a_contract("word", new)], {"agreement:1": uses}, before, begins=BEGINS, month=MONTHS[1])
    told = {line.month for line in before}
    assert not [line for line in after if line.month in told]


def test_a_piece_that_turns_out_longer_is_a_line_of_the_next_month():
    first = [UsedPiece("a", 100, date(2026, 1, 5))]
    longer = [UsedPiece("a", 130, date(2026, 1, 5)), UsedPiece("b", 10, date(2026, 2, 1))]
    contract = a_contract("word", "0.1")
    january, february = (
        entries([contract], {"agreement:1": first}, [], begins=BEGINS, month=BEGINS),
        entries(
            [contract],
            {"agreement:1": longer},
            entries([contract], {"agreement:1": first}, [], begins=BEGINS, month=BEGINS),
            begins=BEGINS,
            month=MONTHS[1],
        ),
    )
    assert [(line.month.month, line.minor, line.words) for line in january] == [(1, 1000, 100)]
    assert [(line.month.month, line.minor, line.words) for line in february] == [(2, 100, 10), (1, 300, 30)]


def test_what_came_down_again_is_paid_for_the_month_in_which_it_stood():
    stood = [UsedPiece("a", 100, date(2026, 1, 5))]
    stated = said(closed([(a_contract(), stood), (a_contract(), stood)]))
    assert [line.minor for line in stated] == [1000]


def test_a_contract_that_was_with_somebody_else_all_along_is_taken_back():
    stated = said(closed([(a_contract(), [UsedPiece("a", 1, BEGINS)]), (None, [])]))
    assert [line.minor for line in stated] == [1000, -1000]
    assert [line.pieces for line in stated] == [1, -1]


def test_a_fee_that_is_agreed_in_march_is_not_asked_for_january():
    free, paid = a_contract("none", "0", ""), a_contract("month")
    stated = said(closed([(free, []), (free, []), (paid, []), (paid, [])]))
    assert [(line.month.month, line.minor) for line in stated] == [(3, 1000), (4, 1000)]


def test_a_contract_that_is_entered_late_is_asked_for_the_months_that_it_covers():
    stated = closed([(None, []), (None, []), (a_contract("month"), [])])
    assert [(line.month.month, line.minor) for line in stated] == [(3, 1000), (2, 1000), (1, 1000)]


def test_what_was_before_the_account_began_is_not_asked_for():
    assert said(closed([(a_contract(), [UsedPiece("a", 1, date(2025, 12, 31))])])) == []


def test_a_fee_a_month_is_taken_back_for_months_after_an_end_that_was_told_late():
    ending = a_contract("month", ends_on=date(2026, 1, 31))
    stated = closed([(a_contract("month"), []), (a_contract("month"), []), (ending, [])])
    stated = said(stated)
    assert [line.minor for line in stated] == [1000, 1000, -1000]


def test_a_free_use_is_counted_and_costs_nothing():
    (line,) = closed([(a_contract("none", "0", ""), [UsedPiece("a", 40, BEGINS)])])
    assert (line.pieces, line.words, line.minor, line.currency) == (1, 40, 0, "")


@given(st.integers(-(10**15), 10**15), CURRENCIES)
def test_coins_and_amounts_are_each_other(minor, currency):
    assert coins(amount(minor, currency), currency) == minor


def test_money_is_written_with_the_digits_of_its_coins():
    assert money(1250, "EUR") == "12.50 EUR"
    assert money(-5, "EUR") == "-0.05 EUR"
    assert money(12, "JPY") == "12 JPY"
    assert money(1001, "KWD") == "1.001 KWD"


def test_months_follow_each_other_over_the_year():
    assert month_after(date(2025, 12, 31)) == BEGINS
    assert month_before(BEGINS) == date(2025, 12, 1)
    assert list(months(date(2026, 1, 9), date(2026, 3, 1))) == MONTHS[:3]


# How it is told


def a_piece(**fields):
    return PieceUsed(
        **{
            "headline": "The ferry sails",
            "original": "Le bac reprend",
            "address": "https://digest.example/en/2026/03/14/ferry/",
            "use": "translation",
            "language": "en",
            "words": 410,
            "began": date(2026, 3, 2),
            "ended": None,
            "views": None,
            "is_new": True,
            **fields,
        }
    )


def a_sheet(**fields):
    line = Entry(
        key="agreement:1",
        title="Letter of 2020",
        month=date(2026, 3, 1),
        kind="word",
        unit=Decimal("0.1200"),
        currency="EUR",
        pieces=1,
        words=410,
        minor=4920,
    )
    wrong = replace(line, month=date(2026, 2, 1), pieces=-1, words=-100, minor=-1200)
    paid = Paid(on=date(2026, 3, 12), reference="SEPA 12", currency="EUR", minor=10_000)
    return Sheet(
        **{
            "month": date(2026, 3, 1),
            "pieces": [a_piece(), a_piece(headline="Gone", is_new=False, ended=date(2026, 3, 9), views=12)],
            "standing": 7,
            "lines": [line, wrong],
            "paid": [paid],
            "balances": balances([("EUR", 10_000)], [("EUR", 3_720)], [("EUR", 10_000)]),
            **fields,
        }
    )


def test_a_statement_says_all_of_it_in_plain_words():
    text = Teller("en", str).text(a_sheet())
    for said in (
        "Pieces: 1\nWords: 410\nLanguages: en\nUses: translation",
        "- The ferry sails (Le bac reprend)\n  https://digest.example/en/2026/03/14/ferry/",
        "- No longer on our site: Gone",
        "until 2026-03-09; Views: 12",
        "Pieces from earlier months still on our site: 7",
        "Letter of 2020: 0.12 EUR for each word; Pieces: 1, Words: 410; 49.20 EUR",
        "Correction for 2026-02: Letter of 2020: 0.12 EUR for each word; Pieces: -1, Words: -100; -12.00 EUR",
        "Carried over: 100.00 EUR\nThis month: 37.20 EUR\nPaid 2026-03-12 (SEPA 12): 100.00 EUR\nBalance: 37.20 EUR",
    ):
        assert said in text


def test_an_account_without_a_fee_says_so():
    text = Teller("de", str).text(a_sheet(lines=[], paid=[], balances=[]))
    assert "Ein Honorar ist nicht vereinbart." in text


def test_a_month_without_anything_is_empty_and_one_with_a_debt_is_not():
    nothing = {"pieces": [], "lines": [], "paid": [], "balances": []}
    assert a_sheet(**nothing).is_empty
    assert not a_sheet(**{**nothing, "balances": balances([("EUR", 1)], [], [])}).is_empty


@pytest.mark.parametrize("language", WORDS)
def test_the_table_has_a_cell_under_each_head(language):
    teller = Teller(language, str)
    rows = teller.rows(a_sheet())
    assert {len(row) for row in rows} == {len(teller.head())}
    assert rows[-1][-2:] == (Decimal("37.20"), "EUR")


def test_the_amounts_of_a_table_add_up_to_its_balance():
    rows = Teller("en", str).rows(a_sheet())
    told = [row[-2] for row in rows if row[-2] is not None]
    assert sum(told[:-1]) == told[-1]


def test_a_piece_is_kept_as_it_was_told():
    for piece in a_sheet().pieces:
        assert PieceUsed.read(piece.kept()) == piece


def test_every_language_has_every_word_of_a_statement():
    assert {frozenset(words) for words in WORDS.values()} == {frozenset(WORDS["en"])}
    assert WORDS.keys() == SHIPPED.keys()
