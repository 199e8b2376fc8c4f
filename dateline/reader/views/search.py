"""Search: a page that works without script, and headlines for whoever is typing. No cookie, nothing kept.

Few searches run at once in a process; more are turned away for a moment (503) before they keep anybody else waiting.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from dateline.audience.dressing import dressed
from dateline.reader.forms import ALL, LONGEST, NEWEST, SearchForm
from dateline.reader.machines.choice import is_on
from dateline.reader.queries import searching
from dateline.reader.search.engine import Question, SearchUnavailable
from dateline.site.queries import identity, languages, own_name

PAGE: Final = 10
# Further pages than these are for nobody who reads.
MOST_PAGES: Final = 50
# The bridge has four threads in a process; half of them stay for sign-in, post and the desk.
AT_ONCE: Final = 2
PATIENCE_SECONDS: Final = 0.5
RETRY_SECONDS: Final = 3
_turns = BoundedSemaphore(AT_ONCE)


class TooMany(RuntimeError):
    """As many searches run as may."""


@require_safe
@gzip_page  # five times smaller; it holds no secret that its length could tell
def page(request: HttpRequest) -> HttpResponse:
    """Show the form, and what was found."""
    _must_be_on()
    codes = _codes()
    language = _language(request, codes)
    with override(language):
        form = SearchForm(request.GET, choices=_choices(language, codes))
        is_fit = form.is_valid()
        shows: dict[str, Any] = {
            "form": form,
            "action": request.path,
            "language": language,
            "told": "",
            "results": None,
        }
        status = 200
        if is_fit and form.cleaned_data["q"].strip():
            try:
                shows |= _found(request, form.cleaned_data, language, codes)
            except (TooMany, SearchUnavailable) as trouble:
                shows["told"], status = ("busy" if isinstance(trouble, TooMany) else "away"), 503
        title = str(_("Search"))
        query = (form.data.get("q") or "").strip()[:LONGEST]
        made = dressed(
            "search", title=f"{query} · {title}" if query else title, language=language, shows=shows
        )
    answer = HttpResponse(made.content, status=status)
    answer["Content-Security-Policy"] = made.policy
    _head(answer)
    return answer


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Return headlines that have the words so far, as JSON: headline, address, language."""
    _must_be_on()
    codes = _codes()
    language = _language(request, codes)
    beginning = request.GET.get("q", "").strip()[:LONGEST]
    try:
        with _turn():
            found = (
                searching.suggest(beginning, language=language, languages=(language,)) if beginning else []
            )
    except (TooMany, SearchUnavailable):
        answer: HttpResponse = JsonResponse({"suggestions": []}, status=503)
    else:
        rows = [{"headline": one.headline, "href": one.href, "language": one.language} for one in found]
        answer = JsonResponse({"suggestions": rows}, json_dumps_params={"ensure_ascii": False})
    _head(answer)
    return answer


def _found(
    request: HttpRequest, told: dict[str, Any], language: str, codes: tuple[str, ...]
) -> dict[str, Any]:
    wanted = told["language"] or language
    question = Question(
        query=told["q"],
        languages=_spoken(wanted, language, codes),
        language="" if wanted == ALL else wanted,
        kind=told["kind"],
        section=told["section"],
        outlet=told["outlet"],
        since=told["since"],
        until=told["until"],
        newest_first=told["order"] == NEWEST,
        most=PAGE,
    )
    number = _number(request)
    with _turn():
        results = searching.search(searching.as_one_page(question, number))
    pages = min(MOST_PAGES, -(-results.count // PAGE))
    return {
        "results": results,
        "number": number,
        "pages": pages,
        "newer": _address(request, number - 1) if number > 1 else "",
        "older": _address(request, number + 1) if number < pages else "",
        "everywhere": _address(request, 1, language=ALL) if wanted != ALL and len(codes) > 1 else "",
    }


def _must_be_on() -> None:
    if not is_on():
        raise Http404("This site has no search.")


def _spoken(wanted: str, language: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the languages in whose words the query may be: that of the page first."""
    if wanted != ALL:
        return (wanted,)
    return tuple(dict.fromkeys((language, *codes)))


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=PATIENCE_SECONDS):
        raise TooMany("As many searches run in this process as may.")
    try:
        yield
    finally:
        _turns.release()


def _choices(language: str, codes: tuple[str, ...]) -> dict[str, list[tuple[str, str]]]:
    every = str(_("All"))
    named = [("", own_name(language)), *((code, own_name(code)) for code in codes if code != language)]
    return {
        "language": [*named, (ALL, str(_("All languages")))],
        "section": [("", every), *searching.sections(language)],
        "kind": [("", every), *searching.kinds()],
        "outlet": [("", every), *searching.outlets()],
    }


def _codes() -> tuple[str, ...]:
    return tuple(row.code for row in languages(identity()))


def _language(request: HttpRequest, codes: tuple[str, ...]) -> str:
    asked = request.GET.get("in", "")
    return asked if asked in codes else codes[0]


def _number(request: HttpRequest) -> int:
    told = request.GET.get("page", "")
    return min(MOST_PAGES, max(1, int(told))) if told.isascii() and told.isdigit() and len(told) < 4 else 1  # noqa: PLR2004


def _address(request: HttpRequest, number: int, **others: str) -> str:
    """Return this search at another page: short, and fit to be handed on."""
    told = {key: value for key, value in request.GET.items() if value and key != "page"} | others
    if number > 1:
        told["page"] = str(number)
    return f"{request.path}?{urlencode(told)}"


def _head(answer: HttpResponse) -> None:
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "same-origin"
    answer["Cache-Control"] = "no-store"
    if answer.status_code == 503:  # noqa: PLR2004
        answer["Retry-After"] = str(RETRY_SECONDS)
