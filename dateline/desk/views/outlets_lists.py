"""Lists of outlets: brought in and looked at, given out, and the directory to pick from."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.paginator import WagtailPaginator

from dateline.desk.views.outlet_forms import DirectoryFilterForm, ListForm
from dateline.desk.views.page import UNFIT, next_url, shown, told, user_of
from dateline.sources.actions import AlreadyWatched
from dateline.sources.actions.directories import as_listed_entry, drop_directory, load_directory, watch_entry
from dateline.sources.actions.importing import (
    AlreadyBegun,
    NotAList,
    add_list,
    bring_list,
    export_directory,
    export_opml,
    plan_of,
)
from dateline.sources.actions.listed import NothingToWatch
from dateline.sources.models import DirectoryEntry, ImportedList
from dateline.sources.queries.known import PlannedOutlet, Verdict, everything_known

PAGE: Final = 50
# Of longer lists one cannot choose line by line: a browser's form holds no more.
MOST_CHOSEN: Final = 500
LISTS_SHOWN: Final = 10
EXPORTS: Final = {
    "opml": (export_opml, "text/x-opml; charset=utf-8", "outlets.opml"),
    "json": (export_directory, "application/json; charset=utf-8", "outlets.json"),
}


def _trail() -> list[tuple[str, str]]:
    return [(_("Outlets"), reverse("newsroom:outlets"))]


@permission_required("sources.add_outlet")
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Take a list in a file: to be looked at and watched, or kept as a directory to pick from."""
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content, name = file.read(), file.name
        try:
            if request.POST.get("do") == "directory":
                listing, count = load_directory(content=content, name=name)
                messages.success(request, told(_("The directory is here now: %s"), f"{listing} ({count})"))
                return redirect("newsroom:directory")
            brought = bring_list(content=content, name=name, by=user_of(request), now=timezone.now())
            return redirect("newsroom:imported-list", brought.pk)
        except NotAList as error:
            form.add_error("file", str(error))
    return shown(
        request,
        "desk/outlets_import.html",
        title=_("Bring a list"),
        icon="upload",
        trail=_trail(),
        form=form,
        lists=ImportedList.objects.defer("lines", "unusable", "chosen")[:LISTS_SHOWN],
        status=UNFIT if form.errors else 200,
    )


@permission_required("sources.add_outlet")
@require_http_methods(["GET", "POST"])
def imported_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what would become of each line of a list; add what is chosen; show how far that is."""
    brought = get_object_or_404(ImportedList, pk=pk)
    if request.method == "POST":
        return _add(request, brought)
    plan = plan_of(brought) if brought.state == ImportedList.State.LOOKED_AT else []
    counts = _counts(plan)
    is_long = counts["open"] > MOST_CHOSEN
    return shown(
        request,
        "desk/outlets_imported.html",
        title=brought.name,
        icon="upload",
        trail=[*_trail(), (_("Bring a list"), reverse("newsroom:bring-list"))],
        brought=brought,
        plan=plan[:MOST_CHOSEN],
        more=max(len(plan) - MOST_CHOSEN, 0),
        counts=counts,
        is_long=is_long,
    )


def _counts(plan: list[PlannedOutlet]) -> dict[str, int]:
    verdicts = [channel.verdict for outlet in plan for channel in outlet.channels]
    counts = {verdict.value: verdicts.count(verdict) for verdict in Verdict}
    return {**counts, "open": counts["new"] + counts["perhaps"], "channels": len(verdicts)}


def _add(request: HttpRequest, brought: ImportedList) -> HttpResponse:
    chosen = None if request.POST.get("do") == "all" else set(request.POST.getlist("channel"))
    try:
        added = add_list(brought=brought, by=user_of(request), now=timezone.now(), chosen=chosen)
    except (AlreadyBegun, NothingToWatch) as error:
        messages.warning(request, str(error))
    else:
        messages.success(
            request,
            ngettext(
                "%d channel is being added. Its first check comes soon.",
                "%d channels are being added. Their first checks are spread over some time.",
                added.total,
            )
            % added.total,
        )
    return redirect("newsroom:imported-list", brought.pk)


@permission_required("sources.view_outlet")
@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """Give out what we watch, as OPML for any feed reader or as a directory with all that we know."""
    if kind not in EXPORTS:
        raise Http404
    write, content_type, name = EXPORTS[kind]
    answer = HttpResponse(write(title=_("Outlets")), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    del request
    return answer


@permission_required("sources.view_outlet")
@require_GET
def directory(request: HttpRequest) -> HttpResponse:
    """Show the outlets that one could watch, by country and language."""
    form = DirectoryFilterForm(request.GET)
    paginator = WagtailPaginator(form.narrowed(), per_page=PAGE)
    page = paginator.get_page(request.GET.get("p"))
    known = everything_known()
    lines = []
    for entry in page.object_list:
        listed = as_listed_entry(entry)
        channels = [known.channel_at(channel.address) for channel in listed.channels]
        ours = next(filter(None, channels), None)
        lines.append((entry, len(channels), channels.count(None), ours.outlet if ours else None))
    return shown(
        request,
        "desk/outlets_directory.html",
        title=_("Directory of outlets"),
        icon="list-ul",
        trail=_trail(),
        form=form,
        asked=form.asked(),
        page=page,
        elided_page_range=paginator.get_elided_page_range(page.number),
        lines=lines,
        may_add=user_of(request).has_perm("sources.add_outlet"),
    )


@permission_required("sources.add_outlet")
@require_POST
def watch_from_directory(request: HttpRequest, pk: int) -> HttpResponse:
    """Watch an outlet of the directory; where it names no feed, look for one at its home page."""
    entry = get_object_or_404(DirectoryEntry, pk=pk)
    if not entry.feeds:
        address = reverse("newsroom:add-outlet", query={"url": entry.home_url, "name": entry.name})
        return redirect(address)
    try:
        outlet = watch_entry(entry=entry, by=user_of(request), now=timezone.now())
    except (NothingToWatch, AlreadyWatched) as error:
        messages.warning(request, str(error))
        return redirect(next_url(request) or reverse("newsroom:directory"))
    messages.success(request, told(_("It is watched now; its first check is on its way: %s"), str(outlet)))
    return redirect(next_url(request) or reverse("newsroom:directory"))


@permission_required("sources.change_outlet")
@require_POST
def forget_directory(request: HttpRequest) -> HttpResponse:
    """Forget a directory; what is watched stays watched."""
    count = drop_directory(listing=request.POST.get("listing", ""), by=user_of(request), now=timezone.now())
    messages.success(
        request,
        ngettext("%d outlet was taken off the directory.", "%d outlets were taken off the directory.", count)
        % count,
    )
    return redirect("newsroom:directory")
