"""My work today."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from wagtail.admin.auth import permission_required

from dateline.audience.queries import today as day_of_the_paper
from dateline.desk.queries.today import day_of
from dateline.desk.views.comments import address_of
from dateline.desk.views.page import edit_url, shown, user_of


@never_cache
@permission_required("desk.view_own_work")
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person who asks."""
    user, now = user_of(request), timezone.now()
    day = day_of(user, now=now)
    return shown(
        request,
        "desk/today.html",
        title=_("My work today"),
        icon="user",
        trail=[],
        day=day,
        mentions=[(one.comment, address_of(one.comment)) for one in day.mentions],
        held=[(article, edit_url(request, article)) for article in day.held],
        drafts=[(article, edit_url(request, article)) for article in day.drafts],
        refused=[(article, edit_url(request, article)) for article in day.refused],
        now=now,
        today=day_of_the_paper(now),
    )
