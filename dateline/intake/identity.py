"""When two addresses are one piece, when two readings of a page are one text, and which guid fits."""

import hashlib
import re
from dataclasses import replace
from typing import Final

from dateline.lib.text import one_line, without_controls
from dateline.lib.urls import NotAWebAddress, normalise, read

LONGEST_GUID: Final = 500
_USUAL_PORTS = {80, 443}
_TWINS = ("www.", "m.", "amp.", "mobile.", "mob.", "wap.", "touch.")
# How the AMP project's caches write the address of a page that they hold. Source: amp.dev, "AMP Cache URL format".
_CACHED = re.compile(r"/(?:[cv]|amp|wp)/(s/)?([^/]+\.[^/]+)(/.*)?")
_CACHES = re.compile(r"(?:.+\.)?cdn\.ampproject\.org|(?:.+\.)?bing-amp\.com|(?:www\.)?google\.[a-z.]{2,6}")
_AMP_PATH = re.compile(r"(?:/amp/?|\.amp)(?=$)|\.amp(?=\.html?$)")
_AMP_PARAMETERS = frozenset({"amp", "amp=1", "amp=true", "amp=yes", "outputtype=amp", "output=amp"})


def identity_of(*, final_url: str, canonical: str) -> str:
    """Return the one address of a piece: the canonical one where its own site names it, else the final one.

    A canonical address on another site is not believed, or one page could pass itself off as
    another outlet's; nor is one that names the front page. Raises NotAWebAddress.
    """
    own = untwinned(final_url)
    try:
        named = untwinned(canonical)
    except NotAWebAddress:
        return own
    return named if _is_same_site(own, named) and not _is_front_page(named) else own


def untwinned(url: str) -> str:
    """Return the normalised address of the page whose AMP or mobile version `url` is, as far as the address tells.

    A mobile host is left: only the page's own canonical link tells which host it is the twin of. Raises
    NotAWebAddress.
    """
    address = read(normalise(url))
    cached = _CACHED.fullmatch(address.path) if _CACHES.fullmatch(address.host) else None
    if cached:
        secure, host, path = cached.groups()
        address = read(normalise(f"{'https' if secure else 'http'}://{host}{path or '/'}?{address.query}"))
    query = "&".join(part for part in address.query.split("&") if part.lower() not in _AMP_PARAMETERS)
    plain = normalise(str(replace(address, path=_AMP_PATH.sub("", address.path) or "/", query=query)))
    return plain if plain == str(address) else untwinned(plain)


def is_one_place(one: str, other: str) -> bool:
    """Whether two addresses lead to one page: some feeds put a new tracker into each link at every look."""
    try:
        return one == other or untwinned(one) == untwinned(other)
    except NotAWebAddress:
        return False


def site_of(url: str) -> str:
    """Return the host of an address without what tells its twins apart (www, mobile, AMP); empty where it is none."""
    try:
        return _site(read(url).host)
    except NotAWebAddress:
        return ""


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
