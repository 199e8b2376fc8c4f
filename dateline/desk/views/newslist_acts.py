"""What is done on the newslist to several pieces or to the list itself: bulk, undo, seen, saved filters."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from dateline.desk import actions, queries
from dateline.desk.actions import AlreadyPicked, NothingChosen
from dateline.desk.forms import FilterForm, SaveFilterForm
from dateline.desk.models import SavedFilter, SeenThrough
from dateline.desk.views import undoing
from dateline.desk.views.page import home_url, is_fetch, next_url, shown, user_of
from dateline.intake.models import Beat, Original
from dateline.lib.scripts import primary

MOST_AT_ONCE = 200


def back(request: HttpRequest) -> HttpResponse:
    """Return to the list."""
    return redirect(next_url(request) or home_url())


@permission_required("intake.sort_original")
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Ask whether the chosen pieces are to be spiked; with the answer, do it."""
    chosen = _chosen(request)
    if not chosen:
        messages.warning(request, _("Choose pieces first."))
        return back(request)
    if "confirmed" not in request.POST:
        return shown(
            request,
            "desk/newslist_bulk.html",
            title=_("Spike the chosen pieces?"),
            icon="bin",
            trail=[],
            originals=chosen,
            next=next_url(request),
        )
    _tell(request, *_spiked(request, chosen))
    return back(request)


def _spiked(request: HttpRequest, chosen: Sequence[Original]) -> tuple[list[int], list[str]]:
    done, refused = [], []
    for original in chosen:
        try:
            actions.spike(original=original, by=user_of(request), now=timezone.now())
            done.append(original.pk)
        except AlreadyPicked as taken:
            refused.append(str(taken))
    return done, refused


def _tell(request: HttpRequest, done: list[int], refused: list[str]) -> None:
    if done:
        undoing.remember(request, do="spike", originals=done)
        words = ngettext("%s piece was spiked.", "%s pieces were spiked.", len(done)) % len(done)
        messages.success(request, words)
    for sentence in refused:
        messages.warning(request, sentence)


@permission_required("intake.sort_original")
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take the last act back."""
    act = undoing.taken(request)
    brought: list[int] = []
    if act is None:
        words = _("There is nothing to undo.")
    elif act["do"] == "seen":
        was = datetime.fromisoformat(act["was"]) if act["was"] else None
        actions.put_mark(through_at=was, by=user_of(request))
        words = _("The pieces are unread again.")
    else:
        brought, words = _turned_back(act["do"], act["originals"], request)
    if is_fetch(request):
        return JsonResponse({"said": words, "brought": brought})
    messages.success(request, words)
    return back(request)


def _turned_back(do: str, numbers: list[int], request: HttpRequest) -> tuple[list[int], str]:
    by, now = user_of(request), timezone.now()
    originals = list(Original.objects.filter(pk__in=numbers))
    for original in originals:
        if do == "spike":
            actions.unspike(original=original, by=by, now=now)
        else:
            actions.spike(original=original, by=by, now=now)
    told = ngettext("%s piece is back.", "%s pieces are back.", len(originals)) % len(originals)
    return ([one.pk for one in originals], told) if do == "spike" else ([], _("Spiked again."))


@permission_required("intake.view_original")
@require_POST
def see_all(request: HttpRequest) -> HttpResponse:
    """Take everything that had come in when the list was shown as seen."""
    by = user_of(request)
    told = request.POST.get("since", "")
    last = Original.objects.filter(pk=int(told)).first() if told.isdecimal() and len(told) < 19 else None  # noqa: PLR2004
    if last is None:
        return back(request)
    before = SeenThrough.objects.filter(user=by).first()
    newest = Original.objects.filter(pk__lte=last.pk).order_by("-taken_at").values_list("taken_at", flat=True)
    actions.see_all(through_at=newest[0], by=by)
    undoing.remember(request, do="seen", was=before.through_at.isoformat() if before else "")
    messages.success(request, _("Everything that had come in is taken as seen."))
    return back(request)


@permission_required("intake.view_original")
@require_POST
def lay_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a piece be unread again."""
    original = get_object_or_404(Original, pk=pk)
    actions.lay_back(original=original, by=user_of(request), now=timezone.now())
    if is_fetch(request):
        return JsonResponse({"said": _("It is unread again."), "unread": original.pk})
    return back(request)


@permission_required("intake.sort_original")
@require_POST
def review(request: HttpRequest) -> HttpResponse:
    """Make a press review of the chosen pieces."""
    language = request.POST.get("language") or own_site_language()
    try:
        article = actions.review(
            originals=_chosen(request), language=language, by=user_of(request), now=timezone.now()
        )
    except (NothingChosen, actions.NoSuchLanguage) as refusal:
        messages.warning(request, str(refusal))
        return back(request)
    messages.success(request, _("The press review is begun: each piece is one of its voices."))
    return redirect("newsroom:review-page", article.pk)


def own_site_language() -> str:
    """Return the site's language that is the desk's too, or the site's first."""
    codes = queries.site_codes()
    here = primary(get_language() or "")
    return next((code for code in codes if primary(code) == here), codes[0] if codes else "")


def _chosen(request: HttpRequest) -> list[Original]:
    """Return the pieces that were chosen, in the order in which they stood."""
    numbers = [int(one) for one in request.POST.getlist("original") if one.isdecimal() and len(one) < 19]  # noqa: PLR2004
    found = Original.objects.select_related("outlet").in_bulk(numbers[:MOST_AT_ONCE])
    return [found[number] for number in dict.fromkeys(numbers) if number in found]


@permission_required("intake.view_original")
@require_POST
def save_filter(request: HttpRequest) -> HttpResponse:
    """Keep what the list is narrowed to under a name."""
    form = SaveFilterForm(request.POST)
    told = FilterForm(_asked(request), labels=queries.beat_labels() if Beat.objects.active() else None)
    if not form.is_valid():
        messages.error(request, _("Give the filter a name."))
        return back(request)
    try:
        kept = actions.save_filter(
            name=form.cleaned_data["name"],
            query=told.query(),
            is_shared=form.cleaned_data["is_shared"],
            by=user_of(request),
            now=timezone.now(),
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return back(request)
    messages.success(request, _("Saved."))
    return redirect(f"{reverse('wagtailadmin_home')}?{kept.query}")


def _asked(request: HttpRequest) -> dict[str, str]:
    return QueryDict(request.POST.get("query", "")[:2000]).dict()


@permission_required("intake.view_original")
@require_POST
def forget_filter(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own saved filter away."""
    kept = get_object_or_404(SavedFilter, pk=pk, by=user_of(request))
    actions.forget_filter(kept=kept, by=user_of(request), now=timezone.now())
    messages.success(request, _("The filter is gone."))
    return back(request)
