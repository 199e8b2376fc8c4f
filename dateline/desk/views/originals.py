"""One original: what it says, how it can be picked, and what would cover it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from dateline.articles.models import Article
from dateline.desk import actions, queries
from dateline.desk.actions import AlreadyPicked, DoesNotCover, NoSuchLanguage
from dateline.desk.forms import CoverForm
from dateline.desk.views import original_facts, undoing
from dateline.desk.views.page import UNFIT, edit_url, home_url, is_fetch, next_url, shown, told, user_of
from dateline.desk.ways import EXCERPT, TRANSLATION, Way, all_ways
from dateline.intake.models import Original
from dateline.intake.queries import reading_for
from dateline.lib.text import cut, one_line
from dateline.people.models import User
from dateline.translation.actions import AlreadyStarted

CONFLICT = 409


@permission_required("intake.view_original")
@require_GET
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what came in, how it can be picked, and what would cover it."""
    piece = _original(pk)
    actions.note_seen(original=piece, by=user_of(request), now=timezone.now())
    return _original_page(request, piece)


@permission_required("intake.sort_original")
@require_POST
def pick(request: HttpRequest, pk: int) -> HttpResponse:
    """Pick an original in one way, under what covers it."""
    piece = _original(pk)
    chosen = _choice(piece, request.POST.get("way", ""))
    form = _pick_form(request, chosen, request.POST)
    if not form.is_valid():
        return _original_page(request, piece, failed=(chosen.way.code, form), status=UNFIT)
    try:
        article = _picked(piece, chosen.way, form, by=user_of(request), now=timezone.now())
    except AlreadyPicked as taken:
        return _told_of(request, taken.article, str(taken))
    except AlreadyStarted as started:
        return _told_of(request, started.job.article, str(started))
    except (NoSuchLanguage, DoesNotCover) as refusal:
        messages.error(request, str(refusal))
        return redirect("newsroom:original", pk)
    _tell_what_next(request, article)
    return redirect(_work_place(request, article))


@permission_required("intake.sort_original")
@require_POST
def pick_into(request: HttpRequest, pk: int) -> HttpResponse:
    """Pick an original in one or several ways at once, each under the first thing that covers it."""
    piece = _original(pk)
    known = {way.code: way for way in all_ways(piece.language, queries.site_codes())}
    ways = [known[code] for code in dict.fromkeys(request.POST.getlist("into")) if code in known]
    if not ways:
        messages.warning(request, _("Choose at least one way to pick it."))
        return redirect("newsroom:original", pk)
    try:
        articles = actions.pick_in_ways(original=piece, ways=ways, by=user_of(request), now=timezone.now())
    except AlreadyPicked as taken:
        return _told_of(request, taken.article, str(taken))
    except AlreadyStarted as started:
        return _told_of(request, started.job.article, str(started))
    except (NoSuchLanguage, DoesNotCover) as refusal:
        messages.error(request, str(refusal))
        return redirect("newsroom:original", pk)
    for article in articles:
        _tell_what_next(request, article)
    return redirect(_work_place(request, articles[0]) if len(articles) == 1 else _original_url(pk))


