"""Feeds that moved: a redirect for good, all the way, to something that we could read there."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from dateline.lib.urls import NotAWebAddress, normalise, read
from dateline.net.letters import Response
from dateline.people.actions import write_down
from dateline.sources.models import Channel
from dateline.sources.queries import channel_at

FOR_GOOD: Final = frozenset({301, 308})
LONGEST_ADDRESS: Final = 1000
MOST_FORMER: Final = 20


def has_moved(response: Response) -> bool:
    """Whether every hop on the way to this response was for good."""
    return bool(response.hops) and all(hop.status in FOR_GOOD for hop in response.hops)


def follow_move(*, channel: Channel, response: Response, now: datetime) -> str:
    """Write the new address of a feed that moved for good, and that was read there; return a remark for the editor.

    The remark is empty but where another channel of ours has the new address already: then a person decides
    which of the two stays. To be called in the transaction that notes the check.
    """
    address = response.final_url
    if not has_moved(response) or not _is_better(address, than=channel.address):
        return ""
    other = channel_at(address)
    if other is not None and other.pk != channel.pk:
        return _(
            "This feed moved to %(address)s, which we watch already as a channel of %(outlet)s. Stop one of the two."
        ) % {"address": address, "outlet": other.outlet}
    former, channel.address = channel.address, address
    channel.former_addresses = [*channel.former_addresses, former][-MOST_FORMER:]
    channel.save(update_fields=["address", "former_addresses"])
    write_down(verb="move", subject=channel, by=None, now=now, summary=f"{former} → {address}")
    return ""


def _is_better(address: str, *, than: str) -> bool:
    """Whether to go there: another page, not too long to be kept, and no step back from https to http."""
    try:
        is_other = normalise(address) != normalise(than) or read(address).scheme != read(than).scheme
        loses_cover = read(than).scheme == "https" and read(address).scheme == "http"
    except NotAWebAddress:
        return False
    return is_other and not loses_cover and len(address) <= LONGEST_ADDRESS
