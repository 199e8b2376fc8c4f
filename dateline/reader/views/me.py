"""What a signed-in reader keeps, for the scripts of baked pages: read, added to, taken from. Nobody else asks here."""

import json
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dateline.people.models import User
from dateline.reader.actions import keeping
from dateline.reader.queries import kept
from dateline.reader.senders import is_from_elsewhere
from dateline.site.queries import identity

SHELVES: Final = (keeping.SAVED, keeping.FOLLOWED)
# A device keeps as many as this, with addresses of this length.
LARGEST: Final = 2 * keeping.MOST * 720
UNFIT: Final = 422


@csrf_exempt
@require_http_methods(["GET", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """Return both lists; a POST brings in what a device kept: {"saved": [address, …], "followed": […]}.

    401 for whoever is not signed in, 403 for another site's page, 422 for what is no list.
    """
    if not identity().accounts:
        raise Http404
    reader = request.user
    if not isinstance(reader, User):
        return _plain(401)
    if request.method == "POST":
        if is_from_elsewhere(request, must_say=True):
            return _plain(403)
        brought = _brought(request)
        if brought is None:
            return _plain(UNFIT)
        for shelf in SHELVES:
            keeping.bring_in(reader=reader, shelf=shelf, paths=brought[shelf], now=timezone.now())
    answer = JsonResponse({"saved": kept.saved(reader), "followed": kept.followed(reader)})
    answer["Cache-Control"] = "no-store"
    return answer


def _brought(request: HttpRequest) -> dict[str, list[str]] | None:
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return None
    try:
        told: Any = json.loads(request.body)
    except ValueError:
        return None
    if not isinstance(told, dict):
        return None
    return {shelf: _paths(told.get(shelf)) for shelf in SHELVES}


def _paths(told: Any) -> list[str]:
    rows = told if isinstance(told, list) else []
    return [row for row in rows if isinstance(row, str)][: keeping.MOST]


def _plain(status: int) -> HttpResponse:
    answer = HttpResponse("", status=status, content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    return answer
