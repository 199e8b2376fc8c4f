"""Where a request came from: from a page of ours or of others, and from which network. Pure."""

from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from django.http import HttpRequest

_OLD_KIND: Final = 4


def is_from_elsewhere(request: "HttpRequest", *, must_say: bool = False) -> bool:
    """Was it sent by a page of another site? Browsers say so; who says nothing is no browser's page.

    must_say: then who says nothing is taken for another.
    """
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin", "")
    return urlsplit(origin).netloc != request.get_host() if origin else must_say


def network_of(request: "HttpRequest") -> str:
    """Return the sender's address, of the newer kind the network that one household has; "" where it is unknown."""
    try:
        told = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return ""
    return str(told) if told.version == _OLD_KIND else str(ip_network(f"{told}/64", strict=False))
