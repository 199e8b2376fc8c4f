"""Changes at the source: what outlets altered after we had it, and what of ours was made from it."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.paginator import WagtailPaginator

from dateline.articles.models import Article
from dateline.desk.views.page import next_url, shown, told, user_of
from dateline.intake.actions.changed import NothingSaid, answer_change, see_change
from dateline.intake.changes_told import Kind, name_of
from dateline.intake.models import Change
from dateline.lib.text import one_line

PAGE: Final = 40
STATES: Final = ("open", "answered", "all")


@permission_required("intake.view_original")
@require_GET
def changes(request: HttpRequest) -> HttpResponse:
    """List changes, newest first, each with what happened and what of ours rests on the piece."""
    state = request.GET.get("state") if request.GET.get("state") in STATES else "open"
    kind = request.GET.get("kind") if request.GET.get("kind") in list(Kind) else ""
    only_ours = request.GET.get("ours") == "1"
    paginator = WagtailPaginator(_listed(state or "open", kind or "", only_ours=only_ours), per_page=PAGE)
    page = paginator.get_page(request.GET.get("p"))
    return shown(
        request,
        "desk/changes.html",
        title=_("Changes at the source"),
        icon="history",
        trail=[],
        page=page,
        elided_page_range=paginator.get_elided_page_range(page.number),
        rows=_rows(list(page.object_list)),
        state=state,
        kind=kind,
        only_ours=only_ours,
        kinds=[(one.value, name_of(one)) for one in Kind],
        may_sort=user_of(request).has_perm("intake.sort_original"),
    )


@permission_required("intake.view_original")
@require_GET
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one change: what happened, the text with what went and what came, and what of ours was made from it."""
    return _change_page(request, _change(pk))


@permission_required("intake.sort_original")
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that somebody has seen a change, or what was done about it."""
    piece = _change(pk)
    if request.POST.get("act") == "seen":
        see_change(change=piece, by=user_of(request), now=timezone.now())
        messages.success(request, told(_("Seen: %s"), piece.original.headline))
        return redirect(next_url(request) or reverse("newsroom:changes"))
    try:
        answer_change(
            change=piece, answer=request.POST.get("answer", ""), by=user_of(request), now=timezone.now()
        )
    except NothingSaid as error:
        return _change_page(request, piece, trouble=str(error), status=422)
    messages.success(request, told(_("Answered: %s"), piece.original.headline))
    return redirect(next_url(request) or reverse("newsroom:changes"))


def _change_page(
    request: HttpRequest, piece: Change, *, trouble: str = "", status: int = 200
) -> HttpResponse:
    original = piece.original
    return shown(
        request,
        "desk/change.html",
        title=original.headline,
        label=capfirst(name_of(piece.kind)),
        icon="history",
        trail=[
            (_("Changes at the source"), reverse("newsroom:changes")),
            (one_line(original.headline), reverse("newsroom:original", args=[original.pk])),
        ],
        change=piece,
        original=original,
        articles=_articles([original.pk]).get(original.pk, []),
        may_sort=user_of(request).has_perm("intake.sort_original"),
        trouble=trouble,
        status=status,
    )


def _listed(state: str, kind: str, *, only_ours: bool) -> Any:
    found = Change.objects.newest()
    if state == "open":
        found = found.open()
    elif state == "answered":
        found = found.filter(state=Change.State.ANSWERED)
    if kind:
        found = found.filter(kind=kind)
    if only_ours:
        found = found.filter(original__in=Article.objects.exclude(original=None).values("original"))
    return found.defer("passages", "original__body_html", "original__body_text")


def _rows(listed: list[Change]) -> list[tuple[Change, list[Article]]]:
    made = _articles([one.original_id for one in listed])
    return [(one, made.get(one.original_id, [])) for one in listed]


def _articles(originals: list[int]) -> dict[int, list[Article]]:
    """Return what of ours was made from originals, what readers see first."""
    found: dict[int, list[Article]] = {}
    made = Article.objects.filter(original__in=originals).select_related("locale").order_by("-live", "pk")
    for article in made:
        assert article.original_id is not None  # noqa: S101 - the filter asks for it
        found.setdefault(article.original_id, []).append(article)
    return found


def _change(pk: int) -> Change:
    return get_object_or_404(
        Change.objects.select_related("original__outlet", "before", "after", "by"), pk=pk
    )
