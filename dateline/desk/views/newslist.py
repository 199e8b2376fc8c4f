"""The newslist: what came in, as stories or single pieces, and the trouble above it."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required, require_admin_access
from wagtail.admin.views.home import HomeView

from dateline.articles.models import Article
from dateline.desk import actions, queries
from dateline.desk.forms import FilterForm, SaveFilterForm
from dateline.desk.models import SavedFilter
from dateline.desk.queries import listing
from dateline.desk.views.newslist_rows import rows
from dateline.desk.views.page import home_url, is_fetch, next_url, shown, told, user_of
from dateline.desk.views.undoing import undo_words
from dateline.intake.models import Beat, Entry, Story
from dateline.site.queries import identity, zone
from dateline.work.actions import run_again
from dateline.work.models import Job

# Stories that stand open at a time, where the address says which.
MOST_OPEN: Final = 5


@never_cache
@require_admin_access
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the newslist; to those who may not see what came in, Wagtail's own first page."""
    if not user_of(request).has_perm("intake.view_original"):
        answer: HttpResponse = HomeView.as_view()(request)
        return answer
    with timezone.override(zone(identity())):
        return newslist(request)


def newslist(request: HttpRequest) -> HttpResponse:
    """List what came in, with the trouble above it."""
    now, user = timezone.now(), user_of(request)
    beat = Beat.objects.active()
    form = filter_form(request, beat)
    filters = form.filters()
    since = listing.newest_number()
    page = listing.page_of(
        filters,
        beat=beat,
        after=listing.place_of(request.GET.get("after", "")),
        user=user,
        on=timezone.localdate(now),
    )
    _unfold(request, page)
    lines: dict[str, Any] = {
        "rows": rows(page.lines, foldable=filters.view == "stories"),
        "may_sort": user.has_perm("intake.sort_original"),
        "may_look": user.has_perm("desk.view_own_work"),
    }
    older = _with(request, after=page.older) if page.older else ""
    if is_fetch(request):
        return render(request, "desk/newslist_more.html", {**lines, "older": older})
    return shown(
        request,
        "desk/newslist.html",
        title=_("Newslist"),
        icon="list-ul",
        trail=[],
        breadcrumbs_items=[],
        **lines,
        form=form,
        narrowing=_narrowing(request, form),
        filters=filters,
        query=form.query(),
        since=since,
        unread=_counted(listing.unread_count(filters, beat=beat, user=user)),
        addresses={**_addresses(request, form), "older": older},
        folded=queries.folded_away(filters, beat=beat),
        folded_url=_with(request, fold="under"),
        saved=SavedFilter.objects.for_user(user),
        save_form=SaveFilterForm(),
        undo=undo_words(request),
        trouble=queries.trouble(now=now),
        may_watch=user.has_perm("sources.change_outlet"),
    )


def _narrowing(request: HttpRequest, form: FilterForm) -> list[tuple[str, str, str]]:
    """Return what the panel narrows: what it is called, to what, and the address of the list without it."""
    return [(label, words, _without(request, name)) for name, label, words in form.narrowing()]


def filter_form(request: HttpRequest, beat: Beat | None) -> FilterForm:
    """Return the form that the address fills in."""
    return FilterForm(request.GET, labels=queries.beat_labels(beat) if beat else None)


@permission_required("intake.view_original")
@require_GET
def story_lines(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the pieces of a story as the newslist shows them, without the page around."""
    story = get_object_or_404(Story, pk=pk)
    user = user_of(request)
    with timezone.override(zone(identity())):
        return render(
            request,
            "desk/newslist_inside.html",
            {
                "rows": rows(listing.inside_of(story, user=user, on=timezone.localdate()), is_inside=True),
                "may_sort": user.has_perm("intake.sort_original"),
                "may_look": user.has_perm("desk.view_own_work"),
                "story": story,
            },
        )


@never_cache
@permission_required("intake.view_original")
@require_GET
def come_in(request: HttpRequest) -> HttpResponse:
    """Say how many pieces came in since the list was shown; what has not changed is not said again."""
    told_since = request.GET.get("since", "")
    since = int(told_since) if told_since.isdecimal() and len(told_since) < 19 else 0  # noqa: PLR2004  # as keys are
    beat = Beat.objects.active()
    filters = filter_form(request, beat).filters()
    number = listing.come_in_since(filters, beat=beat, number=since, user=user_of(request))
    tag = f'"{since}-{number}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified()
    words = ngettext("%s new piece: show it", "%s new pieces: show them", number) % _counted(number)
    return JsonResponse({"number": number, "words": words}, headers={"ETag": tag})


def _unfold(request: HttpRequest, page: listing.Lines) -> None:
    """Put the pieces into the stories that the address names."""
    named = {one for one in request.GET.getlist("open") if one.isdecimal()}
    for line in page.lines:
        if line.story:
            line.open_url = _opening(request, line.story.pk, named)
    opened = [line for line in page.lines if line.story and str(line.story.pk) in named][:MOST_OPEN]
    for line in opened:
        assert line.story is not None  # noqa: S101  # chosen so
        line.inside = listing.inside_of(line.story, user=user_of(request), on=timezone.localdate())


def _opening(request: HttpRequest, story: int, opened: set[str]) -> str:
    """Return the address of this page with a story opened, or closed where it is open."""
    asked = request.GET.copy()
    asked.setlist("open", sorted(opened ^ {str(story)}))
    return f"?{asked.urlencode()}#story-{story}"


def _counted(number: int) -> str:
    most = queries.MOST_COUNTED
    return str(number) if number <= most else _("more than %s") % most


def _addresses(request: HttpRequest, form: FilterForm) -> dict[str, str]:
    is_stories = form.filters().view == "stories"
    return {
        "first": _with(request),
        "other_view": _with(request, view="pieces" if is_stories else "stories"),
        "unread": _with(request, unread="on"),
    }


def _with(request: HttpRequest, **changed: str) -> str:
    """Return the address of this list with something else asked, from its first page."""
    return _without(request, **changed)


def _without(request: HttpRequest, *names: str, **changed: str) -> str:
    """Return the address of this list without what some fields ask, from its first page."""
    asked = request.GET.copy()
    for name in ("after", "open", "p", *names):
        asked.pop(name, None)
    for name, value in changed.items():
        asked[name] = value
    return f"{home_url()}?{asked.urlencode()}" if asked else home_url()


@permission_required("intake.sort_original")
@require_POST
def try_entry_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a piece taken that could not be taken."""
    entry = actions.try_entry_again(entry=get_object_or_404(Entry, pk=pk))
    messages.success(request, told(_("It is being tried again: %s"), str(entry)))
    return redirect(next_url(request) or home_url())


@permission_required("work.change_job")
@require_POST
def run_job_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give background work that was given up its attempts back."""
    job = get_object_or_404(Job.objects.dead(), pk=pk)
    run_again(job=job, now=timezone.now())
    messages.success(request, told(_("It is being tried again: %s"), job.task))
    return redirect(next_url(request) or home_url())


@permission_required("articles.publish_article")
@require_POST
def refusal_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the refusal of a schedule from the newslist."""
    article = get_object_or_404(Article, pk=pk)
    actions.note_refusal_seen(article=article, by=user_of(request), now=timezone.now())
    return redirect(next_url(request) or home_url())
