"""A translation goes to an outside tool as a file, and comes back."""

from typing import Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import any_permission_required

from dateline.desk.queries.given import articles_for
from dateline.desk.views.page import UNFIT, shown, user_of
from dateline.translation.actions.sending import (
    ENDINGS,
    LONGEST_BYTES,
    PO,
    XLIFF_NEW,
    XLIFF_OLD,
    NotThisTranslation,
    TakenBack,
    send_out,
    take_back,
)
from dateline.translation.models import Job

LABELS: Final = {
    XLIFF_NEW: lazy("XLIFF 2.1"),
    XLIFF_OLD: lazy("XLIFF 1.2, for older tools"),
    PO: lazy("PO"),
}
TYPES: Final = {"xlf": "application/xliff+xml", "po": "text/x-gettext-translation; charset=utf-8"}

_may_translate = any_permission_required("articles.change_article", "translation.change_job")


class FileForm(forms.Form):
    """The file that came back."""

    file = forms.FileField(label=lazy("The file as the other tool saved it"))

    def clean_file(self) -> object:
        """Refuse what no translation can be."""
        file = self.cleaned_data["file"]
        if file.size > LONGEST_BYTES:
            raise forms.ValidationError(_("It is too large to be the file of a translation."))
        return file


@_may_translate
@require_http_methods(["GET", "POST"])
def files(request: HttpRequest, job_id: int) -> HttpResponse:
    """Offer the translation as a file, and take one back; what somebody changed meanwhile is shown, not overwritten."""
    job = _job(request, job_id)
    form = FileForm(request.POST or None, request.FILES or None)
    outcome: TakenBack | None = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            outcome = take_back(job=job, file=file, name=file.name, by=user_of(request), now=timezone.now())
        except NotThisTranslation as error:
            form.add_error("file", str(error))
    if outcome is not None:
        _tell(request, outcome)
        if not outcome.refused:
            return redirect("translation:job", job.pk)
    return shown(
        request,
        "desk/translation_files.html",
        title=job.source_title,
        icon="download",
        trail=[
            (_("Translations"), reverse("translation:index")),
            (job.source_title, reverse("translation:job", args=[job.pk])),
        ],
        label=_("Another tool"),
        status=UNFIT if request.method == "POST" and outcome is None else 200,
        job=job,
        form=form,
        choices=[(form_name, label) for form_name, label in LABELS.items()],
        refused=outcome.refused if outcome else (),
    )


@_may_translate
@require_POST
def send(request: HttpRequest, job_id: int) -> HttpResponse | StreamingHttpResponse:
    """Give the translation out as a file."""
    job, form = _job(request, job_id), request.POST.get("form", "")
    if form not in LABELS:
        raise Http404
    parts = send_out(job=job, form=form, by=user_of(request), now=timezone.now())
    ending = ENDINGS[form]
    return StreamingHttpResponse(
        (part.encode() for part in parts),
        content_type=TYPES[ending],
        headers={
            "Content-Disposition": f'attachment; filename="translation-{job.pk}-{job.language}.{ending}"'
        },
    )


def _job(request: HttpRequest, job_id: int) -> Job:
    """Return the translation. Raises Http404 where somebody outside was not given it."""
    given = Job.objects.filter(article__in=articles_for(user_of(request)))
    return get_object_or_404(given.select_related("original__outlet"), pk=job_id)


def _tell(request: HttpRequest, outcome: TakenBack) -> None:
    count = len(outcome.changed)
    messages.success(
        request,
        ngettext("%(count)d sentence has new words.", "%(count)d sentences have new words.", count)
        % {"count": count},
    )
    if outcome.refused:
        messages.warning(request, _("Some were left alone: see why below."))
