"""What the checks find in a sentence: beside it while it is typed, and on a page of its own, with an answer to each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dateline.lib.text import one_line
from dateline.people.models import User
from dateline.translation.actions.ignoring import NoReason, NothingFound, heed_finding, ignore_finding
from dateline.translation.models import Segment
from dateline.translation.queries.findings import findings_of
from dateline.translation.views.shared import (
    UNFIT,
    address,
    breadcrumbs,
    is_fetch,
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
