"""Where readers sign up for letters, confirm them, change them and stop them: without account, script or cookie.

What an address in a mail leads to shows a button and does nothing by itself: programs that look at mails before people
do open every link in them. Only the one-click request of RFC 8058 acts at once, and it is a POST.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dateline.audience.dressing import dressed
from dateline.editions import letter_states as states
from dateline.editions import tokens
from dateline.editions.actions import readers
from dateline.editions.actions.lists import erase_reader
from dateline.editions.actions.notices import DATA
from dateline.editions.consent import CURRENT, TEXTS
from dateline.editions.forms import OwnForm, PauseForm, SignUpForm
from dateline.editions.models import Letter, Subscription
from dateline.editions.networks import network_of
from dateline.editions.queries.keeping_time import today
from dateline.editions.queries.readers import (
    NotOnOffer,
    is_ours,
    letter_on_offer,
    letters_on_offer,
    subscription_by,
    token_of,
)
from dateline.editions.reader_address import NotAnAddress, masked
from dateline.site.queries import identity, languages, own_name
from dateline.work.actions import enqueue_by_name

UNFIT: Final = 422
AN_HOUR: Final = 3600
READS: Final = ["GET", "HEAD", "POST"]


@csrf_exempt
@require_http_methods(READS)
def sign_up(request: HttpRequest) -> HttpResponse:
    """Show the form for a letter, or take a sign-up in. The answer is the same whoever the address is."""
    if request.method == "POST":
        return _signed_up(request)
    told = "asked" if "asked" in request.GET else ""
    answer = _sign_up_page(request, _sign_up_form(request), told=told)
    answer["Cache-Control"] = "public, max-age=300"
    return answer


def _signed_up(request: HttpRequest) -> HttpResponse:
    if _is_from_elsewhere(request):
        return _sign_up_page(request, _sign_up_form(request), told="elsewhere", status=403)
    if request.POST.get("website"):
        return _asked(request)  # a machine is told nothing
    with override(_language(request)):
        form = _sign_up_form(request, is_bound=True)
        if not form.is_valid():
            return _sign_up_page(request, form, told="unfit", status=UNFIT)
        return _taken(request, form)


def _taken(request: HttpRequest, form: SignUpForm) -> HttpResponse:
    wanted = form.cleaned_data["language"] or _language(request)
    try:
        readers.ask(
            email=form.cleaned_data["email"],
            letter=letter_on_offer(wanted),
            hour=form.cleaned_data["hour"],
            zone=form.cleaned_data["zone"],
            network=network_of(request.META.get("REMOTE_ADDR", "")),
            now=timezone.now(),
        )
    except readers.TooManyRequests:
        answer = _sign_up_page(request, form, told="busy", status=429)
        answer["Retry-After"] = str(AN_HOUR)
        return answer
    except (NotAnAddress, NotOnOffer) as refusal:
        form.add_error("email", str(refusal))
        return _sign_up_page(request, form, told="unfit", status=UNFIT)
    return _asked(request)


def _asked(request: HttpRequest) -> HttpResponse:
    return _see_other(f"{request.path}?{urlencode({'in': _language(request), 'asked': '1'})}")


def _sign_up_form(request: HttpRequest, *, is_bound: bool = False) -> SignUpForm:
    code = _language(request)
    offered = _offered(letters_on_offer())
    if is_bound:
        return SignUpForm(request.POST, languages=offered)
    letter = next(iter(letters_on_offer(code)), None)
    hour = "" if letter is None or letter.hour is None else str(letter.hour)
    told = {"language": code, "hour": hour, "zone": identity().time_zone}
    return SignUpForm(initial=told, languages=offered)


def _sign_up_page(request: HttpRequest, form: SignUpForm, *, told: str, status: int = 200) -> HttpResponse:
    code = _language(request)
    with override(code):
        letter = next(iter(letters_on_offer(code)), None) or next(iter(letters_on_offer()), None)
        shows = {
            "form": form,
            "told": told,
            "language": code,
            "action": request.path,
            "letter": letter.shown_name if letter else "",
            "promise": letter.member.promise if letter else "",
            "consent": TEXTS[CURRENT],
        }
        return _page(request, "letters", _("The letter"), shows, language=code, status=status)


@csrf_exempt
@require_http_methods(READS)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show the button that confirms a letter, or take the yes."""
    row = subscription_by(tokens.CONFIRM, token)
    if row is None:
        return _unknown(request)
    if request.method != "POST":
        return _own_page(request, row, "confirm")
    try:
        readers.confirm(subscription=row, now=timezone.now())
    except readers.TooLate:
        return _own_page(request, row, "too-late", status=410)
    return _see_other(f"{_manage_address(row)}?told=confirmed")


