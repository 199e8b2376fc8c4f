"""What the desk and the command ask about outlets and channels."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dateline.lib.urls import NotAWebAddress, normalise, read
from dateline.sources.models import Channel, Outlet


class NoSuchOutlet(LookupError):
    """No outlet is called so."""


@dataclass(frozen=True)
class Health:
    """How a channel does, for a person. since: None where it is well or was never read."""

    is_well: bool
    words: str
    advice: str
    since: datetime | None


NEVER_DROPPED = gettext_lazy("It stays on the list and is tried again by itself.")


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


def health(channel: Channel) -> Health:
    """Say how a channel does: well, never read, stopped, or in trouble since when, and what to do."""
    if not channel.is_watched:
        return Health(False, _("Not watched: somebody stopped it."), _("Watch it again."), None)
    if channel.trouble:
        return Health(
            is_well=False, words=_ill(channel), advice=str(NEVER_DROPPED), since=channel.trouble_since
        )
    if channel.last_success_at is None:
        return Health(is_well=True, words=_("Not read yet."), advice="", since=None)
    return Health(is_well=True, words=_("Read without trouble."), advice="", since=None)


def _ill(channel: Channel) -> str:
    failed = ngettext(
        "The last check went wrong.", "The last %(count)d checks went wrong.", channel.failures
    ) % {"count": channel.failures}
    return f"{channel.trouble} {failed}"
