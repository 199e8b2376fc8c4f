"""The reading list: the same page for everybody; what is in it the reader's own browser knows."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from dateline.audience.dressing import dressed
from dateline.site.queries import identity, languages


@require_safe
def reading_list(request: HttpRequest) -> HttpResponse:
    """Show the page, in the language that is asked for or the site's first."""
    codes = [row.code for row in languages(identity())]
    asked = request.GET.get("in", "")
    language = asked if asked in codes else codes[0]
    with override(language):
        made = dressed("saved", title=str(_("Reading list")), language=language, shows={})
    answer = HttpResponse(made.content)
    answer["Content-Security-Policy"] = made.policy
    answer["X-Robots-Tag"] = "noindex"
    answer["Cache-Control"] = "public, max-age=300"
    return answer