@csrf_exempt
@require_http_methods(READS)
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Show the button that stops a letter, or stop it: by the button, or by the one click of a mail program."""
    row = subscription_by(tokens.STOP, token)
    is_one_click = request.POST.get("List-Unsubscribe") == "One-Click"
    if row is None:
        if request.method == "POST" and is_ours(tokens.STOP, token):
            return _done_at_once()  # erased, or ended long ago: there is nothing left to stop
        return _unknown(request)
    if request.method != "POST":
        return _own_page(request, row, "stop" if row.state not in _OVER else "stopped")
    readers.end(subscription=row, now=timezone.now())
    return _done_at_once() if is_one_click else _own_page(request, row, "stopped")


_OVER: Final = frozenset({states.ENDED, states.REFUSED})


def _done_at_once() -> HttpResponse:
    answer = HttpResponse("OK\n", content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    return answer


@csrf_exempt
@require_http_methods(READS)
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a reader may change of a letter, or do it."""
    row = subscription_by(tokens.MANAGE, token)
    if row is None:
        return _unknown(request)
    if request.method != "POST":
        told = request.GET.get("told", "")
        return _own_page(request, row, "manage", told=told if told in _TOLD else "")
    do = _DEEDS.get(request.POST.get("do", ""))
    return do(request, row) if do else _own_page(request, row, "manage", status=UNFIT)


_TOLD: Final = frozenset({"confirmed", "changed", "paused", "resumed", "data", "elsewhere"})


def _change(request: HttpRequest, row: Subscription) -> HttpResponse:
    with override(row.letter.language):
        form = OwnForm(request.POST, languages=_offered(_kin(row)))
        if not form.is_valid():
            return _own_page(request, row, "manage", form=form, status=UNFIT)
    told = form.cleaned_data
    try:
        row = readers.change(
            subscription=row, hour=told["hour"], zone=told["zone"], language=told["language"]
        )
    except (readers.Elsewhere, ValidationError):
        return _own_page(request, row, "manage", form=form, status=UNFIT)
    return _told(row, "changed")


def _pause(request: HttpRequest, row: Subscription) -> HttpResponse:
    form = PauseForm(request.POST)
    if row.state not in {states.CONFIRMED, states.PAUSED} or not form.is_valid():
        return _own_page(request, row, "manage", status=UNFIT)
    days = form.cleaned_data["days"]
    until = today(timezone.now()) + timedelta(days=int(days)) if days else None
    return _told(readers.pause(subscription=row, until=until), "paused")


def _resume(_request: HttpRequest, row: Subscription) -> HttpResponse:
    return _told(readers.resume(subscription=row), "resumed")


def _stop_here(request: HttpRequest, row: Subscription) -> HttpResponse:
    return _own_page(request, readers.end(subscription=row, now=timezone.now()), "stopped")


def _send_data(_request: HttpRequest, row: Subscription) -> HttpResponse:
    """Send what we keep to the address itself: whoever was passed a letter does not see it."""
    if readers.times(f"data:{row.reader}", now=timezone.now()) <= readers.MOST_NOTICES:
        enqueue_by_name("editions.send_notice", uid=str(row.uid), what=DATA)
    return _told(row, "data")