@permission_required("intake.sort_original")
@require_POST
def spike(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an original aside."""
    piece = _original(pk)
    try:
        actions.spike(original=piece, by=user_of(request), now=timezone.now())
    except AlreadyPicked as taken:
        if is_fetch(request):
            return JsonResponse({"said": str(taken)}, status=CONFLICT)
        return _told_of(request, taken.article, str(taken))
    undoing.remember(request, do="spike", originals=[pk])
    if is_fetch(request):
        said = _("Spiked: %s") % cut(one_line(piece.headline), 120)
        return JsonResponse({"said": said, "gone": [pk], "undo": undoing.undo_words(request)})
    opened = messages.button(reverse("newsroom:original", args=[pk]), _("Open it"))
    messages.success(request, told(_("Spiked: %s"), piece.headline), buttons=[opened])
    return redirect(next_url(request) or home_url())


@permission_required("intake.sort_original")
@require_POST
def unspike(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring an original back."""
    piece = _original(pk)
    actions.unspike(original=piece, by=user_of(request), now=timezone.now())
    undoing.remember(request, do="unspike", originals=[pk])
    if is_fetch(request):
        said = _("Back on the newslist: %s") % cut(one_line(piece.headline), 120)
        return JsonResponse({"said": said, "gone": [pk], "undo": undoing.undo_words(request)})
    messages.success(request, told(_("Back on the newslist: %s"), piece.headline))
    return redirect(next_url(request) or reverse("newsroom:original", args=[pk]))


def _original_page(
    request: HttpRequest, piece: Original, *, failed: tuple[str, CoverForm] | None = None, status: int = 200
) -> HttpResponse:
    choices = queries.choices(piece, on=timezone.now().date())
    reading = reading_for(piece)
    forms = [
        (choice, failed[1] if failed and failed[0] == choice.way.code else _pick_form(request, choice))
        for choice in choices
    ]
    return shown(
        request,
        "desk/original.html",
        title=piece.headline,
        label=one_line(str(piece.outlet)),
        icon="doc-empty",
        trail=[],
        original=piece,
        reading=reading,
        doubts=original_facts.doubts(reading.reasons),
        facts=original_facts.facts(piece),
        told_by=original_facts.origin_words(piece),
        licences=original_facts.licences(piece),
        reservations=original_facts.reservations(piece),
        pictures=original_facts.pictures(piece),
        choices=forms,
        has_pick=any(choice.pick for choice in choices),
        spike=getattr(piece, "spike", None),
        snapshots=piece.snapshots.all(),
        may_sort=user_of(request).has_perm("intake.sort_original"),
        may_agree=user_of(request).has_perm("agreements.add_agreement"),
        status=status,
    )


def _pick_form(request: HttpRequest, choice: queries.Choice, data: Any = None) -> CoverForm:
    return CoverForm(
        data,
        offers=choice.offers,
        grants=choice.grants,
        may_wait=True,
        may_grant=user_of(request).has_perm("rights.add_permission"),
        prefix=choice.way.code,
    )


def _choice(piece: Original, code: str) -> queries.Choice:
    for choice in queries.choices(piece, on=timezone.now().date()):
        if choice.way.code == code:
            return choice
    raise Http404(_("The original cannot be picked in this way."))


@transaction.atomic
def _picked(piece: Original, way: Way, form: CoverForm, *, by: User, now: datetime) -> Article:
    if way.kind == EXCERPT:
        article = actions.pick_as_excerpt(original=piece, agreement=form.agreement, by=by, now=now)
    elif way.kind == TRANSLATION:
        article = actions.pick_as_translation(
            original=piece, language=way.language, agreement=form.agreement, by=by, now=now
        )
    else:
        article = actions.pick_as_reprint(original=piece, agreement=form.agreement, by=by, now=now)
    if form.permission:
        article = actions.cover_by_permission(article=article, permission=form.permission, by=by)
    if form.grant:
        article = actions.cover_by_grant(article=article, evidence=form.grant, by=by, now=now)
    return article


def _tell_what_next(request: HttpRequest, article: Article) -> None:
    if article.permission is None:
        text = _("Picked. It can be worked on; nothing covers it yet, so it cannot be published.")
        messages.warning(request, text, buttons=[_cover_button(article)])
    else:
        messages.success(request, _("Picked, and covered."))


def _work_place(request: HttpRequest, article: Article) -> str:
    """Return where one works on an article: the translation desk, or its form."""
    job = getattr(article, "job", None)
    if job is not None:
        return reverse("translation:job", args=[job.pk])
    return edit_url(request, article)


def _original_url(pk: int) -> str:
    return reverse("newsroom:original", args=[pk])


def _told_of(request: HttpRequest, article: Article, sentence: str) -> HttpResponse:
    messages.warning(request, sentence, buttons=[messages.button(_work_place(request, article), _("Open"))])
    assert article.original is not None  # noqa: S101  # it was made by a pick
    return redirect("newsroom:original", article.original.pk)


def _original(pk: int) -> Original:
    return get_object_or_404(Original.objects.select_related("outlet", "spike__by"), pk=pk)


def _cover_button(article: Article) -> Any:
    return messages.button(reverse("newsroom:cover", args=[article.pk]), _("Find its permission"))
