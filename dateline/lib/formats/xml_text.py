"""XML written as text, line by line, without holding the whole of it; and read in a stream, safely."""

from collections.abc import Callable, Iterator
from typing import IO, Any, Final
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from dateline.lib.formats.pieces import Unreadable
from dateline.lib.formats.safe_xml import LOOKED_AT, OPTIONS, refuse_entities
from dateline.lib.text import without_controls

HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
Refusal = Callable[[str], Unreadable]


def text(content: str) -> str:
    """Return words as XML: escaped, without what XML cannot hold."""
    return escape(without_controls(content))


def tag(name: str, /, *, end: str = ">", **attributes: str) -> str:
    """Return a start tag. Empty attributes are left out; `xml_lang` is `xml:lang`, a last `_` is dropped."""
    told = "".join(
        f" {_attribute(key)}={quoteattr(without_controls(value))}"
        for key, value in attributes.items()
        if value
    )
    return f"<{name}{told}{end}"


def elements(source: IO[bytes], names: tuple[str, ...], *, refusal: Refusal) -> Iterator[etree._Element]:
    """Yield each finished element with one of these names, whatever its namespace, and forget it afterwards.

    refusal: the error to raise where the file is no sound XML, or a trap.
    """
    source.seek(0)
    try:
        refuse_entities(source.read(LOOKED_AT))
        source.seek(0)
        options: Any = {**OPTIONS, "remove_comments": True, "remove_pis": True}
        wanted = [f"{{*}}{name}" for name in names]
        for _event, element in etree.iterparse(source, events=("end",), tag=wanted, **options):
            yield element
            _forget(element)
    except (etree.XMLSyntaxError, LookupError) as error:
        raise refusal(f"It is no sound XML: {error}.") from None
    except Unreadable as error:
        raise refusal(str(error)) from None


def _attribute(name: str) -> str:
    return (
        "xml:" + name.removeprefix("xml_") if name.startswith("xml_") else name.rstrip("_").replace("__", "-")
    )


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
