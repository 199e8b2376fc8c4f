"""Running accounts on the desk: who there is, each month of each, what was paid, and the statements that go out."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.paginator import WagtailPaginator

from dateline.desk.actions import accounts as desk
from dateline.desk.queries.account_list import standings
from dateline.desk.queries.accounts import account_of_translator, addressee, facts_of, this_month
from dateline.desk.views.accounts_forms import AccountForm, PaymentForm, RateForm, month_of
from dateline.desk.views.page import UNFIT, shown, user_of
from dateline.rights import actions
from dateline.rights.account_sheet import Sheet
from dateline.rights.accounts import money, month_before, months
from dateline.rights.actions import accounts as verbs
from dateline.rights.models import Account, Statement

VIEW: Final = "rights.view_account"
KEEP: Final = "rights.change_account"
PAGE: Final = 50
# Months that are shown on the page of an account.
SHOWN: Final = 36
TROUBLE: Final = (
    verbs.MonthNotOver,
    verbs.MonthsInOrder,
    verbs.MonthIsClosed,
    verbs.NotWholeCoins,
    actions.NoMail,
    actions.NoAddress,
    actions.AlreadyGone,
)


@permission_required(VIEW)
@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """List every account with what is owed, those with something to do first."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in Account.Kind.values else ""
    found = Account.objects.filter(kind=kind) if kind else Account.objects.all()
    paginator = WagtailPaginator(found, per_page=PAGE)
    page = paginator.get_page(request.GET.get("p"))
    last = month_before(this_month(timezone.now()))
    return shown(
        request,
        "desk/accounts.html",
        title=_("Accounts"),
        icon="table",
        trail=[],
        page=page,
        rows=standings(page.object_list, last=last),
        elided_page_range=paginator.get_elided_page_range(page.number),
        kinds=[("", _("everybody")), *Account.Kind.choices],
        kind=kind,
        last=last,
        may_keep=request.user.has_perm(KEEP),
        is_set_up=actions.mail_is_set_up(),
    )


@permission_required(KEEP)
@require_POST
def open_new(request: HttpRequest) -> HttpResponse:
    """Open an account with everybody who has none, and close what is over."""
    new = desk.open_accounts(now=timezone.now())
    desk.look_over(now=timezone.now())
    messages.success(request, _("Accounts opened: %d.") % new)
    return redirect("newsroom:accounts")


@permission_required(KEEP)
@require_POST
def send_all(request: HttpRequest) -> HttpResponse:
    """Send the statements of last month that have not gone, to everybody who can be reached and has something in it."""
    last = month_before(this_month(timezone.now()))
    waiting = Statement.objects.filter(month=last, letter=None).select_related("account")
    sent = sum(_sent(statement, request) for statement in waiting)
    messages.success(request, _("Statements on their way: %d.") % sent)
    return redirect("newsroom:accounts")


@permission_required(VIEW)
@require_GET
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one account: its months, its payments, how its statements go."""
    return _account_page(request, get_object_or_404(Account, pk=pk))


@permission_required(KEEP)
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how an account's statements go."""
    held = get_object_or_404(Account, pk=pk)
    form = AccountForm(request.POST, instance=get_object_or_404(Account, pk=pk))
    if not form.is_valid():
        return _account_page(request, held, how=form, status=UNFIT)
    return _done(
        request,
        held,
        lambda: verbs.change_account(
            account=held, by=user_of(request), now=timezone.now(), **form.cleaned_data
        ),
        told=_("Kept."),
    )


