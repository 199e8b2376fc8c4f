"""Those who stand outside come to what was given to them, and nowhere else: Wagtail's own pages know no such thing."""

from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from dateline.desk.queries.given import articles_for, is_inside
from dateline.people.models import User

ARTICLES: Final = "wagtailsnippets_articles_article"
TRANSLATION: Final = "translation"
# Lists of every article.
CHOOSERS: Final = frozenset({"wagtailsnippetchoosers_articles_article"})
# A new piece, and its preview while it is written.
NEW: Final = frozenset({"add", "preview_on_add"})


class OnlyWhatWasGiven:
    """Middleware: closes the pages about articles and translations that somebody outside was not given."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _arguments: object, named: dict[str, Any]
    ) -> HttpResponse | None:
        """Lead away from lists of everything. Raises PermissionDenied at a piece that is not theirs."""
        match, user = request.resolver_match, request.user
        place = match.namespace if match else ""
        if place not in {ARTICLES, TRANSLATION, *CHOOSERS} or not _is_outside(user):
            return None
        if place in CHOOSERS:
            raise PermissionDenied
        return _at_articles(user, named, match) if place == ARTICLES else _at_translations(user, named)


def _is_outside(user: Any) -> bool:
    return isinstance(user, User) and user.has_perm("desk.view_own_work") and not is_inside(user)


def _at_articles(user: Any, named: dict[str, Any], match: Any) -> HttpResponse | None:
    if "pk" not in named:
        return None if match.url_name in NEW else redirect("newsroom:today")
    number = str(named["pk"])
    if not number.isdecimal() or not articles_for(user).filter(pk=number).exists():
        raise PermissionDenied
    return None


def _at_translations(user: Any, named: dict[str, Any]) -> HttpResponse | None:
    if "job_id" not in named:
        return redirect("newsroom:today")
    if not articles_for(user).filter(job=named["job_id"]).exists():
        raise PermissionDenied
    return None
