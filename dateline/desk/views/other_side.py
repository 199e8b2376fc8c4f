"""The other side: what an outlet approves, asked for on the desk and answered on a private page without an account."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import any_permission_required

from dateline.articles.approving import shown_text
from dateline.articles.models import Article
from dateline.desk.actions.hearing import tell_editors
from dateline.desk.views.page import edit_url, shown, user_of
from dateline.rights import actions
from dateline.rights.approvals import LONGEST_NOTE
from dateline.rights.asking import WrongStep
from dateline.rights.letters import fitting
from dateline.rights.letters_shipped import PAGE
from dateline.rights.models import Approval
from dateline.rights.queries import approvals_of
from dateline.site.queries import identity, zone

ASKERS: Final = ("articles.publish_article", "rights.add_permission")
A_MINUTE: Final = 60
READS: Final = 60
ANSWERS: Final = 6
POLICY: Final = (
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

View = Callable[..., HttpResponse]


@any_permission_required(*ASKERS)
@require_http_methods(["GET", "POST"])
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the outlet was shown of an article and what it said, or show it the text as it is now."""
    article = get_object_or_404(Article.objects.select_related("permission__original__outlet"), pk=pk)
    draft: Article = article.get_latest_revision_as_object()
    if request.method == "POST" and draft.permission is not None:
        actions.ask_approval(
            permission=draft.permission,
            piece=draft.uid,
            text=shown_text(draft),
            by=user_of(request),
            now=timezone.now(),
        )
        messages.success(request, _("The text is on a private page for the outlet."))
        return redirect("newsroom:approval", pk)
    found = approvals_of(article.uid)
    print_now = shown_text(draft).fingerprint
    return shown(
        request,
        "desk/approval.html",
        title=draft.headline,
        label=_("Approval"),
        icon="check",
        trail=[(draft.headline, edit_url(request, article))],
        article=draft,
        rows=[(one, one.fingerprint == print_now, actions.private_address(one.token)) for one in found],
        is_set_up=actions.mail_is_set_up(),
        now=timezone.now(),
    )


@any_permission_required(*ASKERS)
@require_POST
def close_approval(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an outlet's page."""
    held = get_object_or_404(Approval, pk=pk)
    article = get_object_or_404(Article, uid=held.piece)
    try:
        actions.close_approval(approval=held, by=user_of(request), now=timezone.now())
        messages.success(request, _("The page is closed."))
    except WrongStep as error:
        messages.error(request, str(error))
    return redirect("newsroom:approval", article.pk)


def _for_outlets(view: View) -> View:
    """No cookie, no search engine, no referrer, no frame: the secret in the address is the key."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **words: Any) -> HttpResponse:
        answer = view(request, *args, **words)
        answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        answer["Referrer-Policy"] = "no-referrer"
        answer["Content-Security-Policy"] = POLICY
        answer["X-Frame-Options"] = "DENY"
        return answer

    return csrf_exempt(never_cache(answered))


@_for_outlets
@require_http_methods(["GET", "HEAD", "POST"])
def for_outlet(request: HttpRequest, token: str) -> HttpResponse:
    """Show an outlet the text that we would publish, or take its answer."""
    is_answer = request.method == "POST"
    if _is_too_often(request, kind="answer" if is_answer else "read", most=ANSWERS if is_answer else READS):
        answer = _page(request, None, told="busy", status=429)
        answer["Retry-After"] = str(A_MINUTE)
        return answer
    held = Approval.objects.with_all().filter(token=token).exclude(state="closed").first()
    if held is None or held.expires_at <= timezone.now():
        return _page(request, None, told="closed", status=404 if held is None else 410)
    if not is_answer:
        return _page(request, held)
    return _answered(request, held)


def _answered(request: HttpRequest, held: Approval) -> HttpResponse:
    note = request.POST.get("note", "")[:LONGEST_NOTE]
    is_yes = request.POST.get("say") == "approve"
    try:
        _hear(held, is_yes=is_yes, note=note)
    except actions.NoteMissing:
        return _page(request, held, told="empty", status=422)
    except actions.PageClosed:
        return _page(request, held, status=409)
    return redirect(request.path)


@transaction.atomic
def _hear(held: Approval, *, is_yes: bool, note: str) -> None:
    """Take the answer; a change that is asked for is a comment on the piece, for whoever showed it to the outlet."""
    now = timezone.now()
    actions.answer_approval(approval=held, is_yes=is_yes, note=note, now=now)
    article = Article.objects.filter(uid=held.piece).first()
    if is_yes or article is None:
        return
    with override(settings.LANGUAGE_CODE):
        said = _("%(outlet)s asks for a change before it approves:") % {
            "outlet": held.permission.original.outlet.shown_name
        }
    tell_editors(article=article, text=f"{said}\n\n{note.strip()}", by=None, now=now, calls=[held.by])


def _page(request: HttpRequest, held: Approval | None, *, told: str = "", status: int = 200) -> HttpResponse:
    language = held.letter.language if held else request.headers.get("Accept-Language", "")[:2]
    tag = fitting(language, PAGE)
    with override(tag), timezone.override(zone(identity())):
        until = date_format(timezone.localtime(held.expires_at), "DATE_FORMAT") if held else ""
        context = {"held": held, "words": PAGE[tag], "tag": tag, "until": until}
        context |= {"told": PAGE[tag].get(told, ""), "site": identity().name, "home": settings.DATELINE_URL}
        return render(request, "outside/approval.html", context, status=status)


def _is_too_often(request: HttpRequest, *, kind: str, most: int) -> bool:
    """Count one address's requests of a minute, in each process by itself."""
    key = f"for-outlet:{kind}:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, A_MINUTE)
    try:
        return cache.incr(key) > most
    except ValueError:  # the minute ended in between
        return False
