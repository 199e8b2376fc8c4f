"""The letter that proves an agreement, for those who may see it."""

from pathlib import PurePosixPath

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from wagtail.admin.auth import permission_required

from dateline.agreements.models import Agreement


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
