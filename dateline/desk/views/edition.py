"""The day's edition: what is proposed, what was chosen and in which order, the words on top, and closing it."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.paginator import WagtailPaginator

from dateline.articles.bodies import word_count
from dateline.articles.models import Article
from dateline.desk.views.edition_forms import LateForm, ReopenForm, RunForm, WordsForm
from dateline.desk.views.page import number, shown, told, user_of
from dateline.editions import actions
from dateline.editions.actions.composing import weight_of
from dateline.editions.length import Length, measured
from dateline.editions.models import Edition, Placement, Run
from dateline.editions.queries.contents import placed, template_of
from dateline.editions.queries.keeping_time import next_number
from dateline.editions.queries.proposals import find, proposals_for
from dateline.editions.slots import SHIPPED, SLOTS
from dateline.publishing.reading_time import words_per_minute
from dateline.site.queries import identity, own_name, zone

PAGE: Final = 30
EDITS: Final = "articles.publish_article"
SETS_UP: Final = "site.change_identity"
REFUSALS: Final = (
    actions.NotOpen,
    actions.ChangedMeanwhile,
    actions.OtherLanguage,
    actions.NothingToRead,
    actions.NotClosed,
    actions.AlreadyOut,
    actions.NotLater,
)


@never_cache
@permission_required(EDITS)
@require_GET
def editions(request: HttpRequest) -> HttpResponse:
    """List the editions on which the desk works, and all that are out."""
    paginator = WagtailPaginator(Edition.objects.out().newest().select_related("run"), per_page=PAGE)
    page = paginator.get_page(request.GET.get("p"))
    return shown(
        request,
        "desk/editions.html",
        title=_("Editions"),
        icon="calendar-alt",
        trail=[],
        open=[(one, own_name(one.language)) for one in _being_made()],
        runs=list(Run.objects.all()),
        page=page,
        out=[(one, own_name(one.language)) for one in page.object_list],
        elided_page_range=paginator.get_elided_page_range(page.number),
        may_set_up=user_of(request).has_perm(SETS_UP),
        now=timezone.now(),
    )


def _being_made() -> list[Edition]:
    return list(Edition.objects.open().select_related("run").order_by("closes_at", "language"))


@permission_required(EDITS)
@require_POST
def open_next(request: HttpRequest) -> HttpResponse:
    """Open the next edition of every run now, without waiting for the clock."""
    new = actions.open_next(now=timezone.now())
    messages.success(
        request, _("Opened: %s") % ", ".join(map(str, new)) if new else _("All are open already.")
    )
    return redirect("newsroom:editions")


@never_cache
@permission_required(EDITS)
@require_GET
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one edition: its slots with what stands in them and what is proposed; a closed one with what came late."""
    return _page(request, _edition(pk))


def _page(request: HttpRequest, row: Edition, *, status: int = 200, **forms: Any) -> HttpResponse:
    now = timezone.now()
    rows = placed(row)
    words = request.GET.get("find", "").strip()
    here = zone(identity())
    return shown(
        request,
        "desk/edition.html",
        title=f"{row.run} · {own_name(row.language)}",
        icon="calendar-alt",
        trail=[(_("Editions"), reverse("newsroom:editions"))],
        status=status,
        edition=row,
        language=own_name(row.language),
        number=row.number or next_number(row.language),
        slots=_slots(row, rows),
        proposals=_proposals(row, now) if row.is_open else [],
        length=_length(row, rows),
        words=words,
        found=find(row, words) if words else [],
        kinds=list(SLOTS.values()),
        now=now,
        form=forms.get("form") or WordsForm(initial={"title": row.title, "foreword": row.foreword}),
        late=forms.get("late") or (None if row.is_open else LateForm(row)),
        changes=list(row.late_changes.select_related("article", "by")),
        reopen=forms.get("reopen")
        or ReopenForm(initial={"closes_at": timezone.localtime(now + timedelta(hours=1), here)}),
    )


def _slots(row: Edition, rows: list[Placement]) -> list[dict[str, Any]]:
    held: dict[str, list[Placement]] = {code: [] for code, _most in template_of(row.run_id)}
    for one in rows:
        held.setdefault(one.slot, []).append(one)
    most = dict(template_of(row.run_id))
    return [
        {
            "kind": SLOTS[code],
            "most": most.get(code, 0),
            "rows": found,
            "room": most.get(code, 0) - len(found),
        }
        for code, found in held.items()
    ]


def _proposals(row: Edition, now: Any) -> list[tuple[Any, list[Any]]]:
    made = proposals_for(row, now=now)
    return [(SLOTS[code], found) for code, found in made.items() if found]


def _length(row: Edition, rows: list[Placement]) -> Length:
    texts = [row.title, row.foreword]
    for one in rows:
        texts += [one.headline or one.article.headline, one.article.standfirst]
    return measured(
        texts=texts,
        whole_words=sum(word_count(one.article) for one in rows),
        pieces=len(rows),
        words_per_minute=words_per_minute(row.language),
        letter_bytes=weight_of(row, now=timezone.now()) if rows else None,
    )


