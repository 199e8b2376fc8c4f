"""A reader's own page: how they sign in, what is kept, the file with all of it, and the way out."""

import io
from typing import Any, Final

import segno
from allauth.account import views as entrance
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter as keys
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dateline.articles.addresses import home_path, saved_path
from dateline.people.models import User
from dateline.reader.actions import leaving
from dateline.reader.views.dressing import Sheet, language_of, page, shown, to_sign_in
from dateline.site.queries import identity

SIGN_IN: Final = Sheet("login", gettext_lazy("Sign in"))
_sign_in = shown(SIGN_IN, entrance.login)


def account(request: HttpRequest) -> HttpResponseBase:
    """Show a reader's own page; to whoever is not signed in, the form for it."""
    _must_be_on()
    if not request.user.is_authenticated:
        return _sign_in(request)
    return shown(Sheet("home", ""), _own)(request)


def _own(request: HttpRequest) -> HttpResponse:
    reader = _reader(request)
    code = language_of(request)
    held = list(Authenticator.objects.filter(user=reader).order_by("pk"))
    shows = {
        "address": EmailAddress.objects.get_primary_email(reader),
        "passkeys": [row for row in held if row.type == Authenticator.Type.WEBAUTHN],
        "has_app": any(row.type == Authenticator.Type.TOTP for row in held),
        "has_codes": any(row.type == Authenticator.Type.RECOVERY_CODES for row in held),
        "has_password": reader.has_usable_password(),
        "saved": saved_path(language=code),
        "home": home_path(language=code),
    }
    return page(request, "home", _("Your account"), shows)


@require_safe
def own_data(request: HttpRequest) -> HttpResponseBase:
    """Hand a reader the file with everything that is kept about them."""
    _must_be_on()
    if not request.user.is_authenticated:
        return to_sign_in(request)
    with override(language_of(request)):
        raise_if_reauthentication_required(request, app="allauth.mfa")
        told = leaving.told(reader=_reader(request))
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest) -> HttpResponseBase:
    """Ask whether the account shall be deleted, or delete it."""
    raise_if_reauthentication_required(request, app="allauth.mfa")
    reader, code = _reader(request), language_of(request)
    if request.method != "POST":
        return page(
            request, "end", _("Delete your account"), {"has_letters": leaving.has_letters(reader=reader)}
        )
    with_letters = "letters" in request.POST
    logout(request)
    leaving.leave(reader=reader, with_letters=with_letters, now=timezone.now())
    return page(request, "ended", _("Your account is deleted"), {"home": home_path(language=code)})


@never_cache
@require_safe
def code_to_scan(request: HttpRequest) -> HttpResponse:
    """Draw the code by which an app takes the secret that is being set up."""
    secret = request.session.get(SECRET_SESSION_KEY) if request.user.is_authenticated else None
    if not secret:
        raise Http404
    drawn = io.BytesIO()
    address = keys().build_totp_url(request.user, secret)
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", scale=4, dark="#000", light="#fff")
    answer = HttpResponse(drawn.getvalue(), content_type="image/svg+xml")
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'none'; sandbox"
    return answer


@require_safe
def to_account(_request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Lead to the one page that has what allauth has on several."""
    return redirect("reader-account")


def _reader(request: HttpRequest) -> User:
    reader = request.user
    assert isinstance(reader, User)  # noqa: S101  # the door lets nobody else in
    return reader


def _must_be_on() -> None:
    if not identity().accounts:
        raise Http404
