"""The translation desk: original and translation side by side, as one plain form; a script makes it quicker.

Every button saves what was typed first. Nothing is ever overwritten that its writer did not see: then both
texts are shown, and the writer decides.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder

from dateline.lib.scripts import direction
from dateline.lib.text import one_line
from dateline.people.models import User
from dateline.translation import actions
from dateline.translation.actions import CannotApprove, SegmentChanged, SegmentsOpen, faults_in_words
from dateline.translation.actions.ignoring import NoReason, NothingFound, heed_finding, ignore_finding
from dateline.translation.documents import BlockKind
from dateline.translation.forms import Entry, SegmentForm, entries, field_name
from dateline.translation.machines.registry import machines_for
from dateline.translation.marks import check_marks
from dateline.translation.models import Job, Segment
from dateline.translation.queries import Progress, progress
from dateline.translation.queries.findings import Seen, findings_in, findings_of
from dateline.translation.rows import Row, by_block

KINDS: Final = {
    BlockKind.HEADLINE: lazy("Headline"),
    BlockKind.STANDFIRST: lazy("Standfirst"),
    BlockKind.PARAGRAPH: lazy("Paragraph"),
    BlockKind.HEADING: lazy("Heading"),
    BlockKind.LIST_ITEM: lazy("List item"),
    BlockKind.QUOTE: lazy("Quote"),
    BlockKind.ATTRIBUTION: lazy("Attribution"),
    BlockKind.CAPTION: lazy("Caption"),
    BlockKind.CELL: lazy("Table cell"),
}
CLASH: Final = 409
UNFIT: Final = 422


def may_translate(user: Any) -> bool:
    """Return whether somebody may work on translations."""
    return bool(user.has_perm("articles.change_article") or user.has_perm("translation.change_job"))


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the translations that are not finished, newest first."""
    _only_translators(request)
    approved = Count("segments", filter=Q(segments__state=Segment.State.APPROVED))
    jobs = (
        Job.objects.filter(state=Job.State.DRAFT)
        .select_related("original__outlet", "translator")
        .annotate(total=Count("segments"), approved=approved)
    )
    context = {
        "jobs": jobs[:200],
        "header_title": _("Translations"),
        "header_icon": "copy",
        "breadcrumbs_items": _breadcrumbs(),
    }
    return render(request, "translation/index.html", context)


@require_http_methods(["GET", "POST"])
def job(request: HttpRequest, job_id: int) -> HttpResponse:
    """Show a translation, or do what a button of its form says."""
    by = _only_translators(request)
    jobs = Job.objects.select_related("original__outlet", "article__locale")
    work = Work(get_object_or_404(jobs, pk=job_id), by, timezone.now())
    if request.method == "POST":
        answer = _done(request, work)
        if answer is not None:
            return answer
    return _page(request, work)


@require_POST
def segment(request: HttpRequest, job_id: int, segment_id: int) -> JsonResponse:
    """Save one segment for the page's script, and approve it if asked; 409 where somebody was faster."""
    by = _only_translators(request)
    current = get_object_or_404(Segment.objects.select_related("job"), pk=segment_id, job=job_id)
    form = SegmentForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"trouble": form.errors.as_text()}, status=400)
    try:
        saved = _saved(current, by, **form.cleaned_data)
    except SegmentChanged as clash:
        return JsonResponse(
            {**_told(clash.theirs), "trouble": str(clash), "theirs": clash.theirs.text}, status=CLASH
        )
    except CannotApprove as error:
        return JsonResponse(
            {**_told(Segment.objects.get(pk=current.pk)), "trouble": str(error)}, status=UNFIT
        )
    return JsonResponse(_told(saved))


@require_POST
def check(request: HttpRequest, job_id: int, segment_id: int) -> HttpResponse:
    """Say what the checks find in words that are being typed; nothing is written."""
    _only_translators(request)
    current = get_object_or_404(Segment.objects.select_related("job"), pk=segment_id, job=job_id)
    found = findings_of(current, text=one_line(request.POST.get("text", "")))
    return render(request, "translation/findings.html", {"segment": current, "findings": found})


@require_http_methods(["GET", "POST"])
def findings(request: HttpRequest, job_id: int, segment_id: int) -> HttpResponse:
    """Show what the checks find in a sentence, to let it stand for a reason or to heed it after all."""
    by = _only_translators(request)
    current = get_object_or_404(Segment.objects.select_related("job__original"), pk=segment_id, job=job_id)
    trouble = _answered(request, current, by) if request.method == "POST" else ""
    if request.method == "POST" and not trouble:
        return redirect(_address(current.job, at=current))
    context = {
        "job": current.job,
        "segment": current,
        "findings": findings_of(current),
        "trouble": trouble,
        "key": request.POST.get("key", ""),
        "source": _language(current.job.source_language),
        "target": _language(current.job.language),
        "header_title": _("What the checks found"),
        "header_icon": "warning",
        "breadcrumbs_items": [
            *_breadcrumbs(),
            {"url": _address(current.job, at=current), "label": str(current.job.original)},
            {"url": "", "label": _("What the checks found")},
        ],
    }
    return render(request, "translation/findings_page.html", context, status=UNFIT if trouble else 200)


