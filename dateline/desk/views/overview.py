"""The overview: what the newsroom has to know today, in figures, each also as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from wagtail.admin.auth import permission_required

from dateline.desk.queries import overview as queries
from dateline.desk.views.page import shown
from dateline.lib.formats import sheet


@permission_required("rights.view_permission")
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show all figures."""
    figures = queries.figures(now=timezone.now())
    return shown(request, "desk/overview.html", title=_("Overview"), icon="table", trail=[], figures=figures)


@permission_required("rights.view_permission")
@require_GET
def numbers(_request: HttpRequest, key: str) -> HttpResponse:
    """Hand out the numbers of one figure as CSV."""
    now = timezone.now()
    try:
        figure = queries.figure(key, now=now)
    except KeyError:
        raise Http404 from None
    content = "".join(sheet.lines(figure.head, figure.rows))
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{key}-{now:%Y-%m-%d}.csv"'},
    )
