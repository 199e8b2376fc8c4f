"""Keeping running accounts: open one, write a rate, note a payment, close a month, send its statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from dateline.lib.crash import crash_point
from dateline.lib.formats import sheet as tables
from dateline.lib.text import cut, one_line
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.rights.account_sheet import Paid, PieceUsed, Sheet, Teller
from dateline.rights.accounts import Contract, Entry, balances, coins, entries, money, month_after
from dateline.rights.accounts_words import WORDS
from dateline.rights.actions.asking import name_in
from dateline.rights.actions.mailing import note_by_hand, post, wording, write
from dateline.rights.fees import UsedPiece, rounded
from dateline.rights.letters import ACCOUNT, filled
from dateline.rights.models import Account, Letter, Line, Payment, Rate, Statement
from dateline.site.queries import identity, zone


class MonthNotOver(ValueError):
    """A month is closed when it is over."""


class MonthsInOrder(ValueError):
    """An earlier month is closed before a later one. `month` is the one whose turn it is."""

    def __init__(self, month: date) -> None:
        self.month = month
        super().__init__(_("Close %s first: months are closed in their order.") % f"{month:%Y-%m}")


class MonthIsClosed(ValueError):
    """What is written for a closed month would change it."""


class NotWholeCoins(ValueError):
    """An amount has more digits than the currency has coins."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the books say of a party: its contracts, the ledger by contract, and the pieces of one month."""

    contracts: Sequence[Contract]
    uses: Mapping[str, Sequence[UsedPiece]]
    pieces: Sequence[PieceUsed]
    standing: int


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """Whom a statement goes to, where the account does not say otherwise. language: BCP 47 or empty."""

    email: str
    name: str
    language: str


def next_month(account: Account) -> date:
    """Return the first day of the month that is closed next."""
    last = account.statements.order_by("-month").first()
    return month_after(last.month) if last else account.begins_on


def sheet_of(account: Account, *, month: date, facts: Facts) -> Sheet:
    """Return a month that is not closed as it stands now; payments that are not in a statement are in it."""
    stated = _stated(account)
    lines = entries(facts.contracts, facts.uses, stated, begins=account.begins_on, month=month)
    paid = [_paid(one) for one in account.payments.filter(statement=None)]
    return Sheet(
        month=month,
        pieces=facts.pieces,
        standing=facts.standing,
        lines=lines,
        paid=paid,
        balances=balances(
            _before(account, month),
            [(line.currency, line.minor) for line in lines],
            [(one.currency, one.minor) for one in paid],
        ),
    )


def sheet_as_closed(statement: Statement) -> Sheet:
    """Return a closed month as it was stated."""
    lines = [_entry(line) for line in statement.lines.all()]
    paid = [_paid(one) for one in statement.payments.all()]
    return Sheet(
        month=statement.month,
        pieces=[PieceUsed.read(kept) for kept in statement.pieces],
        standing=statement.standing,
        lines=lines,
        paid=paid,
        balances=balances(
            _before(statement.account, statement.month),
            [(line.currency, line.minor) for line in lines],
            [(one.currency, one.minor) for one in paid],
        ),
    )


@transaction.atomic
def open_account(*, kind: str, key: str, name: str, begins_on: date, now: datetime) -> Account:
    """Return the account of a party, opened where there is none. A party that is called otherwise now is renamed."""
    name = cut(one_line(name), 200)
    account, is_new = Account.objects.select_for_update().get_or_create(
        kind=kind, key=key, defaults={"name": name, "begins_on": begins_on.replace(day=1)}
    )
    if is_new:
        write_down(verb="open-account", subject=account, by=None, now=now, summary=str(account))
    elif account.name != name:
        account.name = name
        account.save(update_fields=["name"])
    return account


