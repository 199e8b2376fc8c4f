"""Agreements on the desk, beside their snippet: the letter that proves one, and taking one back."""

from pathlib import PurePosixPath
from typing import Final

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from dateline.agreements.actions import revoke_agreement
from dateline.agreements.forms import RevokeForm
from dateline.agreements.models import Agreement
from dateline.people.models import User

UNFIT: Final = 422


@permission_required("agreements.view_agreement")
@require_GET
def evidence(_request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand the file over to be saved; a browser never opens it in our name."""
    agreement = get_object_or_404(Agreement, pk=pk)
    if not agreement.evidence:
        raise Http404(_("The agreement has no evidence on file."))
    try:
        file = agreement.evidence.open("rb")
    except FileNotFoundError:
        raise Http404(_("The evidence is no longer on the disk.")) from None
    name = PurePosixPath(agreement.evidence.name or "").name
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/octet-stream")


@permission_required("agreements.change_agreement")
@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then take an agreement back."""
    agreement = get_object_or_404(Agreement.objects.select_related("outlet"), pk=pk)
    form = RevokeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        assert isinstance(request.user, User)  # noqa: S101  # Wagtail's door lets nobody else in
        reason = form.cleaned_data["reason"]
        revoke_agreement(agreement=agreement, reason=reason, by=request.user, now=timezone.now())
        messages.success(request, _("Revoked: it grants nothing any more, and what is live under it goes."))
        return redirect("wagtailsnippets_agreements_agreement:list")
    listed = reverse("wagtailsnippets_agreements_agreement:list")
    furniture = {
        "header_title": _("Revoke an agreement"),
        "header_icon": "clipboard-list",
        "breadcrumbs_items": [
            {"url": listed, "label": _("Agreements")},
            {"url": "", "label": _("Revoke an agreement")},
        ],
    }
    context = {**furniture, "agreement": agreement, "form": form}
    return render(request, "agreements/revoke.html", context, status=UNFIT if form.errors else 200)
