"""Outlets and their channels: how each does, and what can be done about it."""

from collections.abc import Callable
from typing import Any, Final

from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.auth import permission_required
from wagtail.admin.paginator import WagtailPaginator

from dateline.agreements.models import Agreement
from dateline.desk.charts import chart_of
from dateline.desk.views.outlet_forms import OutletFilterForm
from dateline.desk.views.page import next_url, shown, told, user_of
from dateline.intake.models import Entry
from dateline.intake.queries.twins import twin_channels
from dateline.sources import actions as sources
from dateline.sources.actions.outlets import stop_outlets, watch_outlets
from dateline.sources.models import Channel, Outlet
from dateline.sources.queries import health, history

PAGE: Final = 50


@permission_required("sources.view_outlet")
@require_GET
def outlets(request: HttpRequest) -> HttpResponse:
    """List the outlets with how their channels do."""
    now = timezone.now()
    form = OutletFilterForm(request.GET)
    listed = (
        form.narrowed(Outlet.objects.all())
        .prefetch_related("channels", "agreements")
        .annotate(taken=Count("originals"), newest_at=Max("originals__taken_at"))
        .order_by("name", "pk")
    )
    paginator = WagtailPaginator(listed, per_page=PAGE)
    page = paginator.get_page(request.GET.get("p"))
    lines = [
        (
            outlet,
            [(channel, health(channel)) for channel in outlet.channels.all()],
            [agreement for agreement in outlet.agreements.all() if _in_force(agreement, now.date())],
        )
        for outlet in page.object_list
    ]
    return shown(
        request,
        "desk/outlets.html",
        title=_("Outlets"),
        icon="globe",
        trail=[],
        form=form,
        asked=form.asked(),
        page=page,
        elided_page_range=paginator.get_elided_page_range(page.number),
        lines=lines,
        twins=twin_channels(now=now)[:20],
        may_add=user_of(request).has_perm("sources.add_outlet"),
        may_watch=user_of(request).has_perm("sources.change_outlet"),
    )


@permission_required("sources.change_outlet")
@require_POST
def change_outlets(request: HttpRequest) -> HttpResponse:
    """Stop or watch the chosen outlets."""
    chosen = [int(pk) for pk in request.POST.getlist("outlet") if pk.isdecimal() and len(pk) < 10]  # noqa: PLR2004 - as keys are
    rows = Outlet.objects.filter(pk__in=chosen)
    by, now = user_of(request), timezone.now()
    if not chosen:
        messages.warning(request, _("Choose outlets first."))
    elif request.POST.get("do") == "stop":
        count = stop_outlets(outlets=rows, by=by, now=now)
        messages.success(
            request,
            ngettext("%d channel is not watched any more.", "%d channels are not watched any more.", count)
            % count,
        )
    elif request.POST.get("do") == "watch":
        count = watch_outlets(outlets=rows, by=by, now=now)
        messages.success(
            request, ngettext("%d channel is watched again.", "%d channels are watched again.", count) % count
        )
    return redirect(next_url(request) or reverse("newsroom:outlets"))


@permission_required("sources.view_outlet")
@require_GET
def outlet(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an outlet: its record, its channels, what was agreed with it, what came from it."""
    shown_outlet = get_object_or_404(Outlet, pk=pk)
    now = timezone.now()
    agreements = Agreement.objects.of(shown_outlet)
    failed = Entry.objects.filter(channel__outlet=shown_outlet, state=Entry.State.FAILED)
    channels = [
        (channel, health(channel), chart_of(history(channel, now=now)))
        for channel in shown_outlet.channels.all()
    ]
    mine = {channel.pk for channel, _health, _chart in channels}
    return shown(
        request,
        "desk/outlet.html",
        title=str(shown_outlet),
        icon="globe",
        trail=[(_("Outlets"), reverse("newsroom:outlets"))],
        outlet=shown_outlet,
        channels=channels,
        contacts=shown_outlet.contacts.all(),
        twins=[one for one in twin_channels(now=now) if mine & {one.kept.pk, one.spare.pk}],
        agreements=[(agreement, _in_force(agreement, now.date())) for agreement in agreements],
        originals=shown_outlet.originals.newest().defer("body_html", "body_text")[:20],
        entries=failed.select_related("channel__outlet")[:20],
        may_add=user_of(request).has_perm("sources.add_outlet"),
        may_watch=user_of(request).has_perm("sources.change_outlet"),
        may_sort=user_of(request).has_perm("intake.sort_original"),
        may_agree=user_of(request).has_perm("agreements.add_agreement"),
        edit_url=AdminURLFinder(user_of(request)).get_edit_url(shown_outlet),
    )


@permission_required("sources.change_outlet")
@require_POST
def check_channel(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a channel checked at once."""
    channel = get_object_or_404(Channel, pk=pk)
    sources.check_now(channel=channel, now=timezone.now())
    messages.success(request, told(_("It is being asked now: %s"), str(channel)))
    return redirect(next_url(request) or reverse("newsroom:outlet", args=[channel.outlet_id]))


@permission_required("sources.change_outlet")
@require_POST
def stop_channel(request: HttpRequest, pk: int) -> HttpResponse:
    """Check a channel no more."""
    return _channel_told(request, pk, sources.stop_watching, _("%s is not watched any more."))


@permission_required("sources.change_outlet")
@require_POST
def watch_channel(request: HttpRequest, pk: int) -> HttpResponse:
    """Check a stopped channel again."""
    return _channel_told(request, pk, sources.watch_again, _("%s is watched again."))


def _channel_told(request: HttpRequest, pk: int, verb: Callable[..., Channel], sentence: str) -> HttpResponse:
    channel = verb(channel=get_object_or_404(Channel, pk=pk), by=user_of(request), now=timezone.now())
    messages.success(request, told(sentence, str(channel)))
    return redirect(next_url(request) or reverse("newsroom:outlet", args=[channel.outlet_id]))


def _in_force(agreement: Agreement, today: Any) -> bool:
    return agreement.starts_on <= today and (agreement.ends_on is None or today <= agreement.ends_on)