@transaction.atomic
def change_account(
    *, account: Account, email: str, language: str, sends_itself: bool, by: User | None, now: datetime
) -> Account:
    """Say where statements go, in which language, and whether by themselves. Raises ValidationError."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    before = _how(account)
    account.email, account.language, account.sends_itself = email, language, sends_itself
    account.full_clean()
    account.save()
    write_down(
        verb="change-account",
        subject=account,
        by=by,
        now=now,
        summary=str(account),
        before=before,
        after=_how(account),
    )
    return account


@transaction.atomic
def write_rate(
    *,
    account: Account,
    fee_kind: str,
    amount: Decimal,
    currency: str,
    starts_on: date,
    by: User | None,
    now: datetime,
) -> Rate:
    """Write what a translator is paid from a month on. Raises MonthIsClosed, ValidationError."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    first = starts_on.replace(day=1)
    if first < next_month(account) and account.statements.exists():
        raise MonthIsClosed(_("%s is closed: a rate begins with a month that is open.") % f"{first:%Y-%m}")
    currency = "" if fee_kind == "none" else currency.upper()
    rate = Rate(account=account, fee_kind=fee_kind, amount=amount, currency=currency, starts_on=first, by=by)
    rate.full_clean()
    rate.save()
    write_down(
        verb="write-rate",
        subject=account,
        by=by,
        now=now,
        summary=f"{account.name}: {rate}",
        after={"rate": str(rate), "from": first},
    )
    return rate


@transaction.atomic
def note_payment(
    *,
    account: Account,
    amount: Decimal,
    currency: str,
    paid_on: date,
    reference: str,
    by: User | None,
    now: datetime,
) -> Payment:
    """Note what was paid; less than nothing takes a wrong note back, or carries a debt over from other books.

    Raises NotWholeCoins, ValidationError.
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    currency = currency.upper()
    if rounded(amount, currency) != amount:
        raise NotWholeCoins(
            _("%(amount)s %(currency)s is not in whole coins.") % {"amount": amount, "currency": currency}
        )
    payment = Payment(
        account=account,
        currency=currency,
        minor=coins(amount, currency),
        paid_on=paid_on,
        reference=one_line(reference),
        by=by,
        at=now,
    )
    payment.full_clean()
    payment.save()
    told = {"amount": money(payment.minor, currency), "on": paid_on, "reference": payment.reference}
    write_down(verb="note-payment", subject=account, by=by, now=now, summary=account.name, after=told)
    return payment


@transaction.atomic
def close_month(*, account: Account, month: date, facts: Facts, by: User | None, now: datetime) -> Statement:
    """Close a month: its pieces, lines and payments stand from now on. One that is closed is returned as it is.

    Raises MonthNotOver, MonthsInOrder.
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    month = month.replace(day=1)
    if known := account.statements.filter(month=month).first():
        return known
    _may_close(account, month, now=now)
    sheet = sheet_of(account, month=month, facts=facts)
    statement = Statement(
        account=account,
        month=month,
        pieces=[piece.kept() for piece in sheet.pieces],
        standing=sheet.standing,
        closed_at=now,
        by=by,
    )
    statement.full_clean(exclude=["pieces"])
    statement.save()
    Line.objects.bulk_create(_line(statement, entry) for entry in sheet.lines)
    account.payments.filter(statement=None).update(statement=statement)
    crash_point("rights.month-closed")
    told = {one.currency: money(one.now, one.currency) for one in sheet.balances}
    write_down(
        verb="close-month", subject=account, by=by, now=now, summary=str(statement), after={"balance": told}
    )
    return statement


@transaction.atomic
def send_statement(*, statement: Statement, to: Addressee, by: User | None, now: datetime) -> Statement:
    """Send a closed month; again where its letter did not go. Raises NoMail, NoAddress, AlreadyGone."""
    statement = _locked(statement)
    if statement.letter is None:
        statement.letter = _letter(statement, to=to, by=by)
        statement.save(update_fields=["letter"])
    elif not statement.letter.is_gone:  # it goes under its own name still, so that nobody gets two
        statement.letter.to = statement.account.email or to.email
        statement.letter.save(update_fields=["to"])
    post(letter=statement.letter)
    write_down(verb="send-statement", subject=statement.account, by=by, now=now, summary=str(statement))
    return statement


