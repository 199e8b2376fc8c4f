"""Readers' post on the desk: what came, who sees to it, by when the law wants an answer, and the answer."""

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.paginator import WagtailPaginator

from dateline.articles.models import Article
from dateline.audience import actions
from dateline.audience.models import ReaderLetter
from dateline.audience.post import LONGEST_TEXT
from dateline.audience.queries import letters
from dateline.audience.queries import today as day_of_the_paper
from dateline.desk.actions.hearing import tell_editors
from dateline.desk.views.page import UNFIT, shown, user_of
from dateline.desk.views.readers_post_words import draft, draft_of_a_delay
from dateline.rights.actions import mail_is_set_up
from dateline.rights.asking import WrongStep

VIEW: Final = "audience.view_readerletter"
CHANGE: Final = "audience.change_readerletter"
PAGE: Final = 50
TROUBLE: Final = (WrongStep, actions.NothingSaid, actions.Erased, actions.StillOnItsWay, actions.TooLate)


class AnswerForm(forms.Form):
    """An answer to a reader."""

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=300)
    body = forms.CharField(
        label=gettext_lazy("Answer"), widget=forms.Textarea(attrs={"rows": 12}), max_length=20_000
    )


class CloseForm(forms.Form):
    """Why a letter is closed without an answer."""

    reason = forms.CharField(label=gettext_lazy("Why"), max_length=300)


class PassOnForm(forms.Form):
    """What the editors are told of it."""

    text = forms.CharField(
        label=gettext_lazy("What the editors are told"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=5000,
        help_text=gettext_lazy(
            "A comment on the piece; who publishes finds it on their day’s page. Take out what says who wrote."
        ),
    )


@never_cache
@permission_required(VIEW)
@require_GET
def readers_post(request: HttpRequest) -> HttpResponse:
    """List readers' letters: those that wait, by their day; or all of one state or kind."""
    state, kind = request.GET.get("state", "open"), request.GET.get("kind", "")
    found = letters()
    if state in ReaderLetter.State.values:
        found = found.filter(state=state)
    elif state != "all":
        state, found = "open", found.open().soonest()
    kind = kind if kind in ReaderLetter.Kind.values else ""
    paginator = WagtailPaginator(found.filter(kind=kind) if kind else found, per_page=PAGE)
    page = paginator.get_page(request.GET.get("p"))
    return shown(
        request,
        "desk/readers_post.html",
        title=_("Readers’ post"),
        icon="mail",
        trail=[],
        page=page,
        elided_page_range=paginator.get_elided_page_range(page.number),
        states=[("open", _("waiting")), ("all", _("all")), *ReaderLetter.State.choices],
        state=state,
        kinds=[("", _("everything")), *ReaderLetter.Kind.choices],
        kind=kind,
        today=day_of_the_paper(timezone.now()),
    )


@never_cache
@permission_required(VIEW)
@require_GET
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one letter and what can be done with it."""
    return _page(request, _held(pk))


@permission_required(CHANGE)
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """See to a letter oneself."""
    held = _held(pk)
    return _done(request, held, lambda: actions.take(letter=held, **_by(request)), told=_("It is yours."))


@permission_required(CHANGE)
@require_POST
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a letter to somebody else."""
    held = _held(pk)
    return _done(
        request, held, lambda: actions.put_back(letter=held, **_by(request)), told=_("It is put back.")
    )


@permission_required(CHANGE)
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a letter by mail, or note that somebody did."""
    held, form = _held(pk), AnswerForm(request.POST, prefix="answer")
    if not form.is_valid():
        return _page(request, held, answer=form, status=UNFIT)
    told = {**form.cleaned_data, "is_by_hand": "by-hand" in request.POST}
    return _done(
        request,
        held,
        lambda: actions.answer(letter=held, **told, **_by(request)),
        told=_("The answer is filed."),
    )


@permission_required(CHANGE)
@require_POST
def put_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell whoever asks about their data that it takes up to two months more, and why."""
    held, form = _held(pk), AnswerForm(request.POST, prefix="later")
    if not form.is_valid():
        return _page(request, held, later=form, status=UNFIT)
    told = {**form.cleaned_data, "is_by_hand": "by-hand" in request.POST}
    return _done(
        request,
        held,
        lambda: actions.put_off(letter=held, **told, **_by(request)),
        told=_("They are told. The day by which to answer is two months later."),
    )


@permission_required(CHANGE)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a letter without an answer."""
    held, form = _held(pk), CloseForm(request.POST, prefix="close")
    if not form.is_valid():
        return _page(request, held, close=form, status=UNFIT)
    reason = form.cleaned_data["reason"]
    return _done(
        request, held, lambda: actions.close(letter=held, reason=reason, **_by(request)), told=_("Closed.")
    )


@permission_required(CHANGE)
@require_POST
def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the editors, as a comment on the piece."""
    held, form = _held(pk), PassOnForm(request.POST, prefix="pass")
    article = get_object_or_404(Article, uid=held.piece)
    if not form.is_valid():
        return _page(request, held, pass_on=form, status=UNFIT)

    def verb() -> None:
        tell_editors(text=form.cleaned_data["text"], article=article, **_by(request))
        actions.note_passed_on(letter=held, **_by(request))

    return _done(request, held, verb, told=_("The editors find it in the comments on the piece."))


@permission_required(CHANGE)
@require_POST
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase who wrote and what they wrote; asks again first."""
    held = _held(pk)
    if "sure" not in request.POST:
        return _page(request, held, is_erasing=True)
    return _done(request, held, lambda: actions.erase(letter=held, **_by(request)), told=_("Erased."))


def _page(request: HttpRequest, held: ReaderLetter, *, status: int = 200, **forms: Any) -> HttpResponse:
    piece = Article.objects.select_related("locale").filter(uid=held.piece).first() if held.piece else None
    may_change = request.user.has_perm(CHANGE) and not held.erased_at
    subject, body = draft(held)
    today = day_of_the_paper(timezone.now())
    return shown(
        request,
        "desk/reader_letter.html",
        title=f"{held.get_kind_display()} ({held.pk})",
        icon="mail",
        trail=[(_("Readers’ post"), reverse("newsroom:readers-post"))],
        held=held,
        piece=piece,
        today=today,
        days=(held.answer_by - today).days if held.answer_by else 0,
        is_mine=held.taken_by_id == user_of(request).pk,
        may_change=may_change,
        is_set_up=mail_is_set_up(),
        answer=forms.get("answer") or AnswerForm(prefix="answer", initial={"subject": subject, "body": body}),
        later=forms.get("later") or (_why_later(held) if held.may_be_put_off(today=today) else None),
        close=forms.get("close") or CloseForm(prefix="close"),
        pass_on=forms.get("pass_on") or PassOnForm(prefix="pass", initial={"text": held.text[:LONGEST_TEXT]}),
        is_erasing=forms.get("is_erasing", False),
        status=status,
    )


def _why_later(held: ReaderLetter) -> AnswerForm:
    subject, body = draft_of_a_delay(held)
    return AnswerForm(prefix="later", initial={"subject": subject, "body": body})


def _done(request: HttpRequest, held: ReaderLetter, verb: Callable[[], object], *, told: str) -> HttpResponse:
    try:
        verb()
        messages.success(request, told)
    except TROUBLE as error:
        messages.error(request, str(error))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("newsroom:reader-letter", held.pk)


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"by": user_of(request), "now": timezone.now()}


def _held(pk: int) -> ReaderLetter:
    return get_object_or_404(letters(), pk=pk)
