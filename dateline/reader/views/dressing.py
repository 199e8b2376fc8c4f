"""How a page of an account is shown: allauth thinks, and our own templates say it, in the site's own look."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from django import forms
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from dateline.audience.dressing import dressed
from dateline.lib.scripts import in_digits_of
from dateline.reader.views.door import SESSION_PATH
from dateline.site.queries import identity, languages

View = Callable[..., HttpResponseBase]
# In which language these pages are, from one to the next.
LANGUAGE: Final = "in"
UNFIT: Final = 422
BUSY: Final = 429
# What our pages call the fields.
_LABELS: Final = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "password1": _("New password"),
    "password2": _("The new password once more"),
    "oldpassword": _("Your password now"),
    "code": _("Code"),
    "name": _("Name"),
}
_LEFT_TO_RIGHT: Final = frozenset(
    {"login", "email", "code", "password", "password1", "password2", "oldpassword"}
)


@dataclass(frozen=True)
class Sheet:
    """A page: its template below templates/pages/account, its title, and whether it is for those who are in."""

    template: str
    title: Any
    is_own: bool = False


def shown(sheet: Sheet, view: View) -> View:
    """Return `view` with its page printed on one of our sheets; what leads elsewhere stays as it is."""

    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not identity().accounts:
            raise Http404
        code = language_of(request)
        with override(code):
            if sheet.is_own and not request.user.is_authenticated:
                return to_sign_in(request)
            try:
                found = view(request, *args, **kwargs)
            except PermissionDenied:
                return redirect("reader-account")
            return _kept(request, _printed(request, sheet, found), code)

    return answer


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the page at which one signs in, and back."""
    wanted = request.get_full_path() if request.method == "GET" else reverse("reader-account")
    return redirect(f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: wanted})}")


def page(
    request: HttpRequest, template: str, title: Any, shows: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Return a page of an account, in the language that is spoken now."""
    code = language_of(request)
    told = {
        "csrf": get_token(request),
        "action": request.get_full_path(),
        "language": code,
        "is_in": request.user.is_authenticated,
        **shows,
    }
    made = dressed(f"account/{template}", title=str(title), language=code, shows=told)
    answer = HttpResponse(made.content, status=status)
    answer["Content-Security-Policy"] = made.policy
    answer["Referrer-Policy"] = "same-origin"
    answer["X-Robots-Tag"] = "noindex"
    answer["Cache-Control"] = "no-store"
    return answer


def language_of(request: HttpRequest) -> str:
    """Return the language of the page: as asked for, else that of the page before, else the site's first."""
    codes = [row.code for row in languages(identity())]
    asked = (request.GET.get(LANGUAGE, ""), request.COOKIES.get(LANGUAGE, ""))
    return next((code for code in asked if code in codes), codes[0])


def _printed(request: HttpRequest, sheet: Sheet, found: HttpResponseBase) -> HttpResponseBase:
    if found.status_code == BUSY:
        return page(request, "busy", _("Too often"), {}, status=BUSY)
    if not isinstance(found, SimpleTemplateResponse) or found.is_rendered:
        return found
    shows = _shows(found)
    forms_shown = [one for one in shows.values() if isinstance(one, forms.BaseForm)]
    for form in forms_shown:
        _call(form)
    is_unfit = request.method == "POST" and any(form.errors for form in forms_shown if form.is_bound)
    status = UNFIT if is_unfit else found.status_code
    made = page(request, sheet.template, sheet.title, shows, status=status)
    made.cookies.update(found.cookies)
    return made


def _shows(found: SimpleTemplateResponse) -> dict[str, Any]:
    shows = dict(found.context_data or {})
    # What a passkey's script hands to the browser: in an attribute, as no script of ours stands in a page.
    asked = shows.pop("js_data", {})
    shows["options"] = json.dumps(next(iter(asked.values()), {}))
    return shows


def _call(form: forms.BaseForm) -> None:
    """Give the fields the names that our pages have for them."""
    for name, field in form.fields.items():
        field.label = _LABELS.get(name, field.label)
        field.widget.attrs.pop("placeholder", None)
        if name == "password":
            field.help_text = ""  # the way to a lost one stands below, in our words
        elif field.help_text and "password" in name:
            field.help_text = _password_rules()
        if name in _LEFT_TO_RIGHT:
            field.widget.attrs["dir"] = "ltr"


def _password_rules() -> str:
    """Return Django's own words on what a password needs, with the numbers as the language writes them."""
    language = get_language() or ""
    rules = ((in_digits_of(language, rule),) for rule in password_validators_help_texts())
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", rules))


def _kept(request: HttpRequest, answer: HttpResponseBase, code: str) -> HttpResponseBase:
    """Remember the language that was asked for: what allauth leads to does not say it."""
    if request.GET.get(LANGUAGE) == code and request.COOKIES.get(LANGUAGE) != code:
        answer.set_cookie(
            LANGUAGE, code, path=SESSION_PATH, samesite="Lax", httponly=True, secure=request.is_secure()
        )
    return answer
