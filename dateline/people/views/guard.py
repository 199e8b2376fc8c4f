"""Before every page of the desk: has who asks passed the second factor?"""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from dateline.people.models import SecondFactor, User
from dateline.people.queries import factor_of, must_pass

KEPT_AS: Final = "second_factor"
# Where one comes in, goes out, or shows the code.
_OPEN: Final = (
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "people:second-factor",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_sprite",
)


class SecondFactorGuard:
    """Middleware: leads whoever must still show a code to the page that asks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or lead to the page that asks."""
        if not _is_guarded(request.path):
            return self._get_response(request)
        user = request.user
        if not isinstance(user, User) or not user.is_authenticated:
            return self._get_response(request)
        factor = factor_of(user)
        if not must_pass(user, factor) or has_passed(request, factor):
            return self._get_response(request)
        wanted = request.get_full_path() if request.method == "GET" else reverse("wagtailadmin_home")
        return redirect(f"{reverse('people:second-factor')}?{urlencode({'next': wanted})}")


def has_passed(request: HttpRequest, factor: SecondFactor | None) -> bool:
    """Has this session shown a code of this factor?"""
    passed = bool(factor and factor.confirmed_at)
    return passed and factor is not None and request.session.get(KEPT_AS) == factor.mark


def keep_passed(request: HttpRequest, factor: SecondFactor) -> None:
    """Remember that this session has; its key changes, as after a login."""
    request.session.cycle_key()
    request.session[KEPT_AS] = factor.mark


def _is_guarded(path: str) -> bool:
    return path.startswith(reverse("wagtailadmin_home")) and path not in {reverse(name) for name in _OPEN}
