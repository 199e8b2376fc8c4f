"""The permission of an article that is being worked on, and taking one back for good."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import any_permission_required, permission_required

from dateline.agreements.models import Agreement
from dateline.articles import actions as articles
from dateline.articles.gate import lacks
from dateline.articles.kinds import USE_OF_KIND, Kind
from dateline.articles.models import Article
from dateline.desk import actions, queries
from dateline.desk.actions import DoesNotCover, NeedsNoPermission
from dateline.desk.forms import CoverForm, WithdrawForm
from dateline.desk.views.page import UNFIT, edit_url, shown, told, user_of
from dateline.desk.ways import Way
from dateline.intake.models import Original
from dateline.lib.text import cut, one_line
from dateline.people.models import User
from dateline.rights.models import Withdrawal
from dateline.site.queries import identity, zone


@any_permission_required("intake.sort_original", "rights.add_permission")
@require_http_methods(["GET", "POST"])
def cover(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what an article still lacks, and let an agreement or a grant cover it."""
    article = get_object_or_404(Article, pk=pk)
    draft: Article = article.get_latest_revision_as_object()
    use = USE_OF_KIND.get(Kind(draft.kind))
    if use is None or draft.original is None:
        raise Http404(_("The article is not made from an original."))
    form, offers = _cover_form(request, draft, draft.original, use)
    if request.method == "POST" and form.is_valid():
        try:
            _cover(article, form, by=user_of(request), now=timezone.now())
        except (NeedsNoPermission, DoesNotCover) as refusal:
            form.add_error("cover", str(refusal))
        else:
            messages.success(request, _("Covered. Publish it when it is ready."))
            return redirect(edit_url(request, article))
    return shown(
        request,
        "desk/cover.html",
        title=_("What covers it"),
        icon="key",
        trail=[(cut(one_line(draft.headline), 80), edit_url(request, article))],
        article=draft,
        original=draft.original,
        form=form,
        unfit=[offer for offer in offers if not offer.fits],
        lacks=lacks(draft, now=timezone.now()),
        may_agree=user_of(request).has_perm("agreements.add_agreement"),
        status=UNFIT if form.errors else 200,
    )


def _cover_form(
    request: HttpRequest, draft: Article, piece: Original, use: str
) -> tuple[CoverForm, list[queries.Offer]]:
    way = Way(use, draft.language)
    agreements = Agreement.objects.of(piece.outlet).select_related("outlet")
    offers = [queries.offer(one, piece, way, on=timezone.now().date()) for one in agreements]
    form = CoverForm(
        request.POST if request.method == "POST" else None,
        offers=tuple(offers),
        grants=tuple(queries.grants(piece, way, on=timezone.now().date())),
        may_wait=False,
        may_grant=user_of(request).has_perm("rights.add_permission"),
    )
    return form, offers


def _cover(article: Article, form: CoverForm, *, by: User, now: datetime) -> None:
    if form.permission:
        actions.cover_by_permission(article=article, permission=form.permission, by=by)
    elif form.agreement:
        actions.cover_by_agreement(article=article, agreement=form.agreement, by=by, now=now)
    else:
        actions.cover_by_grant(article=article, evidence=form.grant, by=by, now=now)


@permission_required("rights.add_withdrawal")
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an article back for good: ask for the reason, ask again, then do it."""
    article = get_object_or_404(Article, pk=pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    with timezone.override(zone(identity())):
        is_said = request.method == "POST" and form.is_valid()
    if is_said and "confirmed" in request.POST:
        return _withdrawn(request, article, form)
    return shown(
        request,
        "desk/withdraw.html",
        title=_("Withdraw an article"),
        icon="warning",
        trail=[],
        article=article,
        form=form,
        asks_again=is_said and article.live,
        ground=dict(Withdrawal.Ground.choices).get(form.cleaned_data["ground"]) if is_said else "",
        status=UNFIT if form.errors else 200,
    )


def _withdrawn(request: HttpRequest, article: Article, form: WithdrawForm) -> HttpResponse:
    at = form.cleaned_data["at"]
    told_of = {
        "article": article,
        "reason": form.cleaned_data["reason"],
        "ground": Withdrawal.Ground(form.cleaned_data["ground"]),
        "by": user_of(request),
        "now": timezone.now(),
    }
    try:
        if at:
            articles.withdraw_at(at=at, **told_of)
            messages.success(request, told(_("It will be withdrawn at that moment: %s"), article.headline))
            return redirect("newsroom:rights-ahead")
        articles.withdraw(**told_of)
    except (articles.NotLive, articles.NotYet) as refusal:
        messages.error(request, str(refusal))
    else:
        text = _("Withdrawn. Every surface that showed it is being told: %s")
        messages.success(request, told(text, article.headline))
    return redirect("rights:withdrawals")
