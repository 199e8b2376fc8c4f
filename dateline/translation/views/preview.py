"""The article as readers would see it, of the words as they stand."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from dateline.articles.preview import page_of
from dateline.translation.queries.previewing import article_of_now
from dateline.translation.views.shared import job_for, only_translators


@never_cache
@require_GET
def preview(request: HttpRequest, job_id: int) -> HttpResponse:
    """Show the page of a translation's article; nothing is written."""
    only_translators(request)
    return HttpResponse(page_of(article_of_now(job_for(job_id))))
