"""The beat on the desk: described, tried, taken in and out as a file, and what is proposed to it."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from dateline.desk import queries
from dateline.desk.actions import route_label
from dateline.desk.views.beat_forms import (
    WEIGHT_NAMES,
    BeatForm,
    FileForm,
    RouteForm,
    TrialForm,
    faults_in_words,
)
from dateline.desk.views.page import UNFIT, shown, user_of
from dateline.intake.actions import beats
from dateline.intake.actions.scoring import piece_of, try_out
from dateline.intake.beat import Judged, Piece, Reason
from dateline.intake.beat_changes import NoLongerFits
from dateline.intake.beat_changes import in_words as change_in_words
from dateline.intake.beat_reading import BadBeat
from dateline.intake.beat_words import in_words
from dateline.intake.models import Beat, Original, Proposal
from dateline.lib.text import one_line


@permission_required("intake.view_beat")
@require_GET
def beat(request: HttpRequest) -> HttpResponse:
    """Show the beat with what can be done about it."""
    return _page(request, Beat.objects.active())


@permission_required("intake.change_beat")
@require_http_methods(["GET", "POST"])
def describe(request: HttpRequest) -> HttpResponse:
    """Describe the beat in one form."""
    current = Beat.objects.active()
    told = current.read() if current else None
    version = current.version if current else 0
    form = BeatForm(told, version=version, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            beats.describe_beat(
                description=form.description,
                version=form.version,
                by=user_of(request),
                now=timezone.now(),
            )
        except beats.BeatMovedOn as error:
            form.faults.append(str(error))
        else:
            messages.success(request, _("The beat is described; what came in is being scored again."))
            return redirect("newsroom:describe-beat" if "more" in request.POST else "newsroom:beat")
    failed = form.faults or form.particulars.errors or any(form.rows.errors)
    return shown(
        request,
        "desk/beat_describe.html",
        title=_("Describe the beat"),
        icon="crosshairs",
        trail=[(_("Beat"), reverse("newsroom:beat"))],
        form=form,
        status=UNFIT if request.method == "POST" and failed else 200,
    )


@permission_required("intake.view_beat")
@require_POST
def try_beat(request: HttpRequest) -> HttpResponse:
    """Hold a text, or an original, against the beat, and say what comes of it. Nothing is written."""
    current = get_object_or_404(Beat, is_active=True)
    form = TrialForm(request.POST)
    if not form.is_valid():
        return _page(request, current, trial=form, status=UNFIT)
    piece = _tried(form.cleaned_data)
    return _page(request, current, trial=form, piece=piece, judged=try_out(beat=current, piece=piece))


@permission_required("intake.view_beat")
@require_GET
def save_file(_request: HttpRequest) -> HttpResponse:
    """Give the beat out as a file."""
    current = get_object_or_404(Beat, is_active=True)
    answer = HttpResponse(
        json.dumps(current.description, ensure_ascii=False, indent=2) + "\n", content_type="application/json"
    )
    answer["Content-Disposition"] = 'attachment; filename="beat.json"'
    return answer


@permission_required("intake.change_beat")
@require_POST
def load_file(request: HttpRequest) -> HttpResponse:
    """Take a beat from a file; it replaces what was described."""
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            beats.describe_beat(
                description=asked["file"],
                version=asked["version"],
                by=user_of(request),
                now=timezone.now(),
            )
        except BadBeat as error:
            for fault in faults_in_words(error):
                form.add_error("file", fault)
        except beats.BeatMovedOn as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, _("The beat is described; what came in is being scored again."))
            return redirect("newsroom:beat")
    return _page(request, Beat.objects.active(), file=form, status=UNFIT)


@permission_required("intake.change_beat")
@require_POST
def lay_down(request: HttpRequest) -> HttpResponse:
    """Work without a beat."""
    if beats.lay_down_beat(by=user_of(request), now=timezone.now()):
        messages.success(request, _("There is no beat now: the newslist shows everything as it comes in."))
    return redirect("newsroom:beat")


@permission_required("intake.change_beat")
@require_POST
def route(request: HttpRequest) -> HttpResponse:
    """Let a label lead to a section."""
    form = RouteForm(request.POST)
    if not form.is_valid():
        return _page(request, Beat.objects.active(), route=form, status=UNFIT)
    route_label(by=user_of(request), now=timezone.now(), **form.cleaned_data)
    messages.success(request, _("The label's section is noted."))
    return redirect("newsroom:beat")


@permission_required("intake.view_beat")
@require_GET
def proposals(request: HttpRequest) -> HttpResponse:
    """List what editors' picks and spikes propose."""
    listed = Proposal.objects.filter(beat__is_active=True).select_related("decided_by")
    rows = list(listed[:200])
    titles = _headlines(rows)
    return shown(
        request,
        "desk/beat_proposals.html",
        title=_("Proposals to the beat"),
        icon="crosshairs",
        trail=[(_("Beat"), reverse("newsroom:beat"))],
        open_rows=[_proposal(row, titles) for row in rows if row.state == Proposal.State.PROPOSED],
        decided_rows=[_proposal(row, titles) for row in rows if row.state != Proposal.State.PROPOSED],
        may_change=user_of(request).has_perm("intake.change_beat"),
    )


