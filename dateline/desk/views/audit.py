"""The audit: who did what to which piece, when, before and after; on a page and as a file."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django import forms
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.auth import permission_required
from wagtail.admin.paginator import WagtailPaginator

from dateline.desk.audit_words import said
from dateline.desk.views.page import shown, user_of
from dateline.lib.formats import sheet
from dateline.people import queries
from dateline.people.differences import differences
from dateline.people.models import AuditEntry
from dateline.people.queries import THE_SYSTEM, Asked
from dateline.site.queries import identity, zone

PAGE: Final = 50
# Read from the database so many at a time, so that years of entries need no memory.
BATCH: Final = 500
HEAD: Final = ("at", "who", "verb", "subject_type", "subject_id", "summary", "before", "after")


class AuditForm(forms.Form):
    """What the audit is narrowed to."""

    by = forms.ChoiceField(label=gettext_lazy("Who"), required=False)
    verb = forms.ChoiceField(label=gettext_lazy("What was done"), required=False)
    subject_type = forms.ChoiceField(label=gettext_lazy("To what"), required=False)
    subject_id = forms.CharField(label=gettext_lazy("Its number"), required=False, max_length=60)
    since = forms.DateField(
        label=gettext_lazy("From the day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=gettext_lazy("To the day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    words = forms.CharField(
        label=gettext_lazy("In its words"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        anybody = [("", _("anybody")), (THE_SYSTEM, _("the system itself"))]
        choices = {
            "by": [*anybody, *((str(one.pk), str(one)) for one in queries.doers())],
            "verb": [("", _("anything")), *((verb, said(verb)) for verb in queries.verbs())],
            "subject_type": [("", _("anything")), *queries.subject_types()],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as they stand above
            field.choices = offered

    def asked(self) -> Asked:
        """Return what was asked for; a part that makes no sense is left out, and the form says so."""
        self.is_valid()
        return Asked(**{name: value for name, value in self.cleaned_data.items() if value})


@permission_required("people.view_auditentry")
@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """List what was done, newest first, each entry in words."""
    form = AuditForm(request.GET)
    found = queries.entries(form.asked(), zone=zone(identity()))
    paginator = WagtailPaginator(found, per_page=PAGE)
    page = paginator.get_page(request.GET.get("p"))
    return shown(
        request,
        "desk/audit.html",
        title=_("What was done"),
        icon="history",
        trail=[],
        form=form,
        page=page,
        elided_page_range=paginator.get_elided_page_range(page.number),
        lines=_lines(request, list(page.object_list)),
        asked=_without_page(request),
        may_export=user_of(request).has_perm("people.export_auditentry"),
    )


@permission_required("people.export_auditentry")
@require_GET
def export(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """Hand out the entries that the page would list, oldest last, as CSV or as JSON Lines."""
    writers = {"csv": (_as_csv, "text/csv"), "jsonl": (_as_json_lines, "application/x-ndjson")}
    if kind not in writers:
        raise Http404
    write, media_type = writers[kind]
    found = queries.entries(AuditForm(request.GET).asked(), zone=zone(identity()))
    answer = StreamingHttpResponse(write(found), content_type=f"{media_type}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="audit-{timezone.now():%Y-%m-%d}.{kind}"'
    return answer


def _lines(request: HttpRequest, listed: list[AuditEntry]) -> list[dict[str, Any]]:
    finder, known = AdminURLFinder(user_of(request)), queries.subjects(listed)
    return [_line(entry, known.get((entry.subject_type, entry.subject_id)), finder) for entry in listed]


def _line(entry: AuditEntry, subject: models.Model | None, finder: AdminURLFinder) -> dict[str, Any]:
    return {
        "entry": entry,
        "said": said(entry.verb),
        "kind": queries.type_name(entry.subject_type),
        "name": str(subject) if subject else "",
        "address": finder.get_edit_url(subject) if subject else None,
        "differences": differences(entry.before, entry.after),
    }


def _without_page(request: HttpRequest) -> str:
    asked = request.GET.copy()
    asked.pop("p", None)
    return asked.urlencode()


def _as_csv(found: models.QuerySet[AuditEntry]) -> Iterator[str]:
    return sheet.lines(HEAD, (_flat(_told(entry)) for entry in found.iterator(BATCH)))


def _as_json_lines(found: models.QuerySet[AuditEntry]) -> Iterator[str]:
    return (json.dumps(_told(entry), ensure_ascii=False) + "\n" for entry in found.iterator(BATCH))


def _told(entry: AuditEntry) -> dict[str, Any]:
    row = {name: getattr(entry, name) for name in HEAD if name not in {"at", "who"}}
    who = entry.by.get_username() if entry.by else ""
    return {"at": entry.at.isoformat(), "who": who, **row}


def _flat(row: dict[str, Any]) -> Iterable[str]:
    return (_cell(row[name]) for name in HEAD)


def _cell(value: object) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""
