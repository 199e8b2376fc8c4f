"""The readers' own door: a session of its own, in which nobody of the desk can be.

A browser may hold both: the desk's session is a cookie for the whole site, the readers' one is another cookie, for
the addresses below `/-/` alone. Neither door sees the other's.
"""

import secrets
from collections.abc import Callable
from typing import Any, Final

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from dateline.people.models import User

# Where readers are somebody. On every other page nobody is asked who they are.
PLACES: Final = ("/-/account/", "/-/me/", "/-/saved/")
SESSION: Final = "reader"
SESSION_PATH: Final = "/-/"
# Tells the scripts of baked pages that somebody is signed in, and nothing about who; another value at each sign-in.
HINT: Final = "here"


class ReaderBackend(AuthenticationBackend):
    """Lets readers in by mail address and password. Whoever works at the desk has no address here."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        """Return the reader; asked by user name, as the desk asks, nobody."""
        if not credentials.get("email"):
            return None
        found: User | None = super().authenticate(request, **credentials)
        return found

    def user_can_authenticate(self, user: Any) -> bool:
        """Return whether this is a reader's account that stands."""
        return getattr(user, "kind", "") == User.Kind.READER and bool(super().user_can_authenticate(user))


class ReadersDoor:
    """Middleware before the session's: gives the places of readers their own session, and takes the desk's away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the cookie under the name that its door has."""
        if not request.path.startswith(PLACES):
            return self._get_response(request)
        own = request.COOKIES.get(SESSION)
        request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        if own:
            request.COOKIES[settings.SESSION_COOKIE_NAME] = own
        answer = self._get_response(request)
        _rename(answer)
        _hint(request, answer)
        return answer

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Take whoever is no reader for nobody, whatever cookie they carry."""
        if request.path.startswith(PLACES) and getattr(request.user, "kind", "") != User.Kind.READER:
            request.user = AnonymousUser()


def _rename(answer: HttpResponse) -> None:
    held = answer.cookies.pop(settings.SESSION_COOKIE_NAME, None)
    if held is None:
        return
    answer.set_cookie(
        SESSION,
        held.value,
        max_age=held["max-age"] or None,
        expires=held["expires"] or None,
        path=SESSION_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    if held["max-age"] == 0:
        answer.delete_cookie(SESSION, path=SESSION_PATH, samesite="Lax")


def _hint(request: HttpRequest, answer: HttpResponse) -> None:
    is_in = getattr(request, "user", None) is not None and request.user.is_authenticated
    if is_in and HINT not in request.COOKIES:
        answer.set_cookie(
            HINT,
            secrets.token_hex(4),
            max_age=settings.SESSION_COOKIE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
    elif not is_in and HINT in request.COOKIES:
        answer.delete_cookie(HINT, samesite="Lax")
