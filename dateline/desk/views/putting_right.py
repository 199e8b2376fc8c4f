"""Putting right what went out, answering what changed at its source, and asking the other side."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import any_permission_required, permission_required

from dateline.articles import actions
from dateline.articles.gate import NotCleared
from dateline.articles.models import Article, Correction, NotYourSection, ReplyTask, SourceAnswer
from dateline.desk.views.page import UNFIT, edit_url, next_url, number, shown, told, user_of
from dateline.desk.views.putting_right_forms import KILL, NAMES, PutRightForm, ReplyForm, ReplyNoteForm
from dateline.lib.text import cut, one_line
from dateline.people.models import User

PUBLISH, WITHDRAW = "articles.publish_article", "rights.add_withdrawal"


@any_permission_required(PUBLISH, WITHDRAW)
@require_http_methods(["GET", "POST"])
def put_right(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct, update, recall or kill a piece that readers see; what is for good is asked again."""
    article = get_object_or_404(Article, pk=pk)
    user = user_of(request)
    form = PutRightForm(
        request.POST if request.method == "POST" else None,
        may_correct=user.has_perm(PUBLISH),
        may_withdraw=user.has_perm(WITHDRAW),
    )
    asks_again = False
    if request.method == "POST" and form.is_valid():
        asks_again = form.is_for_good and "confirmed" not in request.POST
        if not asks_again and _is_done(article, form, by=user, now=timezone.now()):
            messages.success(request, told(_("Done, and every page is being told: %s"), article.headline))
            return redirect(next_url(request) or edit_url(request, article))
    return shown(
        request,
        "desk/put_right.html",
        title=_("Put an article right"),
        icon="edit",
        trail=[(cut(one_line(article.headline), 80), edit_url(request, article))],
        article=article,
        form=form,
        asks_again=asks_again,
        chosen=NAMES[form.cleaned_data["kind"]] if asks_again else "",
        is_kill=asks_again and form.cleaned_data["kind"] == KILL,
        notes=article.corrections.select_related("by", "taken_back_by"),
        may_take_back=user.has_perm(PUBLISH),
        status=UNFIT if form.errors else 200,
    )


def _is_done(article: Article, form: PutRightForm, *, by: User, now: datetime) -> bool:
    asked = form.cleaned_data
    said: dict[str, Any] = {"article": article, "by": by, "now": now}
    try:
        match asked["kind"]:
            case "correction":
                actions.correct(**said, was_wrong=asked["was_wrong"], said=asked["said"])
            case "update":
                actions.update(**said, said=asked["said"])
            case "recall":
                actions.recall(**said, note=asked["said"])
            case _:
                actions.kill(**said, reason=asked["said"])
    except (actions.NotLive, actions.Scheduled, NotYourSection) as refusal:
        form.add_error(None, str(refusal))
    except NotCleared as refusal:
        for lack in refusal.lacks:
            form.add_error(None, lack.message)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
    return not form.errors


@permission_required(PUBLISH)
@require_POST
def take_note_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a note back, and its text where nothing was published since."""
    note = get_object_or_404(Correction.objects.select_related("article"), pk=pk)
    try:
        actions.take_back(correction=note, by=user_of(request), now=timezone.now())
    except actions.StandsForGood as refusal:
        messages.error(request, str(refusal))
    except NotCleared as refusal:
        messages.error(request, " ".join(lack.message for lack in refusal.lacks))
    else:
        messages.success(request, told(_("Taken back: %s"), note.article.headline))
    return redirect("newsroom:put-right", note.article_id)


@permission_required(PUBLISH)
@require_http_methods(["GET", "POST"])
def source_changed(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what changed at the source of an article; note that it was corrected, or that nothing is needed."""
    article = get_object_or_404(Article, pk=pk)
    user = user_of(request)
    if not user.has_perm("intake.view_original"):
        raise PermissionDenied
    open_ones = SourceAnswer.objects.unanswered(article)
    if request.method == "POST":
        change = get_object_or_404(open_ones, pk=number(request.POST.get("change")))
        is_corrected = request.POST.get("verdict") == SourceAnswer.Verdict.CORRECTED
        actions.answer_source(
            article=article,
            change=change,
            verdict=SourceAnswer.Verdict.CORRECTED if is_corrected else SourceAnswer.Verdict.NO_NEED,
            correction=Correction.objects.notes_of(article).last() if is_corrected else None,
            note=one_line(request.POST.get("note", ""))[:300],
            by=user,
            now=timezone.now(),
        )
        messages.success(request, told(_("Answered for: %s"), article.headline))
        return redirect("newsroom:source-changed", article.pk)
    return shown(
        request,
        "desk/source_changed.html",
        title=_("What changed at its source"),
        icon="history",
        trail=[(cut(one_line(article.headline), 80), edit_url(request, article))],
        article=article,
        changes=open_ones,
        answers=article.source_answers.select_related("change", "by"),
    )


@permission_required(PUBLISH)
@require_http_methods(["GET", "POST"])
def replies(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who is asked for a reply about an article, and add somebody."""
    article = get_object_or_404(Article, pk=pk)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.plan_reply(article=article, **form.cleaned_data, by=user_of(request), now=timezone.now())
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            return redirect("newsroom:replies", article.pk)
    return shown(
        request,
        "desk/replies.html",
        title=_("Right of reply"),
        icon="comment",
        trail=[(cut(one_line(article.headline), 80), edit_url(request, article))],
        article=article,
        form=form,
        tasks=[(one, _note_form(one)) for one in article.reply_tasks.select_related("by")],
        status=UNFIT if form.errors else 200,
    )


@permission_required(PUBLISH)
@require_POST
def note_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that they were asked, answered, or declined."""
    task = get_object_or_404(ReplyTask.objects.select_related("article"), pk=pk)
    form = ReplyNoteForm(request.POST, prefix=str(task.pk))
    if form.is_valid():
        actions.note_reply(
            task=task,
            state=ReplyTask.State(form.cleaned_data["state"]),
            note=form.cleaned_data["note"],
            by=user_of(request),
            now=timezone.now(),
        )
    else:
        messages.error(request, _("Choose how far it is."))
    return redirect(next_url(request) or reverse("newsroom:replies", args=[task.article_id]))


def _note_form(task: ReplyTask) -> ReplyNoteForm:
    return ReplyNoteForm(initial={"state": task.state, "note": task.note}, prefix=str(task.pk))
