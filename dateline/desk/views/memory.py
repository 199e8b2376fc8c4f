"""The translation memory on the desk: what is in it, files brought and given out, and what it shall forget."""

from datetime import datetime
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import any_permission_required, permission_required

from dateline.desk.views.page import UNFIT, shown, user_of
from dateline.lib.text import one_line
from dateline.people.models import User
from dateline.rights.actions import Held
from dateline.sources.models import Outlet
from dateline.translation.actions.memory_files import NotAMemory, Terms, bring_memory, given_out
from dateline.translation.actions.purging import NothingNamed, Where, purge
from dateline.translation.models import MemoryImport, MemoryPair, MemoryUnit
from dateline.translation.queries.memory_kept import documents_known, licences_known, pairs_kept, quality_kept
from dateline.work.actions import enqueue_by_name

MAY: Final = "articles.publish_article"
_may_purge = any_permission_required(MAY, "rights.add_withdrawal")
LONGEST_BYTES: Final = 500 * 1024 * 1024
# More than these are forgotten in the background.
AT_ONCE: Final = 2_000
_NARROW: Final = 20


class BringForm(forms.Form):
    """A memory of another tool, and what is true of it."""

    file = forms.FileField(label=lazy("File"), help_text=lazy("TMX, XLIFF or PO."))
    source_language = forms.CharField(
        label=lazy("From"),
        required=False,
        max_length=20,
        help_text=lazy("A language code such as fr; empty: every pair that the file has."),
    )
    language = forms.CharField(label=lazy("Into"), required=False, max_length=20)
    licence = forms.CharField(label=lazy("Licence"), required=False, max_length=200)
    penalty = forms.IntegerField(
        label=lazy("Taken off each score"), required=False, min_value=0, max_value=40, initial=0
    )

    def clean_file(self) -> Any:
        """Refuse what is too large to come by a form."""
        file = self.cleaned_data["file"]
        if file.size > LONGEST_BYTES:
            raise forms.ValidationError(
                _("It is too large for this page: bring it with dateline memory import.")
            )
        return file


