"""What is brought to us: letters, files, other digests, hubs; and whose it is."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from dateline.desk.views.deliveries_forms import ClaimForm, DigestForm, DropForm, WayForm
from dateline.desk.views.page import UNFIT, shown, user_of
from dateline.intake.actions.digests import read_as_digest
from dateline.intake.actions.drops import open_drop, renew_token
from dateline.intake.actions.mailboxes import NoSender, claim_letters, mailbox_names, read_letters_as
from dateline.intake.models import Delivery, Drop
from dateline.intake.queries import brought


@permission_required("sources.view_outlet")
@require_GET
def deliveries(request: HttpRequest) -> HttpResponse:
    """List what came, what nobody claims, what was refused and what its publishers stopped."""
    return _page(request)


@permission_required("sources.change_outlet")
@require_POST
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whose letters these are."""
    delivery = get_object_or_404(Delivery.objects.unclaimed(), pk=pk)
    form = ClaimForm(request.POST, prefix=str(pk), delivery=delivery)
    if not form.is_valid():
        return _page(request, claim_form=form)
    now = timezone.now()
    try:
        with transaction.atomic():
            outlet = form.cleaned_data["outlet"] or form.new_outlet(by=user_of(request), now=now)
            channel = claim_letters(delivery=delivery, outlet=outlet, by=user_of(request), now=now)
    except (NoSender, ValidationError) as error:
        form.add_error(None, error.messages if isinstance(error, ValidationError) else str(error))
        return _page(request, claim_form=form)
    messages.success(
        request, _("Letters of %s are read from now on; those that lie here are being read.") % channel
    )
    return redirect("newsroom:deliveries")


@permission_required("sources.change_outlet")
@require_POST
def read_as(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether a sender's letters are pieces or lists of pieces."""
    form = WayForm(request.POST)
    delivery = get_object_or_404(
        Delivery.objects.filter(kind=Delivery.Kind.LETTER, channel__isnull=False), pk=pk
    )
    if form.is_valid():
        read_letters_as(
            delivery=delivery, letter=form.cleaned_data["letter"], by=user_of(request), now=timezone.now()
        )
        messages.success(
            request,
            _("Letters of %s are read so from now on; this one is being read again.") % delivery.channel,
        )
    return redirect("newsroom:deliveries")


@permission_required("sources.change_outlet")
@never_cache
@require_POST
def open_new_drop(request: HttpRequest) -> HttpResponse:
    """Open a drop for an outlet, and show its secret this once."""
    form = DropForm(request.POST)
    if not form.is_valid():
        return _page(request, drop_form=form)
    drop, token = open_drop(outlet=form.cleaned_data["outlet"], by=user_of(request), now=timezone.now())
    return _page(request, told=(drop, _address(request, token)))


@permission_required("sources.change_outlet")
@never_cache
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a drop a new secret, and show it this once."""
    drop = get_object_or_404(Drop.objects.select_related("channel__outlet"), pk=pk)
    token = renew_token(drop=drop, by=user_of(request), now=timezone.now())
    return _page(request, told=(drop, _address(request, token)))


@permission_required("sources.change_outlet")
@require_POST
def digest(request: HttpRequest) -> HttpResponse:
    """Read a feed as that of another digest, or as a feed again."""
    form = DigestForm(request.POST)
    if not form.is_valid():
        return _page(request, digest_form=form)
    channel = form.cleaned_data["channel"]
    read_as_digest(
        channel=channel, is_digest=form.cleaned_data["is_digest"], by=user_of(request), now=timezone.now()
    )
    messages.success(request, _("%s is read so from the next check on.") % channel)
    return redirect("newsroom:deliveries")


def _address(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("intake:drop", args=[token]))


def _page(
    request: HttpRequest,
    *,
    claim_form: ClaimForm | None = None,
    drop_form: DropForm | None = None,
    digest_form: DigestForm | None = None,
    told: tuple[Drop, str] | None = None,
) -> HttpResponse:
    senders = brought.unclaimed_senders()
    is_unfit = bool(claim_form or drop_form or digest_form)
    return shown(
        request,
        "desk/deliveries.html",
        title=_("Deliveries"),
        icon="download",
        trail=[(_("Outlets"), reverse("newsroom:outlets"))],
        mailboxes=brought.mailboxes(),
        mailbox_names=mailbox_names(),
        senders=[(sender, _claim_form(sender.newest, claim_form)) for sender in senders],
        drops=brought.drops(),
        newest=[(one, WayForm(initial={"letter": _way(one)})) for one in brought.newest()],
        stopped=brought.stopped(),
        embargoed=brought.embargoed(now=timezone.now()),
        subscriptions=brought.subscriptions(),
        digests=brought.digests(),
        drop_form=drop_form or DropForm(),
        digest_form=digest_form or DigestForm(),
        told=told,
        may_change=user_of(request).has_perm("sources.change_outlet"),
        status=UNFIT if is_unfit else 200,
    )


def _claim_form(delivery: Delivery, bound: ClaimForm | None) -> ClaimForm:
    if bound is not None and bound.delivery == delivery:
        return bound
    return ClaimForm(prefix=str(delivery.pk), delivery=delivery)


def _way(delivery: Delivery) -> str:
    return str(delivery.channel.rules.get("letter") or "") if delivery.channel else ""
