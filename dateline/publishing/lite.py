"""The text-only version of a page: what its main part says, without a picture, a script or a class.

It is taken from the page's own markup, so that it says what the page says, whatever that shows; nothing is read again
for it. Pure.
"""

from collections.abc import Collection
from typing import Any, Final

from lxml import etree

# All the style there is: lines that can be read. Servers name its hash; see serving.
STYLE: Final = (
    ":root{color-scheme:light dark}body{max-width:40em;margin:auto;padding:0 1em;line-height:1.5}"
    "dl div{display:flex;gap:.6em}dd{margin:0}blockquote,aside{margin-inline:1em}table{border-spacing:.8em 0}"
)
_OPEN: Final = b'<main id="main"'
_CLOSE: Final = b"</main>"
_GONE: Final = (
    "script", "style", "link", "picture", "img", "svg", "button", "fieldset", "iframe", "form", "dialog", "template",
    "noscript", "input", "textarea",
)  # fmt: skip
# What stands beside a piece and not in it; what only works with script or takes a pointer.
_BESIDE: Final = etree.XPath(
    ".//*[@hidden or @aria-hidden='true' or contains(concat(' ', @class, ' '), ' article-rail ')"
    " or contains(concat(' ', @class, ' '), ' tools ') or contains(concat(' ', @class, ' '), ' address ')"
    " or contains(concat(' ', @class, ' '), ' number ') or contains(concat(' ', @class, ' '), ' related ')]"
)
_FIGURES: Final = etree.XPath(".//figure[.//img]")
_KEPT: Final = frozenset(
    {"lang", "dir", "href", "hreflang", "rel", "datetime", "cite", "scope", "colspan", "rowspan"}
)
_UNWRAPPED: Final = ("span",)


def lite_main(page: bytes, *, languages: Collection[str]) -> bytes:
    """Return what stands between the tags of a page's main part, as text with links; nothing where it has none.

    Links to pages of ours in these languages lead to their text-only versions.
    """
    start, end = page.find(_OPEN), page.rfind(_CLOSE)
    if start < 0 or end < start:
        return b""
    # Not by lxml.html: to give each element a class of its own takes longer than all else here.
    main = etree.fromstring(page[start : end + len(_CLOSE)], etree.HTMLParser(encoding="utf-8")).find(
        "*/main"
    )
    for figure in _found(_FIGURES, main):
        _tell_picture(figure)
    for element in _found(_BESIDE, main):
        _drop(element)
    etree.strip_elements(main, *_GONE, with_tail=False)
    etree.strip_tags(main, *_UNWRAPPED)
    for element in main.iter(etree.Element):
        _strip(element, languages)
    inner = (main.text or "") + "".join(
        etree.tostring(one, encoding="unicode", method="html") for one in main
    )
    return "\n".join(line for line in map(str.strip, inner.split("\n")) if line).encode()


def lite_href(href: str, *, languages: Collection[str]) -> str:
    """Return where a link leads on a text-only page: pages of ours have such a version of their own."""
    parts = href.split("/", 2)
    is_page = len(parts) > 2 and not parts[0] and parts[1] in languages  # noqa: PLR2004 — before, tag, rest
    path, mark, rest = href.partition("#")
    return f"/lite{path}{mark}{rest}" if is_page and path.endswith("/") else href


def _found(path: etree.XPath, root: Any) -> list[Any]:
    found: Any = path(root)
    return list(found)


def _tell_picture(figure: Any) -> None:
    """Say of a picture what it shows, where those see it who do not see pictures."""
    for picture in figure.iter("img"):
        alt = (picture.get("alt") or "").strip()
        if alt:
            told = etree.SubElement(figure, "p")
            told.text = f"[{alt}]"
            figure.insert(0, told)


def _drop(element: Any) -> None:
    """Take an element out; what follows it stays."""
    parent, tail = element.getparent(), element.tail or ""
    if parent is None:
        return
    before = element.getprevious()
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    parent.remove(element)


def _strip(element: Any, languages: Collection[str]) -> None:
    attributes = element.attrib
    for name in [name for name in attributes if name not in _KEPT]:
        del attributes[name]
    if element.tag == "a" and "href" in attributes:
        attributes["href"] = lite_href(attributes["href"], languages=languages)
