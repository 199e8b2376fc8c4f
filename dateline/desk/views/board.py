"""The board and the list of the desk's work, and the steps that are taken there."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.paginator import WagtailPaginator

from dateline.audience.queries import today as day_of_the_paper
from dateline.desk.actions.assigning import CannotMove, HeldBySomebody, hold_piece, let_go, move, take_over
from dateline.desk.queries import site_codes
from dateline.desk.queries.board import cards, columns, counts
from dateline.desk.queries.given import articles_for
from dateline.desk.queries.waiting import PUBLISHES, piles
from dateline.desk.stages import LEADS_TO, Move
from dateline.desk.views.page import edit_url, next_url, shown, told, user_of
from dateline.desk.views.work_forms import STAGE_NAMES, BoardFilterForm
from dateline.site.queries import identity, zone

PAGE: Final = 50
COLUMN: Final = 30


@never_cache
@permission_required("desk.view_own_work")
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show what is being worked on, a column for each step."""
    form = BoardFilterForm(request.GET, languages=site_codes())
    found = cards(form.filters(), user=user_of(request), now=timezone.now())
    return shown(
        request,
        "desk/board.html",
        title=_("Board"),
        icon="table",
        trail=[],
        form=form,
        count=len(found),
        columns=[
            (stage, STAGE_NAMES[stage], column[:COLUMN], max(0, len(column) - COLUMN))
            for stage, column in columns(found)
        ],
        leads_to=LEADS_TO,
        query=request.GET.urlencode(),
        now=timezone.now(),
        piles=piles() if user_of(request).has_perm(PUBLISHES) else [],
        today=day_of_the_paper(timezone.now()),
    )


@never_cache
@permission_required("desk.view_own_work")
@require_GET
def work_list(request: HttpRequest) -> HttpResponse:
    """Show the same as a list."""
    form = BoardFilterForm(request.GET, languages=site_codes())
    found = cards(form.filters(), user=user_of(request), now=timezone.now())
    paginator = WagtailPaginator(found, per_page=PAGE)
    page = paginator.get_page(request.GET.get("p"))
    tally = counts(found)
    return shown(
        request,
        "desk/work_list.html",
        title=_("Work"),
        icon="list-ul",
        trail=[(_("Board"), reverse("newsroom:board"))],
        form=form,
        page=page,
        elided_page_range=paginator.get_elided_page_range(page.number),
        rows=[(card, STAGE_NAMES[card.stage]) for card in page.object_list],
        tally=[(stage, name, tally[stage]) for stage, name in STAGE_NAMES.items() if tally[stage]],
        query=request.GET.urlencode(),
        now=timezone.now(),
    )


@permission_required("articles.publish_article")
@require_POST
def take_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Accept a piece, call it ready, or send it back to be edited."""
    if step not in set(Move):
        raise Http404
    article = get_object_or_404(articles_for(user_of(request)), pk=pk)
    try:
        move(article=article, step=Move(step), by=user_of(request), now=timezone.now())
    except CannotMove as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told(_STEPS_TOLD[Move(step)](), article.headline))
    return redirect(next_url(request) or reverse("newsroom:board"))


_STEPS_TOLD: Final = {
    Move.ACCEPT: lambda: _("Accepted: %s"),
    Move.READY: lambda: _("Ready to go out: %s"),
    Move.BACK: lambda: _("Back to be edited: %s"),
}


@permission_required("articles.lock_article")
@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Let me alone edit the piece; where somebody else does, ask whether to take it over."""
    article = get_object_or_404(articles_for(user_of(request)), pk=pk)
    try:
        hold_piece(article=article, by=user_of(request), now=timezone.now())
    except HeldBySomebody:
        return redirect("newsroom:take-over", pk)
    messages.success(request, told(_("You alone edit it now: %s"), article.headline))
    return redirect(next_url(request) or edit_url(request, article))


@permission_required("articles.unlock_article")
@require_http_methods(["GET", "POST"])
def take_it_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, and then take the piece from who holds it."""
    article = get_object_or_404(articles_for(user_of(request)).select_related("locked_by", "locale"), pk=pk)
    if request.method == "POST":
        take_over(article=article, by=user_of(request), now=timezone.now())
        messages.success(request, told(_("You alone edit it now: %s"), article.headline))
        return redirect(edit_url(request, article))
    return shown(
        request,
        "desk/take_over.html",
        title=_("Take it over?"),
        icon="lock",
        trail=[(_("Board"), reverse("newsroom:board"))],
        article=article,
        zone=zone(identity()),
    )


@permission_required("articles.lock_article")
@require_POST
def let_it_go(request: HttpRequest, pk: int) -> HttpResponse:
    """Let others edit the piece again."""
    article = get_object_or_404(articles_for(user_of(request)), pk=pk)
    try:
        let_go(article=article, by=user_of(request), now=timezone.now())
    except HeldBySomebody as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told(_("Others may edit it again: %s"), article.headline))
    return redirect(next_url(request) or reverse("newsroom:board"))
