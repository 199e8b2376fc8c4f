"""The house's glossary: its terms, files of other tools, and ideas from what editors keep changing."""

import io
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.paginator import WagtailPaginator

from dateline.desk.views.glossary_forms import (
    GlossaryFileForm,
    GlossaryFilterForm,
    TermDetailsForm,
    TermLines,
    concept_of,
)
from dateline.desk.views.page import UNFIT, shown, told, user_of
from dateline.lib.formats import tbx
from dateline.lib.formats.pieces import Unreadable
from dateline.lib.formats.terms import read_csv, write_csv
from dateline.translation.actions.glossary import (
    NameTaken,
    accept_idea,
    bring_glossary,
    dismiss_idea,
    look_for_ideas,
    remove_term,
    write_term,
)
from dateline.translation.models import Term, TermIdea
from dateline.translation.queries.glossary import concepts, terms

PAGE: Final = 50
MAY: Final = "translation.change_job"
_MOST_BYTES: Final = 20_000_000
_REFUSALS_SHOWN: Final = 5


@permission_required(MAY)
@require_GET
def glossary(request: HttpRequest) -> HttpResponse:
    """List the terms with their forms."""
    form = GlossaryFilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    listed = terms(asked=asked.get("q", ""), language=asked.get("language", ""))
    paginator = WagtailPaginator(listed, per_page=PAGE)
    page = paginator.get_page(request.GET.get("p"))
    return shown(
        request,
        "desk/glossary.html",
        title=_("Glossary"),
        icon="list-ul",
        trail=[],
        form=form,
        file=GlossaryFileForm(),
        page=page,
        elided_page_range=paginator.get_elided_page_range(page.number),
        ideas=TermIdea.objects.filter(state=TermIdea.State.WAITING).count(),
    )


@permission_required(MAY)
@require_http_methods(["GET", "POST"])
def add_term(request: HttpRequest) -> HttpResponse:
    """Add a term."""
    return _term(request, None)


@permission_required(MAY)
@require_http_methods(["GET", "POST"])
def term(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a term, or take it out of the glossary."""
    row = get_object_or_404(Term, pk=pk)
    if request.method == "POST" and "remove" in request.POST:
        remove_term(term=row, by=user_of(request), now=timezone.now())
        messages.success(request, told(_("Out of the glossary: %s"), row.name))
        return redirect("newsroom:glossary")
    return _term(request, row)


def _term(request: HttpRequest, row: Term | None) -> HttpResponse:
    lines = [] if row is None else list(row.forms.values("language", "form", "status", "note"))
    details = TermDetailsForm(request.POST or None, instance=row)
    forms = TermLines(request.POST or None, initial=lines, prefix="forms")
    if request.method == "POST" and details.is_valid() and forms.is_valid():
        concept = concept_of(details.cleaned_data, forms.cleaned_data)
        kept = Term.objects.get(pk=row.pk) if row else None
        try:
            written = write_term(concept=concept, term=kept, by=user_of(request), now=timezone.now())
        except NameTaken as error:
            details.add_error("name", str(error))
        else:
            messages.success(request, told(_("In the glossary: %s"), written.name))
            return redirect("newsroom:glossary")
    return shown(
        request,
        "desk/glossary_term.html",
        title=row.name if row else _("A new term"),
        icon="list-ul",
        trail=_trail(),
        details=details,
        forms=forms,
        term=row,
        status=UNFIT if details.errors or any(forms.errors) else 200,
    )


@permission_required(MAY)
@require_POST
def bring_terms(request: HttpRequest) -> HttpResponse:
    """Take a glossary in a file: CSV or TBX."""
    form = GlossaryFileForm(request.POST, request.FILES)
    if not form.is_valid() or form.cleaned_data["file"].size > _MOST_BYTES:
        messages.error(request, _("Choose a file of CSV or TBX of at most 20 MB."))
        return redirect("newsroom:glossary")
    file = form.cleaned_data["file"]
    content = file.read()
    try:
        found = tbx.read(io.BytesIO(content)) if content.lstrip()[:1] == b"<" else read_csv(_as_text(content))
        brought = bring_glossary(concepts=found, by=user_of(request), now=timezone.now())
    except Unreadable as error:
        messages.error(request, str(error))
        return redirect("newsroom:glossary")
    messages.success(
        request,
        _("%(new)d terms are new, %(old)d were there.") % {"new": brought.new, "old": brought.changed},
    )
    for refused in brought.refused[:_REFUSALS_SHOWN]:
        messages.warning(request, refused)
    return redirect("newsroom:glossary")


def _as_text(content: bytes) -> io.StringIO:
    return io.StringIO(content.decode("utf-8-sig", "replace"), newline="")


@permission_required(MAY)
@require_GET
def export_terms(_request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """Give the glossary out: CSV or TBX."""
    rows = concepts(Term.objects.prefetch_related("forms").iterator(chunk_size=500))
    if kind == "csv":
        parts, mime = write_csv(rows), "text/csv; charset=utf-8"
    elif kind == "tbx":
        parts, mime = tbx.write(rows), "application/x-tbx+xml; charset=utf-8"
    else:
        raise Http404
    return StreamingHttpResponse(
        parts, content_type=mime, headers={"Content-Disposition": f'attachment; filename="glossary.{kind}"'}
    )


@permission_required(MAY)
@require_http_methods(["GET", "POST"])
def term_ideas(request: HttpRequest) -> HttpResponse:
    """Show what editors keep changing of machines' drafts; look again where asked."""
    if request.method == "POST":
        count = len(look_for_ideas(now=timezone.now()))
        messages.success(request, ngettext("%d idea waits.", "%d ideas wait.", count) % count)
        return redirect("newsroom:term-ideas")
    return shown(
        request,
        "desk/glossary_ideas.html",
        title=_("Ideas for the glossary"),
        icon="pick",
        trail=_trail(),
        ideas=TermIdea.objects.filter(state=TermIdea.State.WAITING)[:PAGE],
    )


@permission_required(MAY)
@require_POST
def answer_term_idea(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept an idea, or dismiss it for good."""
    idea = get_object_or_404(TermIdea, pk=pk, state=TermIdea.State.WAITING)
    by, now = user_of(request), timezone.now()
    if request.POST.get("do") == "accept":
        accept_idea(idea=idea, by=by, now=now)
        messages.success(request, told(_("In the glossary: %s"), idea.became))
    else:
        dismiss_idea(idea=idea, by=by, now=now)
        messages.success(request, told(_("Not in the glossary: %s"), idea.became))
    return redirect("newsroom:term-ideas")


def _trail() -> list[tuple[str, str]]:
    return [(_("Glossary"), reverse("newsroom:glossary"))]
