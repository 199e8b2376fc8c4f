"""The text-only version of a page: what its main part says, without a picture, a script or a class.

It is taken from the page's own markup, so that it says what the page says, whatever that shows; nothing is read again
for it. Pure.
"""

from collections.abc import Collection
from typing import Any, Final

from lxml import etree

# All the style there is: lines that can be read. Servers name its hash; see serving.
STYLE: Final = (
    ":root{color-scheme:light dark;background:light-dark(#fff,#131619);color:light-dark(#15181b,#e8e6e1)}"
    "a{color:light-dark(#0a5474,#8fcdea)}body{max-width:40em;margin:auto;padding:0 1em;line-height:1.5}"
    "dl div{display:flex;gap:.6em}dd{margin:0}blockquote,aside{margin-inline:1em}table{border-spacing:.8em 0}"
    # Words of another direction stand on the side on which the page begins; lists count in the page's own digits.
    "p{text-align:-webkit-match-parent;text-align:match-parent}:lang(fa) ol{list-style:persian}"
    ":lang(ar) ol{list-style:arabic-indic}"
)
_OPEN: Final = b'<main id="main"'
_CLOSE: Final = b"</main>"
# What stands beside a piece is cut away before anything is parsed: it is most of the page. No part of it is nested.
_CUT: Final = (
    (b'<aside class="article-rail"', b"</aside>"),
    (b'<section class="sheet related"', b"</section>"),
)
_GONE: Final = frozenset(
    {
        "script", "style", "link", "picture", "img", "svg", "button", "fieldset", "iframe", "form", "dialog",
        "template", "noscript", "input", "textarea",
    }
)  # fmt: skip
# What only works with script or takes a pointer, and what is said elsewhere on the page.
_UNSAID: Final = frozenset({"article-rail", "related", "tools", "address", "number"})
_KEPT: Final = frozenset(
    {"lang", "dir", "href", "hreflang", "rel", "datetime", "cite", "scope", "colspan", "rowspan"}
)
# A list of links needs no landmark of its own where there is little else: without its class it has no name either.
_UNWRAPPED: Final = ("span", "nav")


def lite_main(page: bytes, *, languages: Collection[str]) -> bytes:
    """Return what stands between the tags of a page's main part, as text with links; nothing where it has none.

    Links to pages of ours in these languages lead to their text-only versions.
    """
    start, end = page.find(_OPEN), page.rfind(_CLOSE)
    if start < 0 or end < start:
        return b""
    # Not by lxml.html: to give each element a class of its own takes longer than all else here.
    markup = _without_beside(page[start : end + len(_CLOSE)])
    main: Any = etree.fromstring(markup, etree.HTMLParser(encoding="utf-8")).find("*/main")
    for element in list(main.iter(etree.Element)):
        if element.tag in _GONE or _is_unsaid(element.attrib):
            _drop(element)
            continue
        if element.tag == "figure":
            _tell_pictures(element)
        if element.get("class") == "kicker":
            _end_line_after(element)
        _strip(element, languages)
    etree.strip_tags(main, *_UNWRAPPED)
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


def _without_beside(markup: bytes) -> bytes:
    for opening, closing in _CUT:
        start = markup.find(opening)
        end = markup.find(closing, start)
        if 0 <= start < end:
            markup = markup[:start] + markup[end + len(closing) :]
    return markup


def _is_unsaid(attributes: Any) -> bool:
    names = attributes.get("class")
    is_named = bool(names) and not _UNSAID.isdisjoint(names.split())
    return is_named or "hidden" in attributes or attributes.get("aria-hidden") == "true"


def _tell_pictures(figure: Any) -> None:
    """Say of pictures what they show, where those read it who do not see them."""
    for picture in list(figure.iter("img")):
        alt = (picture.get("alt") or "").strip()
        if alt:
            told = etree.SubElement(figure, "p")
            told.text = f"[{alt}]"
            figure.insert(0, told)


def _end_line_after(kicker: Any) -> None:
    """Part a kicker from its headline: without its style it would be the first words of that."""
    end = etree.Element("br")
    kicker.tail, end.tail = None, (kicker.tail or "").lstrip()
    kicker.addnext(end)


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
