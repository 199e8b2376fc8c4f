"""From which network somebody asks: one address, or what one household has of the newer kind. Pure."""

from ipaddress import ip_address, ip_network
from typing import Final

_OLD: Final = 4


def network_of(address: str) -> str:
    """Return the network of an address; empty where it is none."""
    try:
        told = ip_address(address)
    except ValueError:
        return ""
    return str(told) if told.version == _OLD else str(ip_network(f"{told}/64", strict=False))
