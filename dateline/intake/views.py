"""What machines may ask of us: to take a file into a drop, and to hear a hub. No cookie, no session, no page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from dateline.intake.actions import NotRead
from dateline.intake.actions.drops import NotTaken, drop_of, receive_post
from dateline.intake.actions.pushes import hear_denial, hear_push, subscription_of, verify
from dateline.intake.hubs import is_challenge
from dateline.intake.models import Delivery
from dateline.lib.text import cut, one_line
from dateline.net.letters import FEED_BYTES

View = Callable[..., HttpResponse]


def _for_machines(view: View) -> View:
    """No token of a form is asked for: what comes is known by the secret in its address, not by a cookie."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **words: Any) -> HttpResponse:
        answer = view(request, *args, **words)
        answer["X-Robots-Tag"] = "noindex"
        return answer

    return csrf_exempt(never_cache(answered))


@_for_machines
@require_http_methods(["POST", "PUT"])
def drop(request: HttpRequest, token: str) -> HttpResponse:
    """Take a file: 202 with its receipt once it lies on the disk, else what is wrong with it."""
    where = drop_of(token)
    if where is None:
        return _wrong(_("There is no drop at this address. Ask the newsroom for a new one."), status=404)
    try:
        delivery = receive_post(
            drop=where,
            body=request,
            content_type=request.headers.get("Content-Type", ""),
            length=_length(request),
            now=timezone.now(),
        )
    except NotTaken as error:
        answer = _wrong(str(error), status=error.status)
        if error.retry_after:
            answer["Retry-After"] = str(error.retry_after)
        return answer
    except NotRead as error:  # no room on the disk
        return _wrong(str(error), status=507)
    return JsonResponse({"id": delivery.receipt, "state": "waiting", "bytes": delivery.size}, status=202)


@_for_machines
@require_GET
def receipt(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """Say what came of a file that was sent."""
    del request
    where = drop_of(token)
    known = where and Delivery.objects.filter(channel=where.channel, receipt=name).first()
    if not known:
        return _wrong(_("No such file was sent here."), status=404)
    told = {"id": name, "state": known.state, "pieces": known.pieces, "new": known.new}
    return JsonResponse({**told, "trouble": known.trouble} if known.trouble else told)


@_for_machines
@require_http_methods(["GET", "POST"])
def websub(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm to a hub what we asked for, or take in what it sends."""
    subscription = subscription_of(token)
    if subscription is None:
        return HttpResponse(status=410 if request.method == "POST" else 404)
    if request.method == "GET":
        return _confirmed(request, subscription)
    if (_length(request) or 0) > FEED_BYTES:
        return HttpResponse(status=413)
    body = request.read(FEED_BYTES + 1)
    if len(body) > FEED_BYTES:
        return HttpResponse(status=413)
    # A wrong signature is answered like a right one: nobody learns by asking which it was.
    hear_push(
        subscription=subscription,
        body=body,
        content_type=request.headers.get("Content-Type", ""),
        signature=request.headers.get("X-Hub-Signature", ""),
        now=timezone.now(),
    )
    return HttpResponse(status=202)


def _confirmed(request: HttpRequest, subscription: Any) -> HttpResponse:
    told = {
        name: request.GET.get(f"hub.{name}", "") for name in ("mode", "topic", "challenge", "lease_seconds")
    }
    if told["mode"] == "denied":
        reason = cut(one_line(request.GET.get("hub.reason", "")), 200)
        hear_denial(subscription=subscription, topic=told["topic"], reason=reason, now=timezone.now())
        return HttpResponse(status=200)
    is_ours = is_challenge(told["challenge"]) and verify(
        subscription=subscription,
        mode=told["mode"],
        topic=told["topic"],
        lease=told["lease_seconds"],
        now=timezone.now(),
    )
    if not is_ours:
        return HttpResponse(status=404)
    return HttpResponse(told["challenge"], content_type="text/plain; charset=utf-8")


def _length(request: HttpRequest) -> int | None:
    told = request.headers.get("Content-Length", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 16 else None  # noqa: PLR2004


def _wrong(words: str, *, status: int) -> HttpResponse:
    return JsonResponse({"error": words}, status=status)