@permission_required(EDITS)
@require_POST
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an article a place."""
    row = _edition(pk)
    article = get_object_or_404(Article, pk=number(request.POST.get("article")))
    slot = _slot(request.POST.get("slot", ""))
    return _done(
        request,
        row,
        lambda: actions.place(edition=row, article=article, slot=slot, **_seen(request)),
        told(_("In its place: %s"), article.headline),
    )


@permission_required(EDITS)
@require_POST
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """Take what is proposed for every slot that has room."""
    row = _edition(pk)
    room = {one["kind"].code: one["room"] for one in _slots(row, placed(row))}
    made = proposals_for(row, now=timezone.now())
    order = [
        (slot, proposal.article)
        for slot, found in made.items()
        for proposal, article in found[: max(0, room.get(slot, 0))]
        if article.live
    ]
    return _done(
        request,
        row,
        lambda: actions.fill(edition=row, order=order, **_seen(request)),
        _("What was proposed is in its place. Look at the order."),
    )


@permission_required(EDITS)
@require_POST
def change_place(request: HttpRequest, pk: int, placement: int) -> HttpResponse:
    """Move a piece up or down, into another slot, or out."""
    row = _edition(pk)
    found = get_object_or_404(row.placements.select_related("article__locale"), pk=placement)
    what = request.POST.get("do", "")
    verbs: dict[str, tuple[Callable[[], Any], str]] = {
        "up": (
            lambda: actions.move(edition=row, placement=found, steps=-1, **_seen(request)),
            _("Moved up: %s"),
        ),
        "down": (
            lambda: actions.move(edition=row, placement=found, steps=1, **_seen(request)),
            _("Moved down: %s"),
        ),
        "out": (lambda: actions.take_out(edition=row, placement=found, **_seen(request)), _("Taken out: %s")),
        "to": (
            lambda: actions.place(
                edition=row, article=found.article, slot=_slot(request.POST.get("slot", "")), **_seen(request)
            ),
            _("Moved: %s"),
        ),
    }
    if what not in verbs:
        raise Http404
    verb, sentence = verbs[what]
    return _done(request, row, verb, told(sentence, found.article.headline), at=f"#place-{found.pk}")


@permission_required(EDITS)
@require_POST
def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the whole edition into the order in which somebody dragged it: `slot:article` from top to bottom."""
    row = _edition(pk)
    order = []
    for one in request.POST.getlist("order"):
        slot, _colon, article = one.partition(":")
        order.append((slot, number(article)))
    return _done(
        request,
        row,
        lambda: actions.arrange(edition=row, order=order, **_seen(request)),
        _("The order is saved."),
    )


@permission_required(EDITS)
@require_POST
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """Save title, foreword and the short headlines."""
    row = _edition(pk)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _page(request, row, status=422, form=form)
    headlines = {
        number(name.removeprefix("headline-")): str(value)
        for name, value in request.POST.items()
        if name.startswith("headline-")
    }
    try:
        actions.write_words(
            edition=row,
            title=form.cleaned_data["title"],
            foreword=form.cleaned_data["foreword"],
            headlines=headlines,
            **_seen(request),
        )
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return _page(request, _edition(pk), status=409, form=form)  # what was written is still in the form
    messages.success(request, _("Saved."))
    return redirect("newsroom:edition", pk)


@permission_required(EDITS)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the edition now."""
    row = _edition(pk)
    return _done(
        request,
        row,
        lambda: actions.close(edition=row, by=user_of(request), now=timezone.now()),
        _("It is closed. Readers see it in a moment."),
    )


@permission_required(EDITS)
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the edition again until another hour."""
    row = _edition(pk)
    with timezone.override(zone(identity())):
        form = ReopenForm(request.POST)
        if not form.is_valid():
            return _page(request, row, status=422, reopen=form)
    return _done(
        request,
        row,
        lambda: actions.reopen(
            edition=row, closes_at=form.cleaned_data["closes_at"], by=user_of(request), now=timezone.now()
        ),
        _("It is open again. Readers do not see it until it closes."),
    )


@permission_required(EDITS)
@require_POST
def late(request: HttpRequest, pk: int) -> HttpResponse:
    """Add to a closed edition, or put it right."""
    row = _edition(pk)
    form = LateForm(row, request.POST)
    if not form.is_valid():
        return _page(request, row, status=422, late=form)
    return _done(
        request,
        row,
        lambda: actions.change_late(
            edition=row, by=user_of(request), now=timezone.now(), **form.cleaned_data
        ),
        _("Written down. Readers see it on the page of the edition."),
    )


@permission_required(SETS_UP)
@require_http_methods(["GET", "POST"])
def run(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Set up a run: when it closes, and which slots its editions have."""
    row = get_object_or_404(Run, pk=pk) if pk else Run(closes=time(18, 0), is_running=True)
    template = template_of(row.pk) if row.pk else SHIPPED
    form = RunForm(request.POST or None, instance=row, template=template)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_run(
                run=form.instance, template=form.template(), by=user_of(request), now=timezone.now()
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            actions.open_next(now=timezone.now())
            messages.success(request, _("Saved: %s") % row)
            return redirect("newsroom:editions")
    return shown(
        request,
        "desk/edition_run.html",
        title=str(row) if row.pk else _("A new run"),
        icon="calendar-alt",
        trail=[(_("Editions"), reverse("newsroom:editions"))],
        form=form,
        run=row,
        status=422 if request.method == "POST" else 200,
    )


def _done(
    request: HttpRequest, row: Edition, verb: Callable[[], Any], sentence: str, *, at: str = ""
) -> HttpResponse:
    """Do it, tell what came of it, and lead back to the edition as it stands now."""
    try:
        verb()
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, sentence)
    return redirect(reverse("newsroom:edition", args=[row.pk]) + at)


def _edition(pk: int) -> Edition:
    return get_object_or_404(Edition.objects.select_related("run", "closed_by"), pk=pk)


def _slot(code: str) -> str:
    if code not in SLOTS:
        raise Http404
    return code


def _seen(request: HttpRequest) -> dict[str, Any]:
    """Who acts on which version of the edition, and when."""
    return {
        "version": number(request.POST.get("version")),
        "by": user_of(request),
        "now": timezone.now(),
    }
