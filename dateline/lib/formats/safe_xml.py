"""XML from outside: no entities of its own, no network, no depth without end."""

import re
from typing import Any, Final

from lxml import etree

from dateline.lib.formats.pieces import Unreadable

_DECLARES = re.compile(rb"<!ENTITY|<!DOCTYPE[^>\[]{0,1000}\[", re.IGNORECASE)
LOOKED_AT: Final = 65_536
OPTIONS: Final[dict[str, Any]] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
}


def refuse_entities(head: bytes) -> None:
    """Raise Unreadable where a document declares entities of its own. head: its first `LOOKED_AT` bytes."""
    for view in (head, head.replace(b"\x00", b"")):
        if _DECLARES.search(view):
            raise Unreadable(
                "It declares entities of its own, which no delivery needs; such files are traps."
            )


def parsed(content: bytes) -> etree._Element:
    """Return the root of an XML document. Raises Unreadable where it is none, or a trap."""
    refuse_entities(content[:LOOKED_AT])
    parser = etree.XMLParser(**OPTIONS, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise Unreadable(f"It is no sound XML: {error}.") from None
    if root is None:
        raise Unreadable("It is an empty XML document.")
    if root.getroottree().docinfo.internalDTD is not None and next(root.iter(etree.Entity), None) is not None:
        raise Unreadable("It uses entities of its own, which no delivery needs; such files are traps.")
    return root


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace, in lower case; empty for what is no element."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def inner_text(element: etree._Element | None) -> str:
    """Return all text below an element."""
    return "".join(map(str, element.itertext())) if element is not None else ""
