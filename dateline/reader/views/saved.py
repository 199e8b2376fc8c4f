"""The reading list: what a device keeps, which its own browser knows, or what a signed-in reader keeps with us."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dateline.articles.addresses import account_path, saved_path
from dateline.audience.dressing import dressed
from dateline.people.models import User
from dateline.reader.actions import keeping
from dateline.reader.queries import kept
from dateline.reader.senders import is_from_elsewhere
from dateline.reader.views.dressing import LANGUAGE, language_of
from dateline.site.queries import identity, languages

_LONGEST: Final = 700
_DEEDS: Final = frozenset({"keep", "let-go"})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def reading_list(request: HttpRequest) -> HttpResponse:
    """Show the page, in the language that is asked for or the site's first; or take a form that keeps or lets go.

    The forms stand on baked pages, too, where no token can be: they count where our own page sent them.
    """
    has_accounts = identity().accounts
    reader = request.user if has_accounts and isinstance(request.user, User) else None
    if request.method == "POST":
        return _taken(request, reader)
    language = _language(request)
    with override(language):
        shows: dict[str, Any] = {
            "reader": reader is not None,
            "saved": kept.saved(reader) if reader else [],
            "followed": kept.followed(reader) if reader else [],
            "account": account_path(language=language) if has_accounts else "",
            "action": request.path,
            "language": language,
            "told": request.GET.get("told", ""),
        }
        made = dressed("saved", title=str(_("Reading list")), language=language, shows=shows)
    answer = HttpResponse(made.content)
    answer["Content-Security-Policy"] = made.policy
    answer["X-Robots-Tag"] = "noindex"
    answer["Cache-Control"] = "no-store" if has_accounts else "public, max-age=300"
    return answer


def _taken(request: HttpRequest, reader: User | None) -> HttpResponse:
    shelf, path = request.POST.get("shelf", ""), request.POST.get("href", "")[:_LONGEST]
    do = request.POST.get("do", "")
    if is_from_elsewhere(request, must_say=True) or shelf not in (keeping.SAVED, keeping.FOLLOWED):
        return HttpResponse(status=403)
    if reader is None or do not in _DEEDS:
        return _see_other(request, "sign-in")
    try:
        if do == "keep":
            keeping.keep(reader=reader, shelf=shelf, path=path, now=timezone.now())
        else:
            keeping.let_go(reader=reader, shelf=shelf, path=path)
    except keeping.NothingThere:
        return _see_other(request, "nothing")
    except keeping.TooMuch:
        return _see_other(request, "full")
    is_script = request.headers.get("Accept") == "application/json"
    return HttpResponse(status=204) if is_script else _see_other(request, "")


def _see_other(request: HttpRequest, told: str) -> HttpResponse:
    place = saved_path(language=_language(request))
    answer = HttpResponseRedirect(f"{place}&told={told}" if told else place)
    answer.status_code = 303
    return answer


def _language(request: HttpRequest) -> str:
    asked = request.POST.get(LANGUAGE, "")
    codes = {row.code for row in languages(identity())}
    return asked if asked in codes else language_of(request)