class PurgeForm(forms.Form):
    """What the memory shall forget: all for which everything said here is true."""

    outlet = forms.ModelChoiceField(
        label=lazy("Outlet"), queryset=Outlet.objects.order_by("name"), required=False
    )
    licence = forms.ChoiceField(label=lazy("Licence"), required=False)
    document = forms.CharField(
        label=lazy("Document"), required=False, max_length=300, help_text=lazy("As imported files name it.")
    )
    brought_by = forms.ModelChoiceField(
        label=lazy("Imported file"), queryset=MemoryImport.objects.all(), required=False
    )
    reason = forms.CharField(label=lazy("Reason"), max_length=300, help_text=lazy("It stands in the audit."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        licence = self.fields["licence"]
        licence.choices = [("", "—"), *((one, one) for one in licences_known())]  # type: ignore[attr-defined]
        self.fields["document"].widget.attrs["list"] = "memory-documents"

    @property
    def where(self) -> Where:
        """Return what was named."""
        asked = self.cleaned_data
        return Where(
            outlet=asked["outlet"],
            licence=asked["licence"],
            document=one_line(asked["document"]),
            brought_by=asked["brought_by"],
        )


@permission_required(MAY)
@require_GET
def memory(request: HttpRequest) -> HttpResponse:
    """Show what the memory holds, the files that were brought and how far they are, and the two forms."""
    return _page(request)


@permission_required(MAY)
@require_POST
def bring(request: HttpRequest) -> HttpResponse:
    """Take a memory in a file; it is read in the background, and goes on where it was interrupted."""
    form = BringForm(request.POST, request.FILES)
    if form.is_valid():
        asked = form.cleaned_data
        terms = Terms(
            source_language=asked["source_language"].strip(),
            language=asked["language"].strip(),
            licence=one_line(asked["licence"]),
            penalty=asked["penalty"] or 0,
        )
        file = asked["file"]
        try:
            bring_memory(file=file, name=file.name, terms=terms, by=user_of(request), now=timezone.now())
        except NotAMemory as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, _("It is being read. This page says how far it is."))
            return redirect("newsroom:memory")
    return _page(request, bring=form, status=UNFIT)


@_may_purge
@require_http_methods(["GET", "POST"])
def forget(request: HttpRequest) -> HttpResponse:
    """Say how much of the memory would go, then let it go."""
    form = PurgeForm(request.POST or None, initial={"brought_by": request.GET.get("import")})
    count: int | None = None
    if request.method == "POST" and form.is_valid():
        try:
            count = form.where.units().count()
        except NothingNamed:
            form.add_error(None, _("Say what it shall forget: an outlet, a licence, a document or a file."))
        if count is not None and "sure" in request.POST:
            trouble = _forget(request, form, count)
            if not trouble:
                return redirect("newsroom:forget-memory")
            form.add_error(None, trouble)
            count = None
    return shown(
        request,
        "desk/memory_forget.html",
        title=_("Let the memory forget"),
        icon="bin",
        trail=_trail(request),
        form=form,
        count=count,
        documents=documents_known(_NARROW),
        status=UNFIT if form.errors else 200,
    )


@permission_required(MAY)
@require_GET
def export(_request: HttpRequest, pk: int) -> HttpResponse | StreamingHttpResponse:
    """Give the units of a pair of languages out as TMX; what belongs to one person or desk stays."""
    pair = MemoryPair.objects.filter(pk=pk).first()
    if pair is None:
        return redirect("newsroom:memory")
    parts = given_out(source_language=pair.source_language, language=pair.language, now=timezone.now())
    name = f"memory-{pair.source_language}-{pair.language}.tmx"
    return StreamingHttpResponse(
        parts,
        content_type="application/x-tmx+xml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _forget(request: HttpRequest, form: PurgeForm, count: int) -> str:
    """Forget at once, or in the background where it is much; return what kept it from being done."""
    where, reason = form.where, one_line(form.cleaned_data["reason"])
    by, now = user_of(request), timezone.now()
    if count > AT_ONCE:
        _later(where, reason, by, now)
        messages.success(
            request, _("It is being forgotten in the background; the audit will say when it is done.")
        )
        return ""
    try:
        done = purge(where=where, reason=reason, by=by, now=now)
    except Held as error:
        return str(error.args[0])
    words = ngettext("%(count)d sentence is forgotten.", "%(count)d sentences are forgotten.", done)
    messages.success(request, words % {"count": done})
    return ""


def _later(where: Where, reason: str, by: User, now: datetime) -> None:
    enqueue_by_name(
        "translation.purge_memory",
        key=f"{now:%Y%m%d%H%M%S%f}",
        outlet_id=where.outlet.pk if where.outlet else None,
        licence=where.licence,
        document=where.document,
        import_id=where.brought_by.pk if where.brought_by else None,
        reason=reason,
        by_id=by.pk,
    )


def _page(request: HttpRequest, *, bring: BringForm | None = None, status: int = 200) -> HttpResponse:
    return shown(
        request,
        "desk/memory.html",
        title=_("Translation memory"),
        icon="doc-full",
        trail=[],
        pairs=pairs_kept(),
        qualities=[(MemoryUnit.Quality(name).label, count) for name, count in quality_kept()],
        imports=MemoryImport.objects.select_related("by")[:50],
        is_at_work=MemoryImport.objects.filter(state__in=_AT_WORK).exists(),
        bring=bring or BringForm(),
        status=status,
    )


_AT_WORK: Final = (MemoryImport.State.READING, MemoryImport.State.SORTING, MemoryImport.State.PURGING)


def _trail(request: HttpRequest) -> list[tuple[str, str]]:
    return [(_("Translation memory"), reverse("newsroom:memory"))] if user_of(request).has_perm(MAY) else []