def _erase(request: HttpRequest, row: Subscription) -> HttpResponse:
    if "sure" not in request.POST:
        return _own_page(request, row, "erase")
    erase_reader(reader=row.reader, by=None, now=timezone.now())
    return _own_page(request, row, "erased")


_DEEDS: Final[dict[str, Callable[[HttpRequest, Subscription], HttpResponse]]] = {
    "change": _change,
    "pause": _pause,
    "resume": _resume,
    "stop": _stop_here,
    "data": _send_data,
    "erase": _erase,
}


def _told(row: Subscription, what: str) -> HttpResponse:
    return _see_other(f"{_manage_address(row)}?told={what}")


def _manage_address(row: Subscription) -> str:
    return reverse("letters-manage", args=[token_of(tokens.MANAGE, row)])


def _own_page(
    request: HttpRequest,
    row: Subscription,
    mode: str,
    *,
    told: str = "",
    form: OwnForm | None = None,
    status: int = 200,
) -> HttpResponse:
    code = row.letter.language
    with override(code):
        shows = {
            "mode": mode,
            "told": told,
            "letter": row.letter.shown_name,
            "address": masked(row.email),
            "row": row,
            "form": form or _own_form(row),
            "pause": PauseForm(),
            "action": request.path,
            "sign_up": f"{reverse('letters')}?{urlencode({'in': code})}",
            "manage": _manage_address(row) if row.pk else "",
            "consent": TEXTS[CURRENT],
            "is_over": row.state in _OVER,
        }
        answer = _page(request, "letter_own", _("Your letter"), shows, language=code, status=status)
    # The address of the page is a key: it is passed on to nobody.
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _own_form(row: Subscription) -> OwnForm:
    hour = "" if row.hour is None else str(row.hour)
    return OwnForm(
        initial={"language": row.letter.language, "hour": hour, "zone": row.zone},
        languages=_offered(_kin(row)),
    )


def _kin(row: Subscription) -> list[Letter]:
    """Return the same letter in the languages on offer, its own among them."""
    rows = {one.language: one for one in letters_on_offer() if one.kind == row.letter.kind}
    return [row.letter, *(one for code, one in rows.items() if code != row.letter.language)]


def _offered(rows: list[Letter]) -> list[tuple[str, str]]:
    return list({row.language: (row.language, own_name(row.language)) for row in rows}.values())


def _unknown(request: HttpRequest) -> HttpResponse:
    code = _language(request)
    with override(code):
        shows = {"mode": "unknown", "sign_up": f"{reverse('letters')}?{urlencode({'in': code})}"}
        return _page(request, "letter_own", _("Your letter"), shows, language=code, status=404)


def _page(
    _request: HttpRequest, template: str, title: str, shows: dict[str, Any], *, language: str, status: int
) -> HttpResponse:
    made = dressed(template, title=title, language=language, shows=shows)
    answer = HttpResponse(made.content, status=status)
    answer["Content-Security-Policy"] = made.policy
    answer["Referrer-Policy"] = "same-origin"
    answer["X-Robots-Tag"] = "noindex"
    answer["Cache-Control"] = "no-store"
    return answer


def _see_other(address: str) -> HttpResponse:
    answer = HttpResponseRedirect(address)
    answer.status_code = 303
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _language(request: HttpRequest) -> str:
    """Return the language of the page: as asked for, else the site's first."""
    codes = [row.code for row in languages(identity())]
    asked = request.POST.get("in") or request.GET.get("in", "")
    return asked if asked in codes else codes[0]


def _is_from_elsewhere(request: HttpRequest) -> bool:
    """Was the form sent by a page of another site? Browsers say so; who says nothing is no browser's page."""
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin", "")
    return bool(origin) and urlsplit(origin).netloc != request.get_host()