@permission_required(KEEP)
@require_POST
def pay(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a payment."""
    held, form = get_object_or_404(Account, pk=pk), PaymentForm(request.POST, prefix="paid")
    if not form.is_valid():
        return _account_page(request, held, payment=form, status=UNFIT)
    return _done(
        request,
        held,
        lambda: verbs.note_payment(
            account=held, by=user_of(request), now=timezone.now(), **form.cleaned_data
        ),
        told=_("The payment is noted."),
    )


@permission_required(KEEP)
@require_POST
def rate(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what a translator is paid from a month on."""
    held = get_object_or_404(Account, pk=pk, kind=Account.Kind.TRANSLATOR)
    form = RateForm(request.POST, prefix="rate")
    if not form.is_valid():
        return _account_page(request, held, rate=form, status=UNFIT)
    return _done(
        request,
        held,
        lambda: verbs.write_rate(account=held, by=user_of(request), now=timezone.now(), **form.cleaned_data),
        told=_("The rate is written."),
    )


@permission_required(VIEW)
@require_GET
def month(request: HttpRequest, pk: int, month: str) -> HttpResponse:
    """Show one month of an account, closed or as it stands until now."""
    held, day = _account_and_month(pk, month)
    statement = held.statements.filter(month=day).select_related("letter").first()
    to = addressee(held)
    return shown(
        request,
        "desk/account_month.html",
        title=f"{held.name}: {_named(day)}",
        label=_named(day),
        icon="table",
        trail=[
            (_("Accounts"), reverse("newsroom:accounts")),
            (held.name, reverse("newsroom:account", args=[pk])),
        ],
        account=held,
        month=month,
        statement=statement,
        to=held.email or to.email,
        letter=verbs.letter_text(statement, to=to) if statement else None,
        is_over=day < this_month(timezone.now()),
        is_set_up=actions.mail_is_set_up(),
        may_keep=request.user.has_perm(KEEP),
        **_told(_sheet(held, day, statement)),
    )


@permission_required(VIEW)
@require_GET
def month_file(_request: HttpRequest, pk: int, month: str) -> HttpResponse:
    """Hand out one month of an account as CSV."""
    held, day = _account_and_month(pk, month)
    return _file(held, day)


@permission_required(KEEP)
@require_POST
def close(request: HttpRequest, pk: int, month: str) -> HttpResponse:
    """Close a month now."""
    held, day = _account_and_month(pk, month)
    return _done(
        request,
        held,
        lambda: desk.close_by_hand(account=held, month=day, by=user_of(request), now=timezone.now()),
        told=_("The month is closed."),
        month=month,
    )


@permission_required(KEEP)
@require_POST
def send(request: HttpRequest, pk: int, month: str) -> HttpResponse:
    """Send a closed month, or note that somebody sent it by hand."""
    held, day = _account_and_month(pk, month)
    statement = get_object_or_404(Statement, account=held, month=day)
    is_by_hand = "by-hand" in request.POST
    verb = verbs.statement_by_hand if is_by_hand else verbs.send_statement
    return _done(
        request,
        held,
        lambda: verb(statement=statement, to=addressee(held), by=user_of(request), now=timezone.now()),
        told=_("Noted as sent.") if is_by_hand else _("The statement is on its way."),
        month=month,
    )


@never_cache
@permission_required("translation.change_job")
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show translators their own account: nobody else's, and nothing of the desk."""
    held = account_of_translator(user_of(request).pk)
    now = this_month(timezone.now())
    asked = month_of(request.GET.get("month", "")) or now
    if held is not None and not held.begins_on <= asked <= now:
        raise Http404(_("The account does not reach that month."))
    statement = held.statements.filter(month=asked).first() if held else None
    return shown(
        request,
        "desk/my_account.html",
        title=_("My account"),
        icon="table",
        trail=[],
        account=held,
        asked=asked,
        statement=statement,
        months=_months(held) if held else [],
        **(_told(_sheet(held, asked, statement)) if held else {}),
    )


@never_cache
@permission_required("translation.change_job")
@require_GET
def my_file(request: HttpRequest, month: str) -> HttpResponse:
    """Hand out a month of one's own account as CSV."""
    held, day = account_of_translator(user_of(request).pk), month_of(month)
    if held is None or day is None or not held.begins_on <= day <= this_month(timezone.now()):
        raise Http404(_("There is no such month."))
    return _file(held, day)


def _sheet(held: Account, day: date, statement: Statement | None) -> Sheet:
    if statement:
        return verbs.sheet_as_closed(statement)
    return verbs.sheet_of(held, month=day, facts=facts_of(held, month=day))


def _told(sheet: Sheet) -> dict[str, Any]:
    """Return a sheet as a page shows it: amounts as people write them."""
    return {
        "sheet": sheet,
        "fees": [(line, money(line.minor, line.currency)) for line in sheet.fees],
        "paid": [(one, money(one.minor, one.currency)) for one in sheet.paid],
        "balances": [
            (
                one.currency,
                *(money(minor, one.currency) for minor in (one.carried, one.added, one.paid, one.now)),
            )
            for one in sheet.balances
        ],
    }


def _account_page(request: HttpRequest, held: Account, *, status: int = 200, **forms: Any) -> HttpResponse:
    is_translator = held.kind == Account.Kind.TRANSLATOR
    to = addressee(held)
    payments = [
        (one, money(one.minor, one.currency)) for one in held.payments.select_related("statement", "by")
    ]
    return shown(
        request,
        "desk/account.html",
        title=held.name,
        icon="table",
        trail=[(_("Accounts"), reverse("newsroom:accounts"))],
        account=held,
        to=held.email or to.email,
        months=_months(held),
        balances=_balances(held),
        payments=payments[::-1],
        rates=list(held.rates.order_by("-starts_on")) if is_translator else [],
        is_translator=is_translator,
        may_keep=request.user.has_perm(KEEP),
        how=forms.get("how") or AccountForm(instance=held),
        payment=forms.get("payment")
        or PaymentForm(prefix="paid", initial={"paid_on": timezone.localdate(), "currency": _currency(held)}),
        rate=forms.get("rate") or RateForm(prefix="rate", initial={"starts_on": verbs.next_month(held)}),
        status=status,
    )


def _balances(held: Account) -> list[str]:
    (standing,) = standings([held], last=month_before(this_month(timezone.now())))
    return list(standing.balances)


def _currency(held: Account) -> str:
    last = held.payments.order_by("-pk").first()
    if last:
        return str(last.currency)
    (standing,) = standings([held], last=month_before(this_month(timezone.now())))
    return standing.balances[0].split()[-1] if standing.balances else ""


def _months(held: Account) -> list[tuple[str, str, Statement | None]]:
    """Return the months of an account, the newest first: as an address names it, as people do, and its statement."""
    closed = {one.month: one for one in held.statements.select_related("letter")}
    days = list(months(held.begins_on, this_month(timezone.now())))[::-1][:SHOWN]
    return [(f"{day:%Y-%m}", _named(day), closed.get(day)) for day in days]


def _named(day: date) -> str:
    return date_format(day, "YEAR_MONTH_FORMAT")


def _account_and_month(pk: int, month: str) -> tuple[Account, date]:
    held, day = get_object_or_404(Account, pk=pk), month_of(month)
    if day is None or not held.begins_on <= day <= this_month(timezone.now()):
        raise Http404(_("The account does not reach that month."))
    return held, day


def _file(held: Account, day: date) -> HttpResponse:
    statement = held.statements.filter(month=day).first()
    content = verbs.table_of(_sheet(held, day, statement), language=get_language() or "en")
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="account-{held.pk}-{day:%Y-%m}.csv"'},
    )


def _sent(statement: Statement, request: HttpRequest) -> bool:
    if verbs.sheet_as_closed(statement).is_empty:
        return False
    try:
        verbs.send_statement(
            statement=statement, to=addressee(statement.account), by=user_of(request), now=timezone.now()
        )
    except (actions.NoAddress, actions.NoMail):
        return False
    return True


def _done(
    request: HttpRequest, held: Account, verb: Callable[[], object], *, told: str, month: str = ""
) -> HttpResponse:
    try:
        verb()
        messages.success(request, told)
    except TROUBLE as error:
        messages.error(request, str(error))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    if month:
        return redirect("newsroom:account-month", held.pk, month)
    return redirect("newsroom:account", held.pk)
