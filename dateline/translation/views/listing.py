"""The open translations."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dateline.translation.models import Job, Segment
from dateline.translation.views.shared import breadcrumbs, only_translators


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the translations that are not finished, newest first."""
    only_translators(request)
    approved = Count("segments", filter=Q(segments__state=Segment.State.APPROVED))
    jobs = (
        Job.objects.filter(state=Job.State.DRAFT)
        .select_related("original__outlet", "source_article", "translator")
        .annotate(total=Count("segments"), approved=approved)
    )
    context = {
        "jobs": jobs[:200],
        "header_title": _("Translations"),
        "header_icon": "copy",
        "breadcrumbs_items": breadcrumbs(),
    }
    return render(request, "translation/index.html", context)
