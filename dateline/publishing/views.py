"""What other servers ask of us: who an account is, how many follow it, and to take a letter. No cookie, no page."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from dateline.publishing.actions.followers import TooManyLetters, take_letter
from dateline.publishing.fediverse import shapes
from dateline.publishing.fediverse.reading import LARGEST, NoActivity
from dateline.publishing.fediverse.signing import BadSignature
from dateline.publishing.models import FediverseAccount
from dateline.publishing.queries.fediverse import account_told, is_on
from dateline.publishing.queries.press import open_press

View = Callable[..., HttpResponse]
_MIME = f"{shapes.MIME}; charset=utf-8"


def _for_servers(view: View) -> View:
    """No token of a form is asked for: what comes is known by its signature, not by a cookie."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **words: Any) -> HttpResponse:
        if not is_on():
            return HttpResponse(status=404)
        answer = view(request, *args, **words)
        answer["X-Robots-Tag"] = "noindex"
        return answer

    return csrf_exempt(never_cache(answered))


@_for_servers
@require_safe
def webfinger(request: HttpRequest) -> HttpResponse:
    """Say who an account is, by its name (`acct:en@digest.example`) or its address."""
    row = _named(request.GET.get("resource", ""))
    if row is None:
        return _said({"error": "There is no such account here."}, status=404)
    press = open_press(now=timezone.now())
    with press.making(row.language):
        told = shapes.webfinger(account_told(press, row))
    answer = JsonResponse(told, content_type="application/jrd+json; charset=utf-8")
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _named(resource: str) -> FediverseAccount | None:
    host = urlsplit(settings.DATELINE_URL).netloc.lower()
    name, at, where = resource.removeprefix("acct:").removeprefix("@").rpartition("@")
    if at and not resource.startswith(("https:", "http:")):
        return _account(name.lower()) if where.lower() == host else None
    base = f"{settings.DATELINE_URL}/fediverse/"
    return (
        _account(resource.removeprefix(base).removesuffix(".activity")) if resource.startswith(base) else None
    )


def _account(handle: str) -> FediverseAccount | None:
    return FediverseAccount.objects.filter(handle=handle).select_related("section__locale").first()


@_for_servers
@require_safe
def followers(request: HttpRequest, handle: str) -> HttpResponse:
    """Say how many follow an account. Who they are is told to nobody."""
    del request
    row = _account(handle)
    if row is None:
        return HttpResponse(status=404)
    uri = f"{settings.DATELINE_URL}{shapes.followers_path(handle)}"
    return HttpResponse(
        shapes.as_bytes(shapes.followers(uri=uri, total=row.followers.count())), content_type=_MIME
    )


@_for_servers
@require_POST
def inbox(request: HttpRequest, handle: str = "") -> HttpResponse:
    """Take a letter: 202 where it is, or will be, heard; else what is wrong with it."""
    if handle and _account(handle) is None:
        return HttpResponse(status=404)
    if "json" not in request.headers.get("Content-Type", "").lower():
        return _said({"error": "Letters are written in JSON."}, status=415)
    if _length(request) > LARGEST:
        return _said({"error": "It is larger than any letter to us."}, status=413)
    return _taken(request, request.read(LARGEST + 1))


def _taken(request: HttpRequest, body: bytes) -> HttpResponse:
    headers = {name.lower(): value for name, value in request.headers.items()}
    try:
        take_letter(path=request.get_full_path(), headers=headers, body=body, now=timezone.now())
    except NoActivity as error:
        return _said({"error": str(error)}, status=400)
    except BadSignature as error:
        return _said({"error": str(error)}, status=401)
    except TooManyLetters:
        answer = _said({"error": "Too many letters wait. Come again later."}, status=503)
        answer["Retry-After"] = "600"
        return answer
    return HttpResponse(status=202)


def _length(request: HttpRequest) -> int:
    told = request.headers.get("Content-Length", "")
    return int(told) if told.isdecimal() and len(told) < 12 else 0  # noqa: PLR2004 — longer is no length


def _said(told: dict[str, str], *, status: int) -> HttpResponse:
    return JsonResponse(told, status=status)
