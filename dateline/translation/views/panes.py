"""What lies beside the sentences, as parts of the page: suggestions, machines, past translations, history."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from dateline.lib.text import cut, one_line
from dateline.translation.actions.suggesting import NobodyToAsk, ask_for_suggestion
from dateline.translation.differences import difference
from dateline.translation.machines.registry import machines_for
from dateline.translation.memory.adapting import Pair
from dateline.translation.models import Job, SegmentVersion
from dateline.translation.queries.concordance import Hit, concordance
from dateline.translation.queries.history import history_of
from dateline.translation.queries.memory import Reader
from dateline.translation.queries.panes import panes_of
from dateline.translation.views.shared import (
    UNFIT,
    address,
    breadcrumbs,
    is_fetch,
    job_for,
    languages,
    only_translators,
    segment_for,
)

MOST_AT_ONCE = 100
LONGEST_ASKED = 200


@never_cache
@require_GET
def panes(request: HttpRequest, job_id: int) -> HttpResponse:
    """Return the panes of some sentences: `of` has their numbers, with commas between them."""
    by = only_translators(request)
    job = job_for(job_id)
    asked = [part for part in request.GET.get("of", "").split(",") if part.isascii() and part.isdigit()]
    wanted = job.segments.filter(pk__in=asked[:MOST_AT_ONCE]).order_by("position")
    return render(
        request,
        "translation/panes.html",
        {"panes": panes_of(job, wanted, reader=Reader.of(by)), **_furniture(job)},
    )


@require_POST
def machine(request: HttpRequest, job_id: int, segment_id: int) -> HttpResponse:
    """Have a machine asked for a sentence; return its pane, which says that it waits."""
    by = only_translators(request)
    current = segment_for(job_id, segment_id)
    trouble = ""
    try:
        ask_for_suggestion(segment=current, machine=request.POST.get("machine", ""), now=timezone.now())
    except NobodyToAsk as error:
        trouble = str(error)
    return render(
        request,
        "translation/panes.html",
        {
            "panes": panes_of(current.job, [current], reader=Reader.of(by)),
            "trouble": trouble,
            **_furniture(current.job),
        },
        status=UNFIT if trouble else 200,
    )


@never_cache
@require_GET
def shape(request: HttpRequest, job_id: int, segment_id: int) -> HttpResponse:
    """Return what can be done to a sentence beside translating it."""
    by = only_translators(request)
    current = segment_for(job_id, segment_id)
    pane = panes_of(current.job, [current], reader=Reader.of(by))[0]
    return render(
        request,
        "translation/shape.html",
        {"pane": pane, "number": current.pk, **languages(current.job)},
    )


@never_cache
@require_GET
def past(request: HttpRequest, job_id: int) -> HttpResponse:
    """Search past translations for words: in their originals, or in the translations."""
    by = only_translators(request)
    job = job_for(job_id)
    asked = cut(one_line(request.GET.get("words", "")), LONGEST_ASKED)
    in_translations = request.GET.get("in") == "translation"
    found = (
        concordance(
            asked,
            pair=Pair(source=job.source_language, target=job.language),
            reader=Reader.of(by),
            in_translations=in_translations,
        )
        if asked
        else []
    )
    hits = [_marked(hit, in_translations=in_translations) for hit in found]
    context = {"job": job, "asked": asked, "in_translations": in_translations, "hits": hits, **languages(job)}
    if is_fetch(request):
        return render(request, "translation/past_hits.html", context)
    furniture = {
        "header_title": _("Past translations"),
        "header_icon": "search",
        "breadcrumbs_items": breadcrumbs((address(job), job.source_title), ("", _("Past translations"))),
    }
    return render(request, "translation/past.html", {**context, **furniture})


def _compared(versions: Sequence[SegmentVersion]) -> Iterator[dict[str, object]]:
    """Yield each version with what it changed in the one before it, the latest first."""
    for version, before in zip(versions, [*versions[1:], None], strict=True):
        parts = difference(before.text, version.text) if before and before.text != version.text else []
        yield {"version": version, "parts": parts, "is_same": bool(before and before.text == version.text)}


def _marked(hit: Hit, *, in_translations: bool) -> dict[str, object]:
    """Return a hit with the words that were asked for set apart: what is before them, they, what follows."""
    text = hit.text if in_translations else hit.source
    start, end = hit.at
    return {"before": text[:start], "words": text[start:end], "after": text[end:], "hit": hit}


@never_cache
@require_GET
def history(request: HttpRequest, job_id: int, segment_id: int) -> HttpResponse:
    """Show what became of a sentence: machine, person, reviser, each with their words and when."""
    only_translators(request)
    current = segment_for(job_id, segment_id)
    context = {
        "segment": current,
        "job": current.job,
        "steps": list(_compared(history_of(current))),
        **languages(current.job),
    }
    if is_fetch(request):
        return render(request, "translation/history_steps.html", context)
    furniture = {
        "header_title": _("History of a sentence"),
        "header_icon": "history",
        "breadcrumbs_items": breadcrumbs(
            (address(current.job, at=current), current.job.source_title), ("", _("History of a sentence"))
        ),
    }
    return render(request, "translation/history.html", {**context, **furniture})


def _furniture(job: Job) -> dict[str, object]:
    found = machines_for(source=job.source_language, target=job.language)
    machines = [{"name": one.capability.name, "label": one.capability.label} for one in found]
    return {"job": job, "machines": machines, **languages(job)}
