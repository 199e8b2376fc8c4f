"""Asking outlets: the request, its letter, its answer, and the list of all that waits."""

from collections.abc import Callable
from functools import partial
from pathlib import PurePosixPath
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import any_permission_required, permission_required
from wagtail.admin.paginator import WagtailPaginator

from dateline.desk.views.asking_forms import AnswerForm, AskForm, DropForm, GrantedForm, LetterForm
from dateline.desk.views.page import UNFIT, shown, user_of
from dateline.intake.models import Original
from dateline.rights import actions
from dateline.rights.actions.asking import NoAnswerFiled
from dateline.rights.asking import WrongStep
from dateline.rights.models import Request

PAGE: Final = 50
STEPS: Final = {
    "accept": actions.accept_asking,
    "send": actions.send_letter,
    "by-hand": actions.sent_by_hand,
}
ASKERS: Final = ("intake.sort_original", "rights.add_permission")


@any_permission_required(*ASKERS)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose to ask an original's outlet; the letter is written at once, and can be changed before it goes."""
    original = get_object_or_404(Original.objects.select_related("outlet"), pk=pk)
    form = AskForm(request.POST if request.method == "POST" else None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.propose_asking(
                original=original, by=user_of(request), now=timezone.now(), **form.cleaned_data
            )
        except actions.AlreadyAsked as taken:
            messages.warning(request, str(taken))
            made = taken.request
        return redirect("newsroom:request", made.pk)
    return shown(
        request,
        "desk/ask.html",
        title=_("Ask for permission"),
        icon="mail",
        trail=[(original.headline, reverse("newsroom:original", args=[pk]))],
        original=original,
        form=form,
        status=UNFIT if form.errors else 200,
    )


@any_permission_required("rights.view_permission", *ASKERS)
@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """List the requests, those that wait first by their day, all or of one state."""
    state = request.GET.get("state", "open")
    found = Request.objects.with_all()
    if state in Request.State.values:
        found = found.filter(state=state)
    elif state != "all":
        state, found = "open", found.open()
    order = ("answer_by", "-pk") if state == "open" else ("-at", "-pk")
    paginator = WagtailPaginator(found.order_by(*order), per_page=PAGE)
    page = paginator.get_page(request.GET.get("p"))
    return shown(
        request,
        "desk/requests.html",
        title=_("Requests"),
        icon="mail",
        trail=[],
        page=page,
        elided_page_range=paginator.get_elided_page_range(page.number),
        states=[("open", _("open")), ("all", _("all")), *Request.State.choices],
        state=state,
        today=timezone.localdate(),
        is_set_up=actions.mail_is_set_up(),
    )


@any_permission_required("rights.view_permission", *ASKERS)
@require_GET
def request_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one request: where it stands, its letter, and what can be done now."""
    return _page(request, _request(pk))


@any_permission_required(*ASKERS)
@require_POST
def reword(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the letter as it was changed."""
    held, form = _request(pk), LetterForm(request.POST)
    if not form.is_valid():
        return _page(request, held, letter=form, status=UNFIT)
    try:
        actions.reword_letter(request=held, by=user_of(request), now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The letter is kept."))
    except actions.AlreadyGone as error:
        messages.error(request, str(error))
    return redirect("newsroom:request", pk)


@permission_required("rights.add_permission")
@require_POST
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Take a request one step on: accept it, send its letter, or say that it was sent by hand."""
    if step not in STEPS:
        raise Http404(_("There is no such step."))
    try:
        STEPS[step](request=_request(pk), by=user_of(request), now=timezone.now())
    except (WrongStep, actions.NoMail, actions.NoAddress, actions.AlreadyGone) as error:
        messages.error(request, str(error))
    else:
        told = {
            "accept": _("Accepted: the letter can go."),
            "send": _("The letter is on its way."),
            "by-hand": _("Noted as sent: we wait for the answer."),
        }
        messages.success(request, told[step])
    return redirect("newsroom:request", pk)


@permission_required("rights.add_permission")
@require_POST
def granted(request: HttpRequest, pk: int) -> HttpResponse:
    """File a yes with its conditions."""
    held, form = _request(pk), GrantedForm(request.POST, request.FILES, prefix="yes")
    if not form.is_valid():
        return _page(request, held, yes=form, status=UNFIT)
    return _filed(request, held, partial(actions.grant_asked, granted=form.granted()), form)


@permission_required("rights.add_permission")
@require_POST
def refused(request: HttpRequest, pk: int) -> HttpResponse:
    """File a no."""
    held, form = _request(pk), AnswerForm(request.POST, request.FILES, prefix="no")
    if not form.is_valid():
        return _page(request, held, no=form, status=UNFIT)
    return _filed(request, held, actions.refuse_asked, form)


@permission_required("rights.add_permission")
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Do not ask after all."""
    held, form = _request(pk), DropForm(request.POST, prefix="drop")
    if not form.is_valid():
        return _page(request, held, drop=form, status=UNFIT)
    try:
        reason = form.cleaned_data["reason"]
        actions.drop_asking(request=held, reason=reason, by=user_of(request), now=timezone.now())
        messages.success(request, _("Dropped: it can be asked again."))
    except WrongStep as error:
        messages.error(request, str(error))
    return redirect("newsroom:request", pk)


@permission_required("rights.view_permission")
@require_GET
def evidence(_request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand the filed mail or contract over to be saved; a browser never opens it in our name."""
    held = get_object_or_404(Request, pk=pk)
    if not held.evidence:
        raise Http404(_("No file came with the answer."))
    try:
        file = held.evidence.open("rb")
    except FileNotFoundError:
        raise Http404(_("The evidence is no longer on the disk.")) from None
    name = PurePosixPath(held.evidence.name or "").name
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/octet-stream")


def _filed(
    request: HttpRequest, held: Request, verb: Callable[..., Request], form: AnswerForm
) -> HttpResponse:
    told = {name: form.cleaned_data[name] for name in ("answer", "evidence")}
    try:
        verb(request=held, by=user_of(request), now=timezone.now(), **told)
        messages.success(request, _("The answer is filed."))
    except (WrongStep, NoAnswerFiled) as error:
        messages.error(request, str(error))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("newsroom:request", held.pk)


def _request(pk: int) -> Request:
    return get_object_or_404(Request.objects.with_all().select_related("pictures"), pk=pk)


def _page(
    request: HttpRequest, held: Request, *, letter: LetterForm | None = None, status: int = 200, **forms: Any
) -> HttpResponse:
    user, original = user_of(request), held.permission.original
    may_file = user.has_perm("rights.add_permission")
    words = {name: getattr(held.letter, name) for name in ("to", "subject", "body")}
    may_reword = held.letter.state == "draft" and (may_file or user.has_perm("intake.sort_original"))
    initial = {"credit_line": held.permission.credit_line, "max_words": held.words}
    return shown(
        request,
        "desk/request.html",
        title=original.headline,
        label=_("Request"),
        icon="mail",
        trail=[(_("Requests"), reverse("newsroom:requests"))],
        held=held,
        original=original,
        letter=letter or (LetterForm(initial=words) if may_reword else None),
        may_file=may_file,
        yes=forms.get("yes") or GrantedForm(prefix="yes", initial=initial),
        no=forms.get("no") or AnswerForm(prefix="no"),
        drop=forms.get("drop") or DropForm(prefix="drop"),
        waits=held.state in {"asked", "silent"},
        reminder_due=actions.reminder_due(held),
        is_set_up=actions.mail_is_set_up(),
        status=status,
    )
