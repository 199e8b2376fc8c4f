"""Setting up an authenticator app, showing its code at login, renewing the recovery codes."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import require_admin_access
from wagtail.admin.utils import get_valid_next_url_from_request

from dateline.people.actions import (
    NotTheCode,
    TooManyTries,
    begin_second_factor,
    confirm_second_factor,
    pass_second_factor,
    renew_recovery_codes,
)
from dateline.people.actions.second_factor import secret_of
from dateline.people.models import SecondFactor, User
from dateline.people.queries import factor_of
from dateline.people.totp import key_address, spelled
from dateline.people.views.guard import has_passed, keep_passed

UNFIT = 422


@never_cache
@sensitive_post_parameters("code")
@require_admin_access
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Set up the app, ask for its code, or show how it stands: whichever comes next for who asks."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101  # Wagtail's door lets nobody else in
    factor = factor_of(user)
    if factor is None or factor.confirmed_at is None:
        return _set_up(request, begin_second_factor(user=user, now=timezone.now()))
    if not has_passed(request, factor):
        return _ask(request, factor)
    return _stands(request, factor)


def _set_up(request: HttpRequest, factor: SecondFactor) -> HttpResponse:
    trouble = ""
    if request.method == "POST":
        try:
            codes = confirm_second_factor(
                factor=factor, code=request.POST.get("code", ""), now=timezone.now()
            )
        except (NotTheCode, TooManyTries) as refusal:
            trouble = str(refusal)
        else:
            factor.refresh_from_db()
            keep_passed(request, factor)
            return _page(request, "codes", codes=codes)
    secret = secret_of(factor)
    issuer = urlsplit(settings.DATELINE_URL).hostname or "Dateline"
    address = key_address(secret, account=factor.user.get_username(), issuer=issuer)
    return _page(request, "set-up", qr=_qr(address), secret=spelled(secret), address=address, trouble=trouble)


def _ask(request: HttpRequest, factor: SecondFactor) -> HttpResponse:
    trouble = ""
    if request.method == "POST":
        try:
            pass_second_factor(factor=factor, code=request.POST.get("code", ""), now=timezone.now())
        except (NotTheCode, TooManyTries) as refusal:
            trouble = str(refusal)
        else:
            keep_passed(request, factor)
            return redirect(_next(request))
    return _page(request, "ask", trouble=trouble)


def _stands(request: HttpRequest, factor: SecondFactor) -> HttpResponse:
    if request.method == "POST" and request.POST.get("do") == "renew":
        return _page(request, "codes", codes=renew_recovery_codes(factor=factor, now=timezone.now()))
    return _page(request, "stands", left=factor.recovery_codes.filter(used_at=None).count())


def _page(request: HttpRequest, step: str, *, trouble: str = "", **context: object) -> HttpResponse:
    titles = {
        "set-up": _("Set up your second factor"),
        "ask": _("Your code, please"),
        "codes": _("Your recovery codes"),
        "stands": _("Your second factor"),
    }
    told = {"step": step, "title": titles[step], "trouble": trouble, "next": _next(request), **context}
    return render(request, "people/second_factor.html", told, status=UNFIT if trouble else 200)


def _next(request: HttpRequest) -> str:
    return str(get_valid_next_url_from_request(request) or reverse("wagtailadmin_home"))


def _qr(address: str) -> str:
    """Return the address as a drawing that stands in the page: nothing is asked of another server."""
    import segno

    drawn: str = segno.make(address, error="m", micro=False).svg_data_uri(scale=4, dark="#000", light="#fff")
    return drawn