def _answered(request: HttpRequest, current: Segment, by: User) -> str:
    """Do what a button of the page says; return what kept it from being done."""
    key, now = request.POST.get("key", ""), timezone.now()
    if "heed" in request.POST:
        heed_finding(segment=current, key=key, by=by, now=now)
        return ""
    try:
        ignore_finding(segment=current, key=key, reason=request.POST.get("reason", ""), by=by, now=now)
    except (NoReason, NothingFound) as error:
        return str(error)
    return ""


@dataclass
class Trouble:
    """What could not be done at a segment. `typed` are the writer's words, where they were not written."""

    message: str
    typed: str | None = None
    is_clash: bool = False


@dataclass
class Work:
    """One visit of somebody to a job, and the troubles that came of it, by segment."""

    job: Job
    by: User
    now: datetime
    troubles: dict[int, Trouble] = field(default_factory=dict)

    def save(self, typed: dict[int, Entry]) -> None:
        """Save the textareas that were touched."""
        touched = {pk: entry for pk, entry in typed.items() if entry.is_touched}
        for one in self.job.segments.filter(pk__in=touched):
            entry = touched[one.pk]
            try:
                actions.save_segment(
                    segment=one, text=entry.text, version=entry.version, by=self.by, now=self.now
                )
            except SegmentChanged as clash:
                self.troubles[one.pk] = Trouble(str(clash), typed=entry.text, is_clash=True)

    def at(self, number: str, typed: dict[int, Entry], verb: Callable[..., Segment]) -> Segment | None:
        """Do `verb` to one segment as its writer saw it, after `save`; None where it could not be done."""
        one = get_object_or_404(self.job.segments, pk=int(number) if number.isdigit() else 0)
        if one.pk in self.troubles:
            return None
        entry = typed.get(one.pk)
        version = entry.version if entry and not entry.is_touched else one.version
        try:
            return verb(segment=one, version=version, by=self.by, now=self.now)
        except SegmentChanged as clash:
            self.troubles[one.pk] = Trouble(str(clash), is_clash=True)
        except CannotApprove as error:
            self.troubles[one.pk] = Trouble(str(error))
        return None


def _done(request: HttpRequest, work: Work) -> HttpResponse | None:
    """Save, then do what the pressed button says. None where there were troubles to show."""
    posted = request.POST
    typed = entries(posted)
    work.save(typed)
    pressed = next((name for name in _BUTTONS if name in posted), "save")
    place = _BUTTONS[pressed](request, work, posted, typed)
    if work.troubles:
        count = len(work.troubles)
        messages.error(
            request,
            ngettext("%(count)d sentence needs a look.", "%(count)d sentences need a look.", count)
            % {"count": count},
        )
        return None
    return redirect(place)


def _just_save(request: HttpRequest, work: Work, _posted: QueryDict, _typed: dict[int, Entry]) -> str:
    if not work.troubles:
        messages.success(request, _("Saved."))
    return _address(work.job)


def _approve(_request: HttpRequest, work: Work, posted: QueryDict, typed: dict[int, Entry]) -> str:
    approved = work.at(str(posted["approve"]), typed, actions.approve_segment)
    return _address(work.job, at=approved)


def _approve_and_next(_request: HttpRequest, work: Work, posted: QueryDict, typed: dict[int, Entry]) -> str:
    approved = work.at(str(posted["approve-next"]), typed, actions.approve_segment)
    return _address(work.job, at=approved and _next_open(approved))


def _unapprove(_request: HttpRequest, work: Work, posted: QueryDict, typed: dict[int, Entry]) -> str:
    return _address(work.job, at=work.at(str(posted["unapprove"]), typed, actions.unapprove))


def _approve_all(request: HttpRequest, work: Work, _posted: QueryDict, _typed: dict[int, Entry]) -> str:
    if work.troubles:
        return _address(work.job)
    outcome = actions.approve_all(job=work.job, by=work.by, now=work.now)
    for refusal in outcome.refused:
        work.troubles[refusal.segment.pk] = Trouble(refusal.message)
    messages.success(
        request,
        ngettext("%(count)d sentence approved.", "%(count)d sentences approved.", outcome.approved)
        % {"count": outcome.approved},
    )
    return _address(work.job)


