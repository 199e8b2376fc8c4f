"""When two addresses of feeds are one feed in two spellings, and when they may be."""

import re
from typing import Final
from urllib.parse import unquote

from dateline.lib.urls import DEFAULT_PORTS, NotAWebAddress, normalise, read

_SAME_HOST: Final = re.compile(r"^(?:www[0-9]?\.|(feeds|rss)[0-9]+(?=\.))")
_FORERUNNERS: Final = re.compile(r"^(?:www[0-9]?|m|amp|mobile|feeds?[0-9]?|rss)\.")
# Parameters and endings by which one feed is had in several formats.
_FORMATS: Final = frozenset({"format", "feed", "type", "output", "fmt", "alt"})
_FORMAT_NAMES: Final = re.compile(r"(?:rss|atom|xml|rdf|json)[0-9.]*", re.IGNORECASE)
_FORMAT_ENDING: Final = re.compile(
    r"(?:/(?:feeds?|rss|atom|rdf|index|rss2))+$|\.(?:rss|atom|xml|rdf|json)$", re.IGNORECASE
)


def feed_key(address: str) -> str:
    """Return what all spellings of one feed's address have in common; empty where it is no web address.

    http or https, `www.` or none, a slash at the end or none, numbers after `feeds`, what tracks readers.
    """
    try:
        found = read(normalise(address))
    except NotAWebAddress:
        return ""
    host = _SAME_HOST.sub(lambda match: match[1] or "", found.host)
    port = "" if found.port in DEFAULT_PORTS.values() else f":{found.port}"
    query = f"?{found.query}" if found.query else ""
    return f"{host}{port}{found.path.rstrip('/')}{query}"


def kin_key(address: str) -> str:
    """Return what addresses have in common that often are one feed in several formats (`?format=rss`, `/atom`).

    Only reading them can tell: use it to ask, not to decide. Empty where it is no web address.
    """
    plain, _mark, query = feed_key(address).partition("?")
    kept = [part for part in query.split("&") if part and not _is_format(part)]
    while (shorter := _FORMAT_ENDING.sub("", plain)) != plain:
        plain = shorter
    return f"{plain}?{'&'.join(kept)}" if kept else plain


def _is_format(parameter: str) -> bool:
    name, _equals, value = parameter.partition("=")
    return unquote(name).lower() in _FORMATS and bool(_FORMAT_NAMES.fullmatch(unquote(value)))


def site_of(address: str) -> str:
    """Return the host that stands for an outlet: without `www.`, `m.`, `feeds.` before it; empty where none."""
    try:
        host = read(address.strip()).host
    except NotAWebAddress:
        return ""
    return _FORERUNNERS.sub("", host)


def place_on_site(address: str) -> str:
    """Return the path of an outlet's home page without slashes around it; empty at the site's root."""
    try:
        return read(address.strip()).path.strip("/")
    except NotAWebAddress:
        return ""
