"""One sentence, for the page's script: saved, and with it what its button says."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dateline.people.models import User
from dateline.translation import actions
from dateline.translation.actions import CannotApprove, SegmentChanged
from dateline.translation.actions.taking import write_words
from dateline.translation.forms import SegmentForm
from dateline.translation.models import Segment
from dateline.translation.queries.reviewing import staff_of
from dateline.translation.rows import word_count
from dateline.translation.slugs import propose_slug
from dateline.translation.views.shared import (
    CLASH,
    UNFIT,
    faults_of,
    is_mine,
    name_of,
    only_translators,
    segment_for,
    standing,
)


@require_POST
def segment(request: HttpRequest, job_id: int, segment_id: int) -> JsonResponse:
    """Save one segment, and approve it or take that back if asked; 409 where somebody was faster."""
    by = only_translators(request)
    current = segment_for(job_id, segment_id)
    form = SegmentForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"trouble": form.errors.as_text()}, status=400)
    try:
        saved = _saved(current, by, **form.cleaned_data)
    except SegmentChanged as clash:
        told = {**told_of(clash.theirs, by), "trouble": str(clash), "theirs": clash.theirs.text}
        return JsonResponse(told, status=CLASH)
    except CannotApprove as error:
        told = told_of(segment_for(job_id, segment_id), by)
        return JsonResponse({**told, "trouble": str(error)}, status=UNFIT)
    return JsonResponse(told_of(saved, by))


def _saved(
    current: Segment, by: User, *, text: str, version: int, taken: str, approve: bool, unapprove: bool
) -> Segment:
    now = timezone.now()
    saved = write_words(segment=current, text=text, version=version, taken=taken, by=by, now=now)
    if approve:
        return actions.approve_segment(segment=saved, version=saved.version, by=by, now=now)
    if unapprove:
        return actions.unapprove(segment=saved, version=saved.version, by=by, now=now)
    return saved


def told_of(one: Segment, by: User) -> dict[str, Any]:
    """Return what the script of `by` has to know of a segment."""
    staff = staff_of(one.job)
    return {
        "segment": one.pk,
        "name": name_of(one),
        "version": one.version,
        "state": one.state,
        "state_label": standing(one, staff=staff),
        "mine": "1" if is_mine(one, by, staff=staff) else "",
        "origin_label": one.get_origin_display() if one.origin else "",
        "who": str(one.by) if one.by else "",
        "text": one.text,
        "words": word_count(one.text),
        "trouble": faults_of(one),
        **({"slug": propose_slug(one.text)} if one.block_kind == "headline" else {}),
    }


def changed_by(one: Segment) -> str:
    """Say who changed a sentence."""
    return _("%s changed this sentence just now.") % (one.by or _("Somebody"))
