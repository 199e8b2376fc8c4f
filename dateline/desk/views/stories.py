"""Stories: what is going on, who has it, and putting right what was gathered wrongly."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.paginator import WagtailPaginator

from dateline.desk.queries import site_codes
from dateline.desk.views.page import next_url, shown, told, user_of
from dateline.desk.views.stories_forms import StoryFilterForm, TitleForm
from dateline.intake.actions import stories as verbs
from dateline.intake.actions.regathering import enqueue_gathering_again
from dateline.intake.actions.stories import CannotCorrect
from dateline.intake.models import Original, Story, StoryCorrection
from dateline.intake.queries.stories import (
    StoryFilters,
    corrections,
    holders,
    stories,
    story_rows,
    time_line,
)
from dateline.lib.text import one_line
from dateline.people.models import AuditEntry
from dateline.work.queries import unfinished_jobs

PAGE: Final = 50
FOUND: Final = 12
# How far back stories are gathered anew from the desk: longer takes minutes while nothing else is gathered.
GATHERED_ANEW: Final = timedelta(days=7)


@permission_required("intake.view_original")
@require_GET
def story_list(request: HttpRequest) -> HttpResponse:
    """List what is going on, pinned stories first, then by what came in last."""
    form = StoryFilterForm(request.GET or None)
    paginator = WagtailPaginator(stories(form.filters()), per_page=PAGE)
    page = paginator.get_page(request.GET.get("p"))
    return shown(
        request,
        "desk/stories.html",
        title=_("Stories"),
        icon="folder-open-inverse",
        trail=[],
        form=form,
        page=page,
        elided_page_range=paginator.get_elided_page_range(page.number),
        rows=story_rows(list(page.object_list), languages=site_codes()),
        may_sort=user_of(request).has_perm("intake.sort_original"),
        again=unfinished_jobs("intake.gather_again").first(),
        gathered=AuditEntry.objects.filter(verb="stories-gathered-again").order_by("-pk").first(),
    )


@permission_required("intake.view_original")
@require_GET
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a story: its time line, who has it, and how to put it right. A merged one leads to where it is now."""
    found = get_object_or_404(Story.objects.select_related("merged_into"), pk=pk)
    if found.merged_into_id:
        messages.info(request, told(_("It was merged into this story: %s"), found.title))
        return redirect("newsroom:story", found.merged_into_id)
    [row] = story_rows([found], languages=site_codes())
    words = request.GET.get("find", "").strip()
    return shown(
        request,
        "desk/story.html",
        title=row.title,
        label=_("Story"),
        icon="folder-open-inverse",
        trail=[(_("Stories"), reverse("newsroom:stories"))],
        story=found,
        row=row,
        time_line=time_line(found),
        holders=holders(found),
        corrections=corrections(found),
        words=words,
        others=_others(found, words),
        form=TitleForm(initial={"title": one_line(row.title)}),
        may_sort=user_of(request).has_perm("intake.sort_original"),
    )


@permission_required("intake.sort_original")
@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a story's pieces into the chosen one."""
    into = get_object_or_404(Story, pk=_number(request.POST.get("into")))
    done = _put_right(
        request, lambda: verbs.merge(story=_story(pk), into=into, **_by(request)), _("Merged: %s")
    )
    return redirect("newsroom:story", done.pk if done else pk)


@permission_required("intake.sort_original")
@require_POST
def sort_pieces(request: HttpRequest, pk: int) -> HttpResponse:
    """Split the chosen pieces off, or move them into another story."""
    chosen = list(Original.objects.filter(pk__in=[_number(one) for one in request.POST.getlist("piece")]))
    into = request.POST.get("into", "")
    if into:
        target = get_object_or_404(Story, pk=_number(into))
        return _moved(request, pk, chosen, target)
    done = _put_right(
        request,
        lambda: verbs.split_off(story=_story(pk), originals=chosen, **_by(request)),
        _("Split off into a story of its own: %s"),
    )
    return redirect("newsroom:story", done.pk if done else pk)


@permission_required("intake.sort_original")
@require_POST
def pin(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a story open and at the top."""
    _put_right(request, lambda: verbs.pin(story=_story(pk), **_by(request)), _("Pinned: %s"))
    return redirect(next_url(request) or reverse("newsroom:story", args=[pk]))


@permission_required("intake.sort_original")
@require_POST
def unpin(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a story sink again."""
    _put_right(request, lambda: verbs.unpin(story=_story(pk), **_by(request)), _("Not pinned any more: %s"))
    return redirect(next_url(request) or reverse("newsroom:story", args=[pk]))


@permission_required("intake.sort_original")
@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a story a title that stays."""
    form = TitleForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["title"])))
        return redirect("newsroom:story", pk)
    given = form.cleaned_data["title"]
    _put_right(
        request, lambda: verbs.rename(story=_story(pk), title=given, **_by(request)), _("Its title is: %s")
    )
    return redirect("newsroom:story", pk)


@permission_required("intake.sort_original")
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a correction."""
    correction = get_object_or_404(StoryCorrection, pk=pk)
    try:
        verbs.take_back(correction=correction, **_by(request))
        messages.success(request, _("Taken back."))
    except CannotCorrect as refusal:
        messages.error(request, str(refusal))
    if correction.story_id:
        return redirect("newsroom:story", correction.story_id)
    return redirect("newsroom:stories")


@permission_required("intake.sort_original")
@require_POST
def gather_again(request: HttpRequest) -> HttpResponse:
    """Have the last days gathered anew, with everything that was put right."""
    enqueue_gathering_again(since=timezone.now() - GATHERED_ANEW, by=user_of(request))
    messages.success(request, _("The last days are being gathered anew. This page says how far that is."))
    return redirect("newsroom:stories")


def _moved(request: HttpRequest, pk: int, chosen: list[Original], into: Story) -> HttpResponse:
    done: Any = None
    for original in chosen:
        done = _put_right(
            request,
            lambda original=original: verbs.move(original=original, into=into, **_by(request)),  # type: ignore[misc]
            "",
        )
    if not chosen:
        messages.error(request, _("Choose the pieces to move."))
    elif done is not None:
        messages.success(request, told(_("Moved into: %s"), done.title))
    return redirect("newsroom:story", into.pk if done is not None else pk)


def _put_right(request: HttpRequest, verb: Callable[[], Story], sentence: str) -> Story | None:
    """Do a correction and tell what came of it; None where it was refused."""
    try:
        done = verb()
    except CannotCorrect as refusal:
        messages.error(request, str(refusal))
        return None
    if sentence:
        messages.success(request, told(sentence, done.title))
    return done


def _others(own: Story, words: str) -> list[Story]:
    """Return stories that this one could be merged with: those found by words, else those of the same days."""
    found = stories(StoryFilters(state="all" if words else "open", words=words)).exclude(pk=own.pk)
    return list(found[:FOUND])


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"by": user_of(request), "now": timezone.now()}


def _story(pk: int) -> Story:
    return get_object_or_404(Story, pk=pk)


def _number(text: object) -> int:
    return int(text) if isinstance(text, str) and text.isdigit() and len(text) < 19 else 0  # noqa: PLR2004
