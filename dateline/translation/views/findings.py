"""What the checks find in a sentence: beside it while it is typed, and on a page of its own, with an answer to each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin.admin_url_finder import AdminURLFinder

from dateline.lib.text import one_line
from dateline.people.models import User
from dateline.translation.actions.ignoring import (
    NoReason,
    NothingFound,
    heed_finding,
    heed_in_whole,
    ignore_finding,
    ignore_in_whole,
)
from dateline.translation.models import Job, Segment
from dateline.translation.queries.document_findings import whole_of
from dateline.translation.queries.findings import findings_of
from dateline.translation.views.shared import (
    UNFIT,
    address,
    breadcrumbs,
    is_fetch,
    job_for,
    languages,
    only_translators,
    segment_for,
)


@require_POST
def check(request: HttpRequest, job_id: int, segment_id: int) -> HttpResponse:
    """Say what the checks find in words that are being typed; nothing is written."""
    only_translators(request)
    current = segment_for(job_id, segment_id)
    found = findings_of(current, text=one_line(request.POST.get("text", "")))
    return render(request, "translation/findings.html", {"segment": current, "findings": found})


@require_http_methods(["GET", "POST"])
def findings(request: HttpRequest, job_id: int, segment_id: int) -> HttpResponse:
    """Show what the checks find in a sentence, to let it stand for a reason or to heed it after all."""
    by = only_translators(request)
    current = segment_for(job_id, segment_id)
    trouble = _answered(request, current, by) if request.method == "POST" else ""
    if is_fetch(request):
        told = {"segment": current, "findings": findings_of(current), "trouble": trouble}
        return render(request, "translation/findings.html", told, status=UNFIT if trouble else 200)
    if request.method == "POST" and not trouble:
        return redirect(address(current.job, at=current))
    context = {
        "job": current.job,
        "segment": current,
        "findings": findings_of(current),
        "trouble": trouble,
        "key": request.POST.get("key", ""),
        **languages(current.job),
        "header_title": _("What the checks found"),
        "header_icon": "warning",
        "breadcrumbs_items": breadcrumbs(
            (address(current.job, at=current), current.job.source_title), ("", _("What the checks found"))
        ),
    }
    return render(request, "translation/findings_page.html", context, status=UNFIT if trouble else 200)


@require_http_methods(["GET", "POST"])
def before(request: HttpRequest, job_id: int) -> HttpResponse:
    """Show what stands between a whole translation and its readers, and let stand what nobody knows of its credits."""
    by = only_translators(request)
    job = job_for(job_id)
    trouble = _answered_in_whole(request, job, by) if request.method == "POST" else ""
    if request.method == "POST" and not trouble:
        return redirect("translation:before", job.pk)
    context = {
        "job": job,
        "whole": whole_of(job),
        "trouble": trouble,
        "key": request.POST.get("key", ""),
        "article_url": AdminURLFinder(by).get_edit_url(job.article),
        **languages(job),
        "header_title": _("Before it goes out"),
        "header_icon": "warning",
        "breadcrumbs_items": breadcrumbs((address(job), job.source_title), ("", _("Before it goes out"))),
    }
    return render(request, "translation/before.html", context, status=UNFIT if trouble else 200)


def _answered_in_whole(request: HttpRequest, job: Job, by: User) -> str:
    key, now = request.POST.get("key", ""), timezone.now()
    if "heed" in request.POST:
        heed_in_whole(job=job, key=key, by=by, now=now)
        return ""
    try:
        ignore_in_whole(job=job, key=key, reason=request.POST.get("reason", ""), by=by, now=now)
    except (NoReason, NothingFound) as error:
        return str(error)
    return ""


def _answered(request: HttpRequest, current: Segment, by: User) -> str:
    """Do what a button of the page says; return what kept it from being done."""
    key, now = request.POST.get("key", ""), timezone.now()
    if "heed" in request.POST:
        heed_finding(segment=current, key=key, by=by, now=now)
        return ""
    try:
        ignore_finding(segment=current, key=key, reason=request.POST.get("reason", ""), by=by, now=now)
    except (NoReason, NothingFound) as error:
        return str(error)
    return ""
