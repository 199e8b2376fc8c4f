"""Which IP addresses are public, and the exact pairs that an operator lets through besides them.

The lists are our own: Python's `is_global` calls multicast, site-local and embedded IPv4
addresses global. Source: the IANA special-purpose registries of IPv4 and IPv6.
"""

import ipaddress
from collections.abc import Iterator
from typing import Final

from dateline.lib.urls import NotAWebAddress, canonical_host, gettext_noop

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Pair = tuple[str, int]

THIS_MACHINE = gettext_noop("this machine itself")
PRIVATE = gettext_noop("a private network")
LINK_LOCAL = gettext_noop("the local link, where cloud machines keep their secrets")
SHARED = gettext_noop("a provider's inner network")
RESERVED = gettext_noop("reserved, and nobody's on the public internet")
DOCUMENTATION = gettext_noop("reserved for examples in documents")
MULTICAST = gettext_noop("multicast, and not one machine")
TUNNEL = gettext_noop("a tunnel that hides another address")

_IPV4: Final = {
    ipaddress.IPv4Network(network): name
    for network, name in {
        "0.0.0.0/8": THIS_MACHINE,
        "10.0.0.0/8": PRIVATE,
        "100.64.0.0/10": SHARED,
        "127.0.0.0/8": THIS_MACHINE,
        "168.63.129.16/32": LINK_LOCAL,  # a public number, but within one cloud its control address
        "169.254.0.0/16": LINK_LOCAL,
        "172.16.0.0/12": PRIVATE,
        "192.0.0.0/24": RESERVED,
        "192.0.2.0/24": DOCUMENTATION,
        "192.88.99.0/24": TUNNEL,
        "192.168.0.0/16": PRIVATE,
        "198.18.0.0/15": RESERVED,
        "198.51.100.0/24": DOCUMENTATION,
        "203.0.113.0/24": DOCUMENTATION,
        "224.0.0.0/4": MULTICAST,
        "240.0.0.0/4": RESERVED,
    }.items()
}

_GLOBAL_UNICAST: Final = ipaddress.IPv6Network("2000::/3")
_IPV6: Final = {
    ipaddress.IPv6Network(network): name
    for network, name in {
        "::1/128": THIS_MACHINE,
        "::/96": TUNNEL,
        "64:ff9b:1::/48": TUNNEL,
        "2001::/32": TUNNEL,
        "2001::/23": RESERVED,
        "2001:db8::/32": DOCUMENTATION,
        "3fff::/20": DOCUMENTATION,
        "fc00::/7": PRIVATE,
        "fe80::/10": LINK_LOCAL,
        "fec0::/10": PRIVATE,
        "ff00::/8": MULTICAST,
    }.items()
}
_MAPPED: Final = ipaddress.IPv6Network("::ffff:0:0/96")
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_SIX_TO_FOUR: Final = ipaddress.IPv6Network("2002::/16")
_ISATAP: Final = frozenset({0x0000_5EFE, 0x0200_5EFE})


class BadAllowEntry(ValueError):
    """An entry of DATELINE_NET_ALLOW is no exact host:port pair. The message says which, and why."""

    def __init__(self, entry: str, reason: str) -> None:
        super().__init__(
            f"DATELINE_NET_ALLOW has the entry {entry!r}, which {reason}. "
            "Write exact pairs with commas between them: 127.0.0.1:8001,feeds.example:9000,[::1]:8001"
        )


def is_public(address: str | Address) -> bool:
    """Whether an IP address is one of the public internet. Raises ValueError where it is no IP address."""
    return not why_not_public(address)


def why_not_public(address: str | Address) -> str:
    """Return what kind of address this is where it is not public, else the empty string.

    An IPv4 address inside an IPv6 one (mapped, NAT64, 6to4, ISATAP) is judged by the IPv4 one.
    Raises ValueError where `address` is no IP address.
    """
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv4Address):
        return next((name for network, name in _IPV4.items() if ip in network), "")
    return _why_not_public6(ip)


def _why_not_public6(ip: ipaddress.IPv6Address) -> str:
    if ip.scope_id is not None:
        return LINK_LOCAL
    for embedded in _embedded(ip):
        if why := why_not_public(embedded):
            return why
    if ip in _MAPPED or ip in _NAT64:
        return ""
    named = next((name for network, name in _IPV6.items() if ip in network), "")
    return named or ("" if ip in _GLOBAL_UNICAST else RESERVED)


def _embedded(ip: ipaddress.IPv6Address) -> Iterator[ipaddress.IPv4Address]:
    number = int(ip)
    if ip in _MAPPED or ip in _NAT64 or (number >> 32) & 0xFFFF_FFFF in _ISATAP:
        yield ipaddress.IPv4Address(number & 0xFFFF_FFFF)
    if ip in _SIX_TO_FOUR:
        yield ipaddress.IPv4Address((number >> 80) & 0xFFFF_FFFF)


def read_allowed(text: str) -> frozenset[Pair]:
    """Return the pairs of `host:port,host:port` (the setting DATELINE_NET_ALLOW); empty text allows none.

    A pair lets through exactly that host, as an address spells it, at exactly that port. Raises
    BadAllowEntry for a wildcard, a range, a missing port, a path or anything else.
    """
    return frozenset(_read_pair(entry.strip()) for entry in text.split(",")) if text.strip() else frozenset()


def _read_pair(entry: str) -> Pair:
    host, colon, port = entry.rpartition(":")
    if not entry:
        raise BadAllowEntry(entry, "is empty (a comma too many)")
    if "*" in entry or "/" in entry:
        raise BadAllowEntry(entry, "is a wildcard, a range or an address with a path")
    if not colon or not (port.isascii() and port.isdigit()):
        raise BadAllowEntry(entry, "does not end in a port number")
    if not 0 < int(port[:6]) < 65536:  # noqa: PLR2004 — the highest port there is
        raise BadAllowEntry(entry, "has a port that does not exist")
    try:
        return canonical_host(host), int(port)
    except NotAWebAddress as error:
        raise BadAllowEntry(entry, str(error)) from error
