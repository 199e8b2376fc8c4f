"""Answering what a source changed: no change is needed, or the translation goes out again with a correction."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder

from dateline.articles.actions import NotLive, Scheduled
from dateline.articles.gate import NotCleared
from dateline.articles.models import NotYourSection
from dateline.people.models import User
from dateline.translation.actions import CannotFinish
from dateline.translation.actions.source_changes import publish_correction, say_no_change_needed
from dateline.translation.models import Job
from dateline.translation.queries.source_changes import waiting_changes
from dateline.translation.views.shared import UNFIT, address, breadcrumbs, job_for, only_translators

EDITS = "articles.change_article"
PUBLISHES = "articles.publish_article"


class CorrectionForm(forms.Form):
    """What readers are told."""

    was_wrong = forms.CharField(
        label=lazy("What was wrong"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    said = forms.CharField(
        label=lazy("What is right now"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )


@require_POST
def no_change(request: HttpRequest, job_id: int) -> HttpResponse:
    """Let the translation stand as it is, although its source changed."""
    by = only_with(request, EDITS)
    job = job_for(job_id)
    say_no_change_needed(job=job, note=request.POST.get("note", "").strip(), by=by, now=timezone.now())
    messages.success(request, _("It is noted: no change needed. The translation stands as it was."))
    return redirect(address(job))


@require_http_methods(["GET", "POST"])
def correction(request: HttpRequest, job_id: int) -> HttpResponse:
    """Finish the translation, publish it with a note to readers, and answer the source's change."""
    by = only_with(request, PUBLISHES)
    job = job_for(job_id)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_out(job, form, by):
        messages.success(request, _("The corrected translation is published, with the note."))
        return redirect(AdminURLFinder(by).get_edit_url(job.article) or address(job))
    context = {
        "job": job,
        "form": form,
        "changes": waiting_changes(job),
        "header_title": _("Publish with a correction"),
        "header_icon": "edit",
        "breadcrumbs_items": breadcrumbs(
            (address(job), job.source_title), ("", _("Publish with a correction"))
        ),
    }
    return render(request, "translation/correction.html", context, status=UNFIT if form.errors else 200)


def _is_out(job: Job, form: CorrectionForm, by: User) -> bool:
    try:
        publish_correction(job=job, **form.cleaned_data, by=by, now=timezone.now())
    except (CannotFinish, NotLive, Scheduled, NotYourSection) as refusal:
        form.add_error(None, str(refusal))
    except NotCleared as refusal:
        for lack in refusal.lacks:
            form.add_error(None, lack.message)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
    return not form.errors


def only_with(request: HttpRequest, permission: str) -> User:
    """Return who asks. Raises PermissionDenied for who may not translate, or lacks `permission`."""
    user = only_translators(request)
    if not user.has_perm(permission):
        raise PermissionDenied
    return user
