"""Outlets and channels by the names and addresses that people know them by."""

from django.db.models import Q
from django.utils.translation import gettext as _

from dateline.lib.urls import NotAWebAddress, normalise, read
from dateline.sources.models import Channel, Outlet


class NoSuchOutlet(LookupError):
    """No outlet is called so."""


def outlet_called(name: str) -> Outlet:
    """Return the outlet with this slug or name. Raises NoSuchOutlet, with the slugs there are."""
    found = Outlet.objects.filter(Q(slug=name) | Q(name__iexact=name) | Q(name_here__iexact=name)).first()
    if found is None:
        slugs = ", ".join(Outlet.objects.order_by("slug").values_list("slug", flat=True)[:20])
        raise NoSuchOutlet(
            _("There is no outlet called %(name)s. Some that there are: %(slugs)s.")
            % {"name": name, "slugs": slugs or "–"}
        )
    return found


def channel_at(address: str) -> Channel | None:
    """Return the channel with this address in whatever spelling, watched or not."""
    try:
        wanted, host = normalise(address), read(address).host
    except NotAWebAddress:
        return None
    candidates = Channel.objects.filter(address__icontains=host).select_related("outlet")
    return next((channel for channel in candidates if _is_spelling_of(wanted, channel.address)), None)


def _is_spelling_of(wanted: str, address: str) -> bool:
    try:
        return normalise(address) == wanted
    except NotAWebAddress:
        return False
