"""Snapshots: the page as it was, shown without a request to the outlet; its text beside it; the evidence for others."""

import base64
import hashlib
from html import escape
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from wagtail.admin.auth import permission_required

from dateline.desk.views.page import shown, user_of
from dateline.intake.actions.exporting import evidence_file
from dateline.intake.actions.taking import read_snapshot
from dateline.intake.changes_pages import Sheet
from dateline.intake.models import Original, Snapshot
from dateline.intake.snapshots import SnapshotDamaged, SnapshotMissing
from dateline.intake.snapshots_apart import readable_apart
from dateline.intake.snapshots_evidence import charset_of, content_type_of, is_markup
from dateline.lib.confined import Trouble
from dateline.lib.floods import HostileMarkup
from dateline.lib.scripts import direction
from dateline.lib.text import one_line, paragraphs

STYLE: Final = (
    "body{margin:1rem;font:1rem/1.5 Georgia,serif;max-width:46rem;overflow-wrap:anywhere}"
    "samp{display:inline-block;margin:.25rem 0;padding:.25rem .5rem;border:1px dashed;font:.8rem/1.4 sans-serif}"
    "table{border-collapse:collapse}td,th{border:1px solid;padding:.25rem}"
)
_STYLE_HASH: Final = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
# Nothing may be loaded, run, sent or left; only the desk may frame it.
POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'self'; sandbox"
)


@permission_required("intake.view_original")
@require_GET
def snapshot(request: HttpRequest, pk: int) -> HttpResponse:
    """Show when and where a snapshot was taken, the page as it was, and the text that was read from it."""
    shown_snapshot = _snapshot(pk)
    original = shown_snapshot.original
    trouble = _trouble(shown_snapshot)
    return shown(
        request,
        "desk/snapshot.html",
        title=shown_snapshot.headline,
        label=_("Snapshot"),
        icon="history",
        trail=[(one_line(original.headline), reverse("newsroom:original", args=[original.pk]))],
        snapshot=shown_snapshot,
        original=original,
        trouble=trouble,
        is_page=not trouble and _may_be_shown(shown_snapshot),
        text=paragraphs(shown_snapshot.body_text),
        others=original.snapshots.order_by("pk"),
        further=shown_snapshot.further.all(),
        changes=original.changes.newest(),
        may_sort=user_of(request).has_perm("intake.sort_original"),
    )


@permission_required("intake.view_original")
@require_GET
def archived_page(_request: HttpRequest, pk: int) -> HttpResponse:
    """Return the page of a snapshot for the frame: inert, and forbidden by its headers to be anything else."""
    kept = _snapshot(pk)
    body = _readable(kept)
    language = kept.original.language
    return HttpResponse(
        f'<!doctype html><html lang="{escape(language)}" dir="{direction(language)}"><head><meta charset="utf-8">'
        f"<title>–</title><style>{STYLE}</style></head><body>{body}</body></html>",
        headers={
            "Content-Security-Policy": POLICY,
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
            "X-Robots-Tag": "noindex",
        },
    )


def _readable(kept: Snapshot) -> str:
    """Return the page as inert markup, or a paragraph that says why it cannot be shown."""
    try:
        sheet = Sheet(read_snapshot(kept), kept.final_url, charset_of(_headers(kept)))
        return readable_apart(sheet, picture=_("Picture"))
    except (SnapshotDamaged, SnapshotMissing) as error:
        told = str(error)
    except (HostileMarkup, Trouble):
        told = _(
            "This page cannot be shown: its markup would hang a browser. Its text was read apart, and the evidence"
            " is whole."
        )
    return f"<p>{escape(told)}</p>"


@permission_required("intake.view_original")
@require_GET
def evidence(_request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out all evidence of an original as one WARC file."""
    original = get_object_or_404(Original, pk=pk)
    told = evidence_file(original, now=timezone.now())
    answer = HttpResponse(told.content, content_type="application/warc")
    answer["Content-Disposition"] = f'attachment; filename="original-{original.pk}.warc.gz"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _snapshot(pk: int) -> Snapshot:
    return get_object_or_404(Snapshot.objects.select_related("original__outlet"), pk=pk)


def _headers(kept: Snapshot) -> list[list[str]]:
    return kept.headers if isinstance(kept.headers, list) else []


def _may_be_shown(kept: Snapshot) -> bool:
    return not kept.was_brought and is_markup(content_type_of(_headers(kept)))


def _trouble(kept: Snapshot) -> str:
    """Return why the evidence cannot be shown, an empty text where it is whole."""
    if kept.state != Snapshot.State.WHOLE:
        return _("The evidence was thinned out: %(why)s. The text and the hash are what is left of it.") % {
            "why": kept.get_thinned_why_display()
        }
    try:
        read_snapshot(kept)
    except (SnapshotDamaged, SnapshotMissing) as error:
        return str(error)
    return ""
