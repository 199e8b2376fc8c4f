"""Markup that leaves our site: every address in it is made whole."""

from typing import Final
from urllib.parse import urljoin

from lxml import html

_ADDRESSES: Final = ("href", "src", "poster")
_SETS: Final = "srcset"


def with_whole_addresses(markup: str, *, base: str) -> str:
    """Return a fragment with its links and pictures as absolute addresses. `base` is the page's own."""
    if not markup.strip():
        return ""
    root = html.fragment_fromstring(markup, create_parent="div")
    for element in root.iter(html.etree.Element):
        for name in _ADDRESSES:
            if element.get(name):
                element.set(name, urljoin(base, element.get(name)))
        if element.get(_SETS):
            element.set(_SETS, _whole_set(element.get(_SETS), base))
    inner = (root.text or "") + "".join(html.tostring(child, encoding="unicode") for child in root)
    return inner.strip()


def _whole_set(value: str, base: str) -> str:
    """Our own pictures have no comma in their addresses."""
    parts = (part.strip().partition(" ") for part in value.split(","))
    return ", ".join(f"{urljoin(base, address)} {size}".strip() for address, _space, size in parts if address)
