"""When two addresses are one piece, when two readings of a page are one text, and which guid fits."""

import hashlib
from typing import Final

from dateline.lib.text import one_line, without_controls
from dateline.lib.urls import NotAWebAddress, normalise, read

LONGEST_GUID: Final = 500
_USUAL_PORTS = {80, 443}
_TWINS = ("www.", "m.", "amp.", "mobile.")


def identity_of(*, final_url: str, canonical: str) -> str:
    """Return the one address of a piece: the canonical one where its own site names it, else the final one.

    A canonical address on another site is not believed, or one page could pass itself off as
    another outlet's; nor is one that names the front page. Raises NotAWebAddress.
    """
    own = normalise(final_url)
    try:
        named = normalise(canonical)
    except NotAWebAddress:
        return own
    return named if _is_same_site(own, named) and not _is_front_page(named) else own


def _is_same_site(one: str, other: str) -> bool:
    a, b = read(one), read(other)
    return _site(a.host) == _site(b.host) and (a.port == b.port or {a.port, b.port} == _USUAL_PORTS)


def _site(host: str) -> str:
    for twin in _TWINS:
        host = host.removeprefix(twin)
    return host


def _is_front_page(url: str) -> bool:
    address = read(url)
    return address.path == "/" and not address.query


def text_hash(*, headline: str, text: str) -> str:
    """Return the hash of what a reader would notice; white space is not that."""
    return hashlib.sha256(f"{one_line(headline)}\n{one_line(text)}".encode()).hexdigest()


def kept_guid(guid: str) -> str:
    """Return a guid as it is kept: itself, or where it is too long its hash."""
    guid = without_controls(guid).strip()
    return guid if len(guid) <= LONGEST_GUID else hashlib.sha256(guid.encode()).hexdigest()
