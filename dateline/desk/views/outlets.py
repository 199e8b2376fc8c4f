"""Outlets and their channels."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.auth import permission_required

from dateline.agreements.models import Agreement
from dateline.desk.forms import OutletForm
from dateline.desk.views.page import UNFIT, next_url, shown, user_of
from dateline.intake.models import Entry
from dateline.net.doors import explain
from dateline.net.errors import FetchError
from dateline.sources import actions as sources
from dateline.sources.actions import AlreadyWatched
from dateline.sources.finding import NoFeedFound
from dateline.sources.models import Channel, Outlet
from dateline.sources.queries import health


@permission_required("sources.view_outlet")
@require_GET
def outlets(request: HttpRequest) -> HttpResponse:
    """List the outlets with how their channels do."""
    listed = (
        Outlet.objects.prefetch_related("channels", "agreements")
        .annotate(taken=Count("originals"), newest_at=Max("originals__taken_at"))
        .order_by("name")
    )
    today = timezone.now().date()
    lines = [
        (
            outlet,
            [(channel, health(channel)) for channel in outlet.channels.all()],
            [agreement for agreement in outlet.agreements.all() if _in_force(agreement, today)],
        )
        for outlet in listed
    ]
    return shown(
        request,
        "desk/outlets.html",
        title=_("Outlets"),
        icon="globe",
        trail=[],
        lines=lines,
        may_add=user_of(request).has_perm("sources.add_outlet"),
        may_watch=user_of(request).has_perm("sources.change_outlet"),
    )


@permission_required("sources.add_outlet")
@require_http_methods(["GET", "POST"])
def add_outlet(request: HttpRequest) -> HttpResponse:
    """Watch a new outlet by an address of it."""
    form = OutletForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            added = sources.add_outlet(by=user_of(request), now=timezone.now(), **form.cleaned_data)
        except FetchError as error:
            form.add_error("url", explain(error))
        except (AlreadyWatched, NoFeedFound, ValidationError) as error:
            form.add_error("url", error.messages if isinstance(error, ValidationError) else str(error))
        else:
            messages.success(request, _("%s is watched now; its first check is on its way.") % added)
            return redirect("newsroom:outlet", added.pk)
    return shown(
        request,
        "desk/add_outlet.html",
        title=_("Add an outlet"),
        icon="globe",
        trail=[(_("Outlets"), reverse("newsroom:outlets"))],
        form=form,
        status=UNFIT if form.errors else 200,
    )


@permission_required("sources.view_outlet")
@require_GET
def outlet(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an outlet: its channels, what was agreed with it, what came from it."""
    shown_outlet = get_object_or_404(Outlet, pk=pk)
    today = timezone.now().date()
    agreements = Agreement.objects.of(shown_outlet)
    failed = Entry.objects.filter(channel__outlet=shown_outlet, state=Entry.State.FAILED)
    return shown(
        request,
        "desk/outlet.html",
        title=str(shown_outlet),
        icon="globe",
        trail=[(_("Outlets"), reverse("newsroom:outlets"))],
        outlet=shown_outlet,
        channels=[(channel, health(channel)) for channel in shown_outlet.channels.all()],
        agreements=[(agreement, _in_force(agreement, today)) for agreement in agreements],
        originals=shown_outlet.originals.newest().defer("body_html", "body_text")[:20],
        entries=failed.select_related("channel__outlet")[:20],
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
    messages.success(request, _("%s is being checked.") % channel)
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
    messages.success(request, sentence % channel)
    return redirect(next_url(request) or reverse("newsroom:outlet", args=[channel.outlet_id]))


def _in_force(agreement: Agreement, today: Any) -> bool:
    return agreement.starts_on <= today and (agreement.ends_on is None or today <= agreement.ends_on)
