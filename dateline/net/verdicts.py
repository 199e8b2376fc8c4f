"""The guard's verdict on an address: pure, so that it can be asked about a file of them.

It is asked twice for each step of an exchange: before anyone looks the name up, and with every
address that the name has. The socket asks once more, for the one address it dials.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from dateline.lib.urls import NotAWebAddress, WebAddress, gettext_noop, read
from dateline.net.addresses import Pair, why_not_public
from dateline.net.errors import AddressRefused

PORTS: Final = frozenset({80, 443, 8000, 8080, 8443})
LOCAL_NAMES: Final = (".localhost", ".local", ".localdomain", ".internal", ".home.arpa", ".onion", ".invalid")
# Some programs look for the host behind the last @ before a slash, even behind the question mark.
_TWO_READINGS: Final = re.compile(r"[^/?#]*//[^/?#]*[?#][^/]*@")

MALFORMED = gettext_noop("%(url)s cannot be fetched: it %(reason)s. Check the address and enter it again.")
BAD_PORT = gettext_noop(
    "%(url)s asks for port %(port)s, where no web server of the press answers. Only the ports 80, 443, 8000,"
    " 8080 and 8443 are fetched; the operator can allow this one pair in DATELINE_NET_ALLOW."
)
LOCAL_NAME = gettext_noop(
    "%(url)s names a machine of an inner network (%(host)s), and only the public internet is fetched. Check"
    " the address; if it is meant, the operator can allow this host and port in DATELINE_NET_ALLOW."
)
NOT_PUBLIC = gettext_noop(
    "%(url)s leads to %(address)s: %(kind)s. Only the public internet is fetched. Check the address; if it is"
    " meant, the operator can allow this host and port in DATELINE_NET_ALLOW."
)
NO_ADDRESS = gettext_noop("%(url)s has a name without any IP address. Check its spelling.")


@dataclass(frozen=True)
class Verdict:
    """Whether an address may be dialled, and if not, why: a sentence for the editor."""

    verdict: Literal["allow", "refuse"]
    reason: str = ""


def judge(url: str, *, addresses: Sequence[str] = (), allowed: Collection[Pair] = ()) -> Verdict:
    """Return the verdict on `url` when its host has these IP addresses.

    addresses: every answer of the resolver; not asked for where the host is an IP address.
    allowed: the operator's exact pairs, from `read_allowed`.
    """
    try:
        target = read_target(url, allowed=allowed)
        clear(target, addresses or literal(target), allowed=allowed)
    except AddressRefused as refused:
        return Verdict("refuse", str(refused))
    return Verdict("allow")


def read_target(url: str, *, allowed: Collection[Pair]) -> WebAddress:
    """Return the parts of an address that may be looked up. Raises AddressRefused."""
    if _TWO_READINGS.match(url):
        raise AddressRefused(url, MALFORMED, reason=gettext_noop("can be read in two ways"))
    try:
        target = read(url)
    except NotAWebAddress as error:
        raise AddressRefused(url, MALFORMED, reason=str(error)) from error
    if (target.host, target.port) in allowed:
        return target
    if target.port not in PORTS:
        raise AddressRefused(url, BAD_PORT, port=str(target.port))
    if target.ip is None and _is_local(target.host):
        raise AddressRefused(url, LOCAL_NAME, host=target.host)
    return target


def literal(target: WebAddress) -> tuple[str, ...]:
    """Return the host where it is an IP address and needs no looking up, else nothing."""
    return () if target.ip is None else (target.host,)


def clear(target: WebAddress, addresses: Sequence[str], *, allowed: Collection[Pair]) -> tuple[str, ...]:
    """Return the addresses that may be dialled for `target`: all of them, or none.

    One private answer among public ones refuses the whole name: nobody honest has both. Raises
    AddressRefused.
    """
    if not addresses:
        raise AddressRefused(str(target), NO_ADDRESS)
    if (target.host, target.port) not in allowed:
        for address in addresses:
            if kind := _why_not(address):
                raise AddressRefused(str(target), NOT_PUBLIC, address=address, kind=kind)
    return tuple(addresses)


def _why_not(address: str) -> str:
    try:
        return why_not_public(address)
    except ValueError:
        return gettext_noop("no IP address at all")


def _is_local(host: str) -> bool:
    return "." not in host or host.endswith(LOCAL_NAMES)
