"""The newslist: what came in, and the trouble above it."""

from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required, require_admin_access
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.home import HomeView

from dateline.articles.models import Article
from dateline.desk import actions, queries
from dateline.desk.forms import FilterForm
from dateline.desk.views.page import home_url, next_url, shown, told, user_of
from dateline.intake.models import Beat, Entry
from dateline.work.actions import run_again
from dateline.work.models import Job

PAGE: Final = 50


@never_cache
@require_admin_access
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the newslist; to those who may not see what came in, Wagtail's own first page."""
    if not user_of(request).has_perm("intake.view_original"):
        answer: HttpResponse = HomeView.as_view()(request)
        return answer
    return newslist(request)


def newslist(request: HttpRequest) -> HttpResponse:
    """List what came in, newest first, with the trouble above it."""
    now = timezone.now()
    form = FilterForm(request.GET, labels=queries.beat_labels() if Beat.objects.active() else None)
    filters = form.filters()
    paginator = WagtailPaginator(queries.newslist(filters), per_page=PAGE)
    page = paginator.get_page(request.GET.get("p"))
    return shown(
        request,
        "desk/newslist.html",
        title=_("Newslist"),
        icon="list-ul",
        trail=[],
        breadcrumbs_items=[],
        form=form,
        filters=filters,
        page=page,
        elided_page_range=paginator.get_elided_page_range(page.number),
        rows=queries.rows(page.object_list, on=now.date()),
        folded=queries.folded_away(filters),
        folded_url=_folded_url(request),
        trouble=queries.trouble(now=now),
        may_sort=user_of(request).has_perm("intake.sort_original"),
        may_watch=user_of(request).has_perm("sources.change_outlet"),
    )


def _folded_url(request: HttpRequest) -> str:
    """Return the address of what is folded away from this list."""
    asked = request.GET.copy()
    asked.pop("p", None)
    asked["fold"] = "under"
    return f"{home_url()}?{asked.urlencode()}"


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