@permission_required("intake.change_beat")
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the beat as proposed."""
    row = get_object_or_404(Proposal, pk=pk)
    try:
        beats.accept_proposal(proposal=row, by=user_of(request), now=timezone.now())
    except (beats.AlreadyDecided, NoLongerFits) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Done: %s") % change_in_words(row.change))
    return redirect("newsroom:beat-proposals")


@permission_required("intake.change_beat")
@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the beat as it is."""
    row = get_object_or_404(Proposal, pk=pk)
    try:
        beats.refuse_proposal(proposal=row, by=user_of(request), now=timezone.now())
    except beats.AlreadyDecided as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Refused; it will not be proposed again."))
    return redirect("newsroom:beat-proposals")


def _page(request: HttpRequest, current: Beat | None, *, status: int = 200, **told: Any) -> HttpResponse:
    judged: Judged | None = told.get("judged")
    version = current.version if current else 0
    return shown(
        request,
        "desk/beat.html",
        title=_("Beat"),
        icon="crosshairs",
        trail=[],
        beat=current,
        told=current.read() if current else None,
        concepts=[(concept, WEIGHT_NAMES[concept.weight]) for concept in current.read().concepts]
        if current
        else [],
        counts=queries.beat_counts(current) if current else None,
        commons=_commons(current) if current else [],
        trial=told.get("trial") or TrialForm(),
        piece=told.get("piece"),
        judged=judged,
        reasons=[in_words(reason) for reason in judged.reasons] if judged else [],
        file=told.get("file") or FileForm(initial={"version": version}),
        route=told.get("route") or RouteForm(),
        routes=queries.routes(),
        waiting=Proposal.objects.filter(beat=current, state=Proposal.State.PROPOSED).count()
        if current
        else 0,
        may_change=user_of(request).has_perm("intake.change_beat"),
        status=status,
    )


def _tried(asked: dict[str, Any]) -> Piece:
    original: Original | None = asked["original"]
    if original is not None:
        return piece_of(original)
    return Piece(title=one_line(asked["title"]), text=asked["text"], language=asked["language"].strip())


def _commons(current: Beat) -> list[tuple[str, int]]:
    """Return the concepts that stand alone most often in what came in, with how often."""
    alone = current.background.get("alone", {})
    return sorted(alone.items(), key=lambda one: (-one[1], one[0]))[:5]


def _headlines(rows: list[Proposal]) -> dict[int, str]:
    wanted = {pk for row in rows for pk in row.originals[:3]}
    return dict(Original.objects.filter(pk__in=wanted).values_list("pk", "headline"))


def _proposal(row: Proposal, titles: dict[int, str]) -> dict[str, Any]:
    return {
        "row": row,
        "change": change_in_words(row.change),
        "why": in_words(Reason(row.why["code"], tuple(row.why["values"]))),
        "originals": [(pk, titles[pk]) for pk in row.originals[:3] if pk in titles],
    }