def _finish(request: HttpRequest, work: Work, _posted: QueryDict, _typed: dict[int, Entry]) -> str:
    if work.troubles:
        return _address(work.job)
    try:
        finished = actions.finish_job(job=work.job, by=work.by, now=work.now)
    except SegmentsOpen as error:
        messages.error(request, str(error))
        return _address(work.job, at=_first_open(work.job))
    messages.success(request, _("The translation is finished, and its article written as a draft."))
    return AdminURLFinder(work.by).get_edit_url(finished.article) or _address(work.job)


def _draft(request: HttpRequest, work: Work, _posted: QueryDict, _typed: dict[int, Entry]) -> str:
    actions.ask_for_drafts(job=work.job)
    messages.success(request, _("Drafts are being made. Look again in a moment."))
    return _address(work.job)


_BUTTONS: Final[dict[str, Callable[[HttpRequest, Work, QueryDict, dict[int, Entry]], str]]] = {
    "approve": _approve,
    "approve-next": _approve_and_next,
    "unapprove": _unapprove,
    "approve-all": _approve_all,
    "finish": _finish,
    "draft": _draft,
    "save": _just_save,
}


def _page(request: HttpRequest, work: Work) -> HttpResponse:
    piece = work.job
    segments = piece.segments.select_related("by").order_by("position")
    found = findings_in(piece, segments)
    rows = [_row(one, work.troubles.get(one.pk), found.get(one.pk, [])) for one in segments]
    context = {
        "job": piece,
        "blocks": [(block, KINDS[BlockKind(block.kind)]) for block in by_block(rows)],
        "progress": _progress(progress(piece)),
        "source": _language(piece.source_language),
        "target": _language(piece.language),
        "can_draft": any(not row.segment.text for row in rows)
        and bool(machines_for(source=piece.source_language, target=piece.language)),
        "at": request.GET.get("at", ""),
        "article_url": AdminURLFinder(work.by).get_edit_url(piece.article),
        "header_title": str(piece.original),
        "header_icon": "copy",
        "breadcrumbs_items": [
            *_breadcrumbs(),
            {"url": _address(piece), "label": str(piece.original)},
        ],
    }
    return render(request, "translation/job.html", context)


def _row(one: Segment, trouble: Trouble | None, found: list[Seen]) -> Row:
    troubles = [faults] if (faults := _faults(one)) else []
    row = Row(one, name=_name(one), troubles=troubles, findings=found)
    if trouble:
        row.typed, row.is_clash = trouble.typed, trouble.is_clash
        row.troubles = [trouble.message]
    return row


def _saved(current: Segment, by: User, *, text: str, version: int, approve: bool) -> Segment:
    now = timezone.now()
    saved = actions.save_segment(segment=current, text=text, version=version, by=by, now=now)
    if not approve:
        return saved
    return actions.approve_segment(segment=saved, version=saved.version, by=by, now=now)


def _told(one: Segment) -> dict[str, Any]:
    """Return what the script has to know of a segment after a request."""
    return {
        "name": _name(one),
        "version": one.version,
        "state": one.state,
        "state_label": one.get_state_display(),
        "origin_label": one.get_origin_display() if one.origin else "",
        "text": one.text,
        "trouble": _faults(one),
        "progress": _progress(progress(one.job)),
    }


def _name(one: Segment) -> str:
    return field_name(segment=one.pk, version=one.version, text=one.text)


def _faults(one: Segment) -> str:
    return faults_in_words(check_marks(one.source, one.text)) if one.text else ""


def _progress(counts: Progress) -> dict[str, Any]:
    said = _("%(approved)s of %(total)s sentences approved") % {
        "approved": counts.approved,
        "total": counts.total,
    }
    return {"approved": counts.approved, "total": counts.total, "label": said}


def _language(code: str) -> dict[str, str]:
    try:
        name = str(get_language_info(code)["name_translated"])
    except KeyError:
        name = code
    return {"code": code, "dir": direction(code), "name": name}


def _next_open(one: Segment) -> Segment | None:
    left = one.job.segments.exclude(state=Segment.State.APPROVED).order_by("position")
    return left.filter(position__gt=one.position).first() or left.first()


def _first_open(work: Job) -> Segment | None:
    return work.segments.exclude(state=Segment.State.APPROVED).order_by("position").first()


def _address(work: Job, *, at: Segment | None = None) -> str:
    address = reverse("translation:job", args=[work.pk])
    return f"{address}?at={at.pk}#segment-{at.pk}" if at else address


def _breadcrumbs() -> list[dict[str, str]]:
    return [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("translation:index"), "label": _("Translations")},
    ]


def _only_translators(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User) or not may_translate(user):
        raise PermissionDenied
    return user
