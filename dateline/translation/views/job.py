"""The page of a translation: original and translation side by side, as one plain form; a script makes it quicker.

Every button saves what was typed first. Nothing is ever overwritten that its writer did not see: then both
texts are shown, and the writer decides.
"""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin.admin_url_finder import AdminURLFinder

from dateline.translation.documents import BlockKind
from dateline.translation.machines.registry import machines_for
from dateline.translation.models import Job, Segment
from dateline.translation.queries.company import company
from dateline.translation.queries.document_findings import whole_from
from dateline.translation.queries.findings import Seen, findings_in
from dateline.translation.queries.jobs import segments_in_order
from dateline.translation.queries.memory import Reader
from dateline.translation.queries.panes import panes_of
from dateline.translation.queries.previewing import proposed_address
from dateline.translation.queries.reviewing import staff_of
from dateline.translation.queries.source_changes import waiting_changes
from dateline.translation.remarks import open_threads, pattern
from dateline.translation.rows import Row, by_block, by_group
from dateline.translation.views.buttons import done
from dateline.translation.views.changes import EDITS, PUBLISHES
from dateline.translation.views.shared import (
    Trouble,
    Work,
    address,
    breadcrumbs,
    faults_of,
    is_mine,
    job_for,
    languages,
    name_of,
    only_translators,
    standing,
)

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
    BlockKind.NOTE: lazy("Translator’s note"),
}


@never_cache
@require_http_methods(["GET", "POST"])
def job(request: HttpRequest, job_id: int) -> HttpResponse:
    """Show a translation, or do what a button of its form says."""
    work = Work(job_for(job_id), only_translators(request), timezone.now())
    if request.method == "POST":
        place = done(request, work)
        if place is not None:
            return redirect(place)
    return _page(request, work)


def _page(request: HttpRequest, work: Work) -> HttpResponse:
    piece = work.job
    segments = segments_in_order(piece)
    at = _in_hand(request.GET.get("at", ""), segments)
    rows = _rows(work, segments, at)
    article = piece.article
    headline = " ".join(row.segment.text for row in rows if row.segment.block_kind == BlockKind.HEADLINE)
    context = {
        "job": piece,
        "groups": list(by_group(by_block(rows, {kind: str(label) for kind, label in KINDS.items()}))),
        "counts": _counts(rows),
        "faults": _faults(rows),
        "whole": whole_from(piece, segments, {row.segment.pk: row.findings for row in rows}),
        **languages(piece),
        "can_draft": any(not row.segment.text for row in rows) and _has_machine(work),
        "machines": _machines(work),
        "at": at.pk if at else 0,
        "company": company(piece, besides=work.by, now=work.now),
        **_source_changes(piece),
        "first_changed": next((row.segment.pk for row in rows if row.segment.change), 0),
        "may_edit": work.by.has_perm(EDITS),
        "may_publish": work.by.has_perm(PUBLISHES),
        "talk_url": pattern(),
        "slug": proposed_address(piece, article=article, headline=headline),
        "article_url": AdminURLFinder(work.by).get_edit_url(article),
        "login_url": reverse("wagtailadmin_login"),
        "header_title": piece.source_title,
        "header_icon": "copy",
        "breadcrumbs_items": breadcrumbs((address(piece), piece.source_title)),
    }
    return render(request, "translation/job.html", context)


def _source_changes(piece: Job) -> dict[str, Any]:
    """Return what the source changed: what waits for an answer, or was put right and is not before readers yet."""
    waiting = waiting_changes(piece)
    is_behind = piece.article.live and piece.state == Job.State.DRAFT
    return {
        "changes": waiting or (list(piece.source_changes.all()[:1]) if is_behind else []),
        "waits": bool(waiting),
    }


def _in_hand(asked: str, segments: list[Segment]) -> Segment | None:
    return next((one for one in segments if str(one.pk) == asked), None)


def _rows(work: Work, segments: list[Segment], at: Segment | None) -> list[Row]:
    found = findings_in(work.job, segments)
    remarks = open_threads(work.job)
    rows = [_row(one, work.troubles.get(one.pk), found.get(one.pk, [])) for one in segments]
    staff = staff_of(work.job)
    for row in rows:
        row.remarks = remarks.get(row.segment.pk, 0)
        row.standing = standing(row.segment, staff=staff)
        row.is_mine = is_mine(row.segment, work.by, staff=staff)
        if at is not None and row.segment.pk == at.pk:
            row.pane = panes_of(work.job, [at], reader=Reader.of(work.by))[0]
    return rows


def _row(one: Segment, trouble: Trouble | None, found: list[Seen]) -> Row:
    troubles = [faults] if (faults := faults_of(one)) else []
    row = Row(one, name=name_of(one), troubles=troubles, findings=found)
    if trouble:
        row.typed, row.is_clash = trouble.typed, trouble.is_clash
        row.troubles = [trouble.message]
    return row


def _counts(rows: list[Row]) -> dict[str, int]:
    approved = [row for row in rows if row.segment.state == Segment.State.APPROVED]
    return {
        "approved": len(approved),
        "total": len(rows),
        "words_done": sum(row.source_words for row in approved),
        "words": sum(row.source_words for row in rows),
        "target_words": sum(row.words for row in rows),
    }


def _faults(rows: list[Row]) -> dict[str, Any]:
    """Return how many findings are open, by severity, and the first sentence that has one."""
    marked = [row for row in rows if any(one.is_open for one in row.findings) or row.troubles]
    severities = [one.severity for row in rows for one in row.findings if one.is_open]
    blocking = severities.count("block") + sum(bool(row.troubles) for row in rows)
    return {
        "block": blocking,
        "warn": severities.count("warn"),
        "first": marked[0].segment.pk if marked else 0,
    }


def _machines(work: Work) -> list[dict[str, str]]:
    found = machines_for(source=work.job.source_language, target=work.job.language)
    return [{"name": one.capability.name, "label": one.capability.label} for one in found]


def _has_machine(work: Work) -> bool:
    return bool(_machines(work))
