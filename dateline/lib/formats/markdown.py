"""Markup of ours as Markdown: paragraphs, headings, lists, quotations, tables, notes and figures; nothing else is left.

Pure. Source: CommonMark 0.31; tables as GitHub writes them.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from lxml import html

_SPACE: Final = re.compile(r"\s+")
# What would begin something else than a paragraph at the start of a line, or marks within one.
_MARKS: Final = re.compile(r"([\\`*_\[\]<>])")
_STARTS: Final = re.compile(r"^(#{1,6}\s|[-+]\s|\d+[.)]\s|>|=+$|-+$|~~~)")
_HEADINGS: Final = {f"h{number}": number for number in range(1, 7)}
_BLOCKS: Final = frozenset(
    {*_HEADINGS, "p", "ul", "ol", "blockquote", "table", "figure", "div", "aside", "hr", "pre", "details"}
)
_UNSAID: Final = frozenset({"script", "style", "svg", "summary", "button", "picture"})
_INLINE: Final = {"b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*", "del": "~~", "s": "~~"}


def from_markup(markup: str) -> str:
    """Return sanitised markup as Markdown, blocks parted by empty lines. Addresses stay as they are."""
    if not markup.strip():
        return ""
    return "\n\n".join(
        block for block in _blocks(html.fragment_fromstring(markup, create_parent="div")) if block
    )


def plain(text: str) -> str:
    """Return a text as one line of Markdown that says just this."""
    escaped = _MARKS.sub(r"\\\1", _SPACE.sub(" ", text).strip())
    return _STARTS.sub(lambda found: "\\" + found.group(), escaped)


def _blocks(parent: Any) -> Iterator[str]:
    held: list[str] = [_said(parent.text)]
    for child in parent:
        if child.tag in _BLOCKS:
            yield _flushed(held)
            yield _block(child)
            held = [_said(child.tail)]
        else:
            held += [_inline(child), _said(child.tail)]
    yield _flushed(held)


def _flushed(held: Iterable[str]) -> str:
    text = _SPACE.sub(" ", "".join(held).replace("\\\n", "\0")).strip().replace("\0", "\\\n")
    return _STARTS.sub(lambda found: "\\" + found.group(), text)


def _block(element: Any) -> str:
    if element.tag in _HEADINGS:
        return f"{'#' * _HEADINGS[element.tag]} {_line(element)}"
    if element.get("aria-hidden") == "true":
        return ""
    return _WRITERS.get(element.tag, _within)(element)


def _within(element: Any) -> str:
    return "\n\n".join(block for block in _blocks(element) if block)


def _list(element: Any) -> str:
    items = [one for one in element if one.tag == "li"]
    marks = [f"{number}." if element.tag == "ol" else "-" for number in range(1, len(items) + 1)]
    return "\n".join(
        f"{mark} {_indented(_within(one), by=len(mark) + 1)}" for mark, one in zip(marks, items, strict=True)
    )


def _indented(text: str, *, by: int) -> str:
    return text.replace("\n", "\n" + " " * by)


def _quoted(element: Any) -> str:
    return "\n".join(f"> {line}".rstrip() for line in _within(element).split("\n"))


def _table(element: Any) -> str:
    rows = [[_cell(cell) for cell in row if cell.tag in {"th", "td"}] for row in element.iter("tr")]
    width = max((len(row) for row in rows), default=0)
    if not width:
        return ""
    full = [row + [""] * (width - len(row)) for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in full]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _cell(cell: Any) -> str:
    return _line(cell).replace("|", "\\|")


def _figure(element: Any) -> str:
    """A picture by its address with what is said of it; a chart as its table; a quotation as one."""
    inner = element.xpath(".//blockquote | .//table")
    parts = [_block(one) for one in inner]
    if not inner:
        parts += [
            f"![{plain(one.get('alt') or '')}]({_address(one.get('src'))})" for one in element.iter("img")
        ]
        parts += [_inline(link) for link in element.xpath("./a")]
    parts += [_line(caption) for caption in element.iter("figcaption")]
    return "\n\n".join(part for part in parts if part)


def _line(element: Any) -> str:
    return _flushed([_said(element.text), *(_inline(one) + _said(one.tail) for one in element)])


def _inline(element: Any) -> str:
    tag = element.tag
    if not isinstance(tag, str) or tag in _UNSAID:
        return ""
    if tag == "br":
        return "\\\n"
    if tag == "img":
        return f"![{plain(element.get('alt') or '')}]({_address(element.get('src'))})"
    inner = "".join([_said(element.text), *(_inline(one) + _said(one.tail) for one in element)])
    if tag == "a" and element.get("href") and inner.strip():
        return f"[{inner.strip()}]({_address(element.get('href'))})"
    mark = _INLINE.get(tag, "")
    # A mark that stands beside a space is none: the spaces go outside.
    core = inner.strip()
    if not mark or not core:
        return inner
    before, after = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
    return f"{before}{mark}{core}{mark}{after}"


def _said(text: str | None) -> str:
    return _MARKS.sub(r"\\\1", _SPACE.sub(" ", text)) if text else ""


def _address(address: str | None) -> str:
    return (address or "").replace(" ", "%20").replace("(", "%28").replace(")", "%29")


_WRITERS: Final[dict[str, Callable[[Any], str]]] = {
    "ul": _list,
    "ol": _list,
    "blockquote": _quoted,
    "aside": _quoted,
    "table": _table,
    "figure": _figure,
    "hr": lambda _element: "---",
}
