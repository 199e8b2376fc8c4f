"""Two people at one page: who is there, and what they changed, asked by the page every few seconds."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dateline.translation.actions.company import be_at_work, leave_work
from dateline.translation.models import AtWork
from dateline.translation.queries.company import changes_since, company
from dateline.translation.views.sentence import changed_by, told_of
from dateline.translation.views.shared import job_for, only_translators

LONGEST = 40_000


@require_POST
def at_work(request: HttpRequest, job_id: int) -> HttpResponse:
    """Note who is here, and tell who else is, and which sentences changed since the page saw them.

    seen: `segment:version` with commas between them. Nothing else is told of sentences that are as they were seen.
    """
    by, now = only_translators(request), timezone.now()
    job = job_for(job_id)
    if "leave" in request.POST:
        leave_work(job=job, by=by)
        return HttpResponse(status=204)
    at = request.POST.get("at", "")
    segment = job.segments.filter(pk=int(at)).first() if at.isascii() and at.isdigit() else None
    be_at_work(job=job, by=by, segment=segment, is_writing="writing" in request.POST, now=now)
    changes = changes_since(job, _versions(request.POST.get("seen", "")[:LONGEST]))
    return JsonResponse(
        {
            "people": [_person(one) for one in company(job, besides=by, now=now)],
            "changed": [{**told_of(one, by), "by": changed_by(one)} for one in changes.changed],
            "is_divided": changes.is_divided,
            "job_state": job.state,
        }
    )


def _versions(told: str) -> Mapping[int, int]:
    pairs = (part.partition(":") for part in told.split(","))
    return {int(pk): int(version) for pk, _sign, version in pairs if _is_number(pk) and _is_number(version)}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _person(one: AtWork) -> dict[str, Any]:
    place = one.segment.position + 1 if one.segment else 0
    said = _("%(who)s is at sentence %(number)s") if place else _("%(who)s is here")
    return {
        "who": str(one.user),
        "segment": one.segment_id,
        "is_writing": one.is_writing,
        "words": said % {"who": one.user, "number": place},
        "writing_words": _("%s is writing here.") % one.user if one.is_writing else "",
    }
