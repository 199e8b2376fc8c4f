"""What the desk says about one sentence of a translation: a page of its own, and a part of the translation's page."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import permission_required

from dateline.desk.actions.commenting import (
    ThreadIsResolved,
    answer_comment,
    comment,
    open_thread,
    resolve_thread,
)
from dateline.desk.models import Comment
from dateline.desk.queries.given import articles_for, colleagues
from dateline.desk.views.comments import read_thread
from dateline.desk.views.page import UNFIT, number, shown, user_of
from dateline.translation.models import Segment


@never_cache
@permission_required("desk.view_own_work")
@require_http_methods(["GET", "POST"])
def segment_comments(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and take what is said about a sentence. The translation's page asks for the threads alone."""
    given = Segment.objects.filter(job__article__in=articles_for(user_of(request)))
    rows = given.select_related("job__article", "job__original", "job__source_article")
    segment = get_object_or_404(rows, pk=pk)
    trouble = _done(request, segment) if request.method == "POST" else ""
    people = list(colleagues())
    threads = Comment.objects.threads().filter(segment=segment).prefetch_related("answers__by")
    context: dict[str, Any] = {
        "segment": segment,
        "job": segment.job,
        "address": reverse("newsroom:segment-comments", args=[pk]),
        "threads": [read_thread(thread, people) for thread in threads],
        "people": people,
        "trouble": trouble,
        "typed": request.POST.get("text", "") if trouble else "",
    }
    status = UNFIT if trouble else 200
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return render(request, "desk/segment_threads.html", context, status=status)
    if request.method == "POST" and not trouble:
        return redirect(context["address"])
    back = f"{reverse('translation:job', args=[segment.job_id])}?at={pk}#segment-{pk}"
    return shown(
        request,
        "desk/segment_comments.html",
        title=_("Comments on a sentence"),
        icon="comment",
        trail=[(segment.job.source_title, back)],
        back=back,
        status=status,
        **context,
    )


def _done(request: HttpRequest, segment: Segment) -> str:
    """Take a comment or an answer, settle a thread or open it again; return why not, or nothing."""
    by, now, text = user_of(request), timezone.now(), request.POST.get("text", "")
    try:
        if "thread" not in request.POST:
            comment(segment=segment, text=text, by=by, now=now)
            return ""
        about = Comment.objects.filter(segment=segment, parent=None)
        thread = get_object_or_404(about, pk=number(request.POST["thread"]))
        if "resolve" in request.POST:
            resolve_thread(thread=thread, by=by, now=now)
        elif "open" in request.POST:
            open_thread(thread=thread, by=by, now=now)
        else:
            answer_comment(thread=thread, text=text, by=by, now=now)
    except ThreadIsResolved as refusal:
        return str(refusal)
    except ValidationError:
        return _("Write something first, in at most 5000 characters.")
    return ""
