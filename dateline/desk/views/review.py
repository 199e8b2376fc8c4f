"""Who reviewed what of a piece: for the desk to read, and as a file for whoever asks."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from wagtail.admin.auth import permission_required

from dateline.desk.queries.given import articles_for
from dateline.desk.views.page import edit_url, shown, user_of
from dateline.publishing.queries.review import in_words, review_of, reviewed_help
from dateline.publishing.reviewing import APPROVED, FINISHED, LOOKED, PUBLISHED

VIEW = "articles.view_article"


@permission_required(VIEW)
@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the log of human review of an article's latest draft; with `?as=json` the same as a file."""
    article = get_object_or_404(articles_for(user_of(request)), pk=pk)
    draft = article.get_latest_revision_as_object()
    log = review_of(draft)
    if request.GET.get("as") == "json":
        told = {"article": str(article.uid), "headline": draft.headline, **log.told()}
        answer = HttpResponse(
            json.dumps(told, ensure_ascii=False, indent=1), content_type="application/json; charset=utf-8"
        )
        answer["Content-Disposition"] = f'attachment; filename="review-{article.uid}.json"'
        return answer
    return shown(
        request,
        "desk/review.html",
        title=_("Read by people"),
        icon="check",
        trail=[(draft.headline, edit_url(request, article))],
        article=draft,
        log=log,
        words=in_words(log),
        machine_help=reviewed_help(draft, log).label,
        steps=[(_WHAT[step.what](), step) for step in log.steps],
    )


_WHAT = {
    APPROVED: lambda: _("approved sentences"),
    FINISHED: lambda: _("finished the translation"),
    LOOKED: lambda: _("read it as second pair of eyes"),
    PUBLISHED: lambda: _("published it"),
}
