"""Rights that end soon and what to do about each; what ended and may come back; what is held."""

from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import any_permission_required, permission_required

from dateline.articles import actions as articles
from dateline.articles.gate import NotCleared
from dateline.articles.models import Article
from dateline.desk.queries import ahead
from dateline.desk.views.page import UNFIT, shown, told, user_of
from dateline.rights import actions as rights
from dateline.rights.models import Hold
from dateline.translation.actions import purge_memory

MAY_TAKE_BACK: Final = "rights.add_withdrawal"


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        strip=True,
        max_length=1000,
        help_text=gettext_lazy("Who demands it, and the file number. It stays in the book."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@any_permission_required("rights.view_permission", MAY_TAKE_BACK)
@require_GET
def rights_ahead(request: HttpRequest) -> HttpResponse:
    """List what ends within the days at which the desk warns, what may come back, and what is held."""
    user = user_of(request)
    return shown(
        request,
        "desk/rights_ahead.html",
        title=_("Rights ahead"),
        icon="date",
        trail=[],
        rows=ahead.endings_ahead(now=timezone.now()),
        within=max(ahead.warn_days(), default=0),
        gone=ahead.may_come_back(),
        held=ahead.holds(),
        may_take_back=user.has_perm(MAY_TAKE_BACK),
        may_publish=user.has_perm("articles.publish_article"),
    )


@permission_required(MAY_TAKE_BACK)
@require_POST
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a piece stand that was to be taken down."""
    article = get_object_or_404(Article, pk=pk)
    if articles.let_stand(article=article, by=user_of(request), now=timezone.now()):
        messages.success(request, told(_("It stays: %s"), article.headline))
    return redirect("newsroom:rights-ahead")


@permission_required("articles.publish_article")
@require_POST
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish again what was withdrawn because its rights ended, if they are renewed."""
    article = get_object_or_404(Article, pk=pk)
    try:
        articles.bring_back(article=article, by=user_of(request), now=timezone.now())
    except (NotCleared, articles.NotWithdrawn, rights.ForGood) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told(_("Readers see it again: %s"), article.headline))
    return redirect("newsroom:rights-ahead")


@permission_required(MAY_TAKE_BACK)
@require_http_methods(["GET", "POST"])
def purge(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then delete from the memory what a withdrawn piece's source left there."""
    article = get_object_or_404(Article.objects.select_related("original"), pk=pk, original__isnull=False)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and article.original:
        try:
            count = purge_memory(
                original=article.original,
                reason=form.cleaned_data["reason"],
                by=user_of(request),
                now=timezone.now(),
            )
        except rights.Held as refusal:
            messages.error(request, str(refusal.args[0]))
        else:
            messages.success(request, _("Sentences deleted from the memory: %d") % count)
        return redirect("newsroom:rights-ahead")
    return _asked(request, _("Purge the memory of its sentences"), article.headline, form)


@permission_required(MAY_TAKE_BACK)
@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then keep an article and its source from any deletion."""
    article = get_object_or_404(Article, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            rights.hold(
                piece=article.uid, reason=form.cleaned_data["reason"], by=user_of(request), now=timezone.now()
            )
        except ValidationError as refusal:
            form.add_error("reason", refusal.messages[0])
        else:
            messages.success(request, told(_("Held: %s"), article.headline))
            return redirect("newsroom:rights-ahead")
    return _asked(request, _("Put it under a legal hold"), article.headline, form)


@permission_required(MAY_TAKE_BACK)
@require_http_methods(["GET", "POST"])
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then lift a hold."""
    held = get_object_or_404(Hold, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            rights.lift_hold(
                hold=held, reason=form.cleaned_data["reason"], by=user_of(request), now=timezone.now()
            )
        except rights.NotHeld as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The hold is lifted."))
        return redirect("newsroom:rights-ahead")
    return _asked(request, _("Lift the hold"), held.reason, form)


def _asked(request: HttpRequest, title: str, of_what: str, form: ReasonForm) -> HttpResponse:
    return shown(
        request,
        "desk/rights_reason.html",
        title=title,
        icon="key",
        trail=[],
        of_what=of_what,
        form=form,
        status=UNFIT if form.errors else 200,
    )
