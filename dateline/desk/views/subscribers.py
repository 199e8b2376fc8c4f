"""Who reads our letters: how many, one address at a time, lists in and out. No page lists addresses."""

from typing import Final

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from dateline.desk.views.letter_forms import ImportForm
from dateline.desk.views.page import UNFIT, shown, user_of
from dateline.editions.actions.lists import Imported, erase_reader, export_list, import_list
from dateline.editions.actions.readers import end
from dateline.editions.models import Letter, Subscription, Suppression
from dateline.editions.queries.letters import readers_by_letter
from dateline.editions.queries.readers import found, mark_of_text
from dateline.editions.reader_lists import NotAList
from dateline.site.queries import own_name

VIEW: Final = "editions.view_subscription"
CHANGE: Final = "editions.change_subscription"
LISTS: Final = "editions.export_subscription"
MOST_BAD: Final = 200


@never_cache
@permission_required(VIEW)
@require_http_methods(["GET", "POST"])
def subscribers(request: HttpRequest) -> HttpResponse:
    """Count the readers of each letter; look for one address, which stands in no address of ours."""
    asked = request.POST.get("email", "").strip() if request.method == "POST" else ""
    reader = mark_of_text(asked) if asked else ""
    held = Suppression.objects.filter(reader=reader).first() if reader else None
    return shown(
        request,
        "desk/subscribers.html",
        title=_("Readers of letters"),
        icon="group",
        trail=[(_("Letters to readers"), reverse("newsroom:letters-out"))],
        lines=[
            (letter, own_name(letter.language), [told[state] for state in Subscription.State.values])
            for letter, told in readers_by_letter()
        ],
        states=[str(state.label) for state in Subscription.State],
        asked=asked,
        found=list(found(asked)) if asked else [],
        suppressed=held,
        is_erasing="erase" in request.POST,
        may_change=user_of(request).has_perm(CHANGE),
        may_list=user_of(request).has_perm(LISTS),
    )


@permission_required(CHANGE)
@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """End the letters of an address, or erase it for good."""
    asked, now = request.POST.get("email", ""), timezone.now()
    reader = mark_of_text(asked)
    if not reader:
        messages.error(request, _("That is no address."))
    elif request.POST.get("do") == "erase" and "sure" in request.POST:
        erase_reader(reader=reader, by=user_of(request), now=now)
        messages.success(request, _("Everything about this address is erased."))
    elif request.POST.get("do") == "end":
        for row in found(asked):
            end(subscription=row, now=now, why=_("Ended by the desk."))
        messages.success(request, _("Its letters are ended."))
    return redirect("newsroom:subscribers")


@permission_required(LISTS)
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Bring in a list of subscribers with the proof of their consent."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return _bring_page(request, form)
    known = frozenset(Letter.objects.filter(kind="daily").values_list("language", flat=True))
    if form.is_valid() and form.cleaned_data["language"] not in known:
        form.add_error("language", _("There is no letter in this language yet: set it up first."))
    if not form.is_valid():
        return _bring_page(request, form, status=UNFIT)
    try:
        came = import_list(
            text=form.cleaned_data["file"],
            kind="daily",
            assumed=form.assumed(known),
            by=user_of(request),
            now=timezone.now(),
        )
    except NotAList as refusal:
        form.add_error("file", str(refusal))
        return _bring_page(request, form, status=UNFIT)
    messages.success(
        request, ngettext("%d reader was taken.", "%d readers were taken.", came.taken) % came.taken
    )
    return _bring_page(request, ImportForm(), came=came)


@permission_required(LISTS)
@require_POST
def lead_out(request: HttpRequest) -> StreamingHttpResponse:
    """Lead all readers out as CSV; it is written down who did."""
    now = timezone.now()
    answer = StreamingHttpResponse(
        export_list(by=user_of(request), now=now), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="readers-{now:%Y-%m-%d}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


def _bring_page(
    request: HttpRequest, form: ImportForm, *, came: Imported | None = None, status: int = 200
) -> HttpResponse:
    return shown(
        request,
        "desk/subscribers_import.html",
        title=_("Bring in readers"),
        icon="download",
        trail=[(_("Readers of letters"), reverse("newsroom:subscribers"))],
        form=form,
        came=came,
        bad=came.bad[:MOST_BAD] if came else [],
        status=status,
    )