@transaction.atomic
def statement_by_hand(*, statement: Statement, to: Addressee, by: User | None, now: datetime) -> Statement:
    """Note that somebody sent it from a mailbox of their own. Raises AlreadyGone."""
    statement = _locked(statement)
    if statement.letter is None:
        statement.letter = _letter(statement, to=to, by=by)
        statement.save(update_fields=["letter"])
    note_by_hand(letter=statement.letter, now=now)
    write_down(verb="send-statement", subject=statement.account, by=by, now=now, summary=str(statement))
    return statement


def letter_text(statement: Statement, *, to: Addressee) -> tuple[str, str]:
    """Return subject and body of a statement's letter as they would be written now, to be copied."""
    subject, body, tag = wording(ACCOUNT, _language(statement, to))
    values = _values(statement, to=to, by=statement.by, tag=tag)
    return filled(subject, values), filled(body, values)


def table_of(sheet: Sheet, *, language: str) -> str:
    """Return a month as CSV in a language."""
    with override(language):
        teller = Teller(language, name_in)
        return "".join(tables.lines([str(name) for name in teller.head()], teller.rows(sheet)))


def _may_close(account: Account, month: date, *, now: datetime) -> None:
    today = now.astimezone(zone(identity())).date()
    if month_after(month) > today:
        raise MonthNotOver(_("%s is not over yet.") % f"{month:%Y-%m}")
    if (due := next_month(account)) != month:
        raise MonthsInOrder(due)


def _letter(statement: Statement, *, to: Addressee, by: User | None) -> Letter:
    language = _language(statement, to)
    tag = wording(ACCOUNT, language)[2]
    table = table_of(sheet_as_closed(statement), language=tag)
    return write(
        kind=ACCOUNT,
        language=language,
        to=statement.account.email or to.email,
        values=_values(statement, to=to, by=by, tag=tag),
        by=by,
        attached=(f"statement-{statement.month:%Y-%m}.csv", table),
    )


def _values(statement: Statement, *, to: Addressee, by: User | None, tag: str) -> dict[str, str]:
    publication = identity()
    said = WORDS.get(tag, WORDS["en"])
    with override(tag):
        month = date_format(statement.month, "YEAR_MONTH_FORMAT")
        figures = Teller(tag, name_in).text(sheet_as_closed(statement))
    return {
        "site": publication.name,
        "site_address": settings.DATELINE_URL,
        "party": statement.account.name,
        "contact": one_line(to.name) or said["you"],
        "sender": str(by or publication.name),
        "month": month,
        "figures": figures,
    }


def _language(statement: Statement, to: Addressee) -> str:
    return statement.account.language or to.language or settings.LANGUAGE_CODE


def _locked(statement: Statement) -> Statement:
    return (
        Statement.objects.select_for_update(of=("self",))
        .select_related("account", "letter")
        .get(pk=statement.pk)
    )


def _how(account: Account) -> dict[str, object]:
    return {"email": account.email, "language": account.language, "sends_itself": account.sends_itself}


def _stated(account: Account) -> list[Entry]:
    return [_entry(line) for line in Line.objects.filter(statement__account=account)]


def _before(account: Account, month: date) -> list[tuple[str, int]]:
    lines = Line.objects.filter(statement__account=account, statement__month__lt=month)
    paid = account.payments.filter(statement__month__lt=month)
    return [
        *lines.values_list("currency", "minor"),
        *((currency, -minor) for currency, minor in paid.values_list("currency", "minor")),
    ]


def _entry(line: Line) -> Entry:
    return Entry(
        key=line.contract,
        title=line.title,
        month=line.month,
        kind=line.fee_kind,
        unit=line.fee_amount,
        currency=line.currency,
        pieces=line.pieces,
        words=line.words,
        minor=line.minor,
    )


def _line(statement: Statement, entry: Entry) -> Line:
    return Line(
        statement=statement,
        contract=entry.key,
        title=cut(one_line(entry.title), 300),
        month=entry.month,
        fee_kind=entry.kind,
        fee_amount=entry.unit,
        currency=entry.currency,
        pieces=entry.pieces,
        words=entry.words,
        minor=entry.minor,
    )


def _paid(payment: Payment) -> Paid:
    return Paid(
        on=payment.paid_on, reference=payment.reference, currency=payment.currency, minor=payment.minor
    )
