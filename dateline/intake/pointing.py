"""A page from outside, made fit to be pointed at: inert, without a single request, each element with its mark.

The page is rebuilt from what the one sanitiser lets through. Pictures become words, forms and scripts go, links lead
nowhere but back to the desk, with the mark of what they stand on; so that pointing works without script as well.
"""

import re
from collections.abc import Mapping
from copy import deepcopy
from html import escape
from typing import Final, TypeAlias
from urllib.parse import urlencode

import nh3
from lxml import etree
from lxml.html import HtmlElement

from dateline.intake.pointing_page import HEADINGS, Pointed, mark_of
from dateline.lib.sanitise import BLOCKS, INLINE
from dateline.lib.text import cut, names, one_line, without_controls

_GONE: Final = names(
    "script style link meta base head title template noscript noembed noframes iframe frame frameset object embed "
    "applet svg math canvas audio video source track select option optgroup datalist textarea input param area map "
    "xmp plaintext dialog"
)
_AS_DIV: Final = names("html body form fieldset center dir menu search hgroup picture")
_AS_SPAN: Final = names("button label font nobr tt big strike legend output picture")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_KEPT: Final = names("colspan rowspan lang dir")
_MARKED: Final = {"data-mark", "data-role", "data-picture", "lang", "dir"}
_LEAVES: Final = names("p h1 h2 h3 h4 h5 h6 li blockquote figcaption dt dd td pre time address")
State: TypeAlias = Mapping[str, str | list[str]]
MANY: Final = names("leave_out")  # roles that several elements may have
_ALONE: Final = names("span div a strong b em i small cite")
POLICY: Final = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
    "sandbox allow-same-origin allow-top-navigation-by-user-activation"
)


def pointable(
    page: Pointed, *, roles: Mapping[str, str], state: State, role: str, numbered: bool = False
) -> str:
    """Return the page's body as clean markup in which every element has its mark.

    roles: what elements are already, by their mark (`title`, `body` …), to be outlined. state, role: the query that
    links back carry: what was pointed at so far, and as what the next one counts. numbered: every block, not only
    every link, leads back.
    """
    places = {element: place for place, element in enumerate(page.elements)}
    tree = deepcopy(page.sheet.tree)
    copies = [element for element in tree.iter() if isinstance(element.tag, str)]
    marks = {copy: mark_of(places[own]) for copy, own in zip(copies, page.elements, strict=True)}
    for element in copies:
        _make_inert(element, marks[element], roles)
    for element in copies:
        if numbered and is_leaf(element):
            element.insert(0, _number(marks[element], state, role, element))
        elif element.tag == "a" and not numbered:
            element.set("href", _back(marks[element], state, role))
    return _clean(tree)


def is_leaf(element: HtmlElement) -> bool:
    """Is it a block to be chosen by itself: a paragraph, a heading, or words that stand alone?"""
    if not (element.text_content() or "").strip():
        return False
    if element.tag in _LEAVES:
        return True
    parent = element.getparent()
    is_inside = parent is not None and (parent.tag in _LEAVES or bool((parent.text or "").strip()))
    return len(element) == 0 and not is_inside and element.tag in _ALONE


def document(body: str, *, language: str, direction: str, stylesheet: str, title: str) -> str:
    """Return a whole page around what `pointable` gave. stylesheet: the address of ours."""
    tag = language if re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", language) else "und"
    way = direction if direction in ("ltr", "rtl") else "auto"
    return (
        f'<!doctype html><html lang="{tag}" dir="{way}"><head><meta charset="utf-8">'
        f'<title>{escape(cut(one_line(title), 200))}</title><meta name="viewport" content="width=device-width">'
        f'<link rel="stylesheet" href="{escape(stylesheet)}"></head><body class="pointed">{body}</body></html>'
    )


def _make_inert(element: HtmlElement, mark: str, roles: Mapping[str, str]) -> None:
    tag = str(element.tag).lower()
    if tag in _GONE or element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
        if element.getparent() is not None:
            element.drop_tree()
        return
    alt = element.get("alt") or ""
    kept = {name: value for name, value in element.attrib.items() if name in _KEPT}
    element.attrib.clear()
    for name, value in kept.items():
        element.set(str(name), str(value))
    element.set("data-mark", mark)
    if mark in roles:
        element.set("data-role", roles[mark])
    if tag == "img":
        element.set("data-picture", "")
        element.text = one_line(alt)
    element.tag = _shown_as(tag, element)


def _shown_as(tag: str, element: HtmlElement) -> str:
    if tag == "img":
        return "span"
    if tag in _AS_DIV:
        return "div"
    if tag in BLOCKS or (tag in INLINE and tag not in _AS_SPAN):
        return tag
    return "div" if any(child.tag in BLOCKS for child in element) else "span"


def _number(mark: str, state: State, role: str, element: HtmlElement) -> HtmlElement:
    """Return the small link that leads to choosing a block, put before its words."""
    link: HtmlElement = etree.Element("a")
    link.set("href", _back(mark, state, role))
    link.text = "¶" if element.tag not in HEADINGS else "#"
    link.tail, element.text = element.text, None
    return link


def _back(mark: str, state: State, role: str) -> str:
    return "../?" + urlencode(pointed_at(mark, state, role), doseq=True)


def pointed_at(mark: str, state: State, role: str) -> dict[str, str | list[str]]:
    """Return the state after somebody pointed at `mark`. What is left out is several; a second time takes it back."""
    known = str(state.get(role, "")).split() if role in MANY else []
    marks = [one for one in known if one != mark] if mark in known else [*known, mark]
    return {**{name: told for name, told in state.items() if name != role}, role: " ".join(marks)}


def _clean(tree: HtmlElement) -> str:
    markup = etree.tostring(tree, encoding="unicode", method="html", with_tail=False)
    clean: str = nh3.clean(
        without_controls(markup),
        tags=set(BLOCKS | INLINE),
        attributes={"*": _MARKED, "a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}},
        attribute_filter=_own_only,
        set_tag_attribute_values={"a": {"target": "_parent"}},
        link_rel=None,
    )
    return clean


def _own_only(element: str, attribute: str, value: str) -> str | None:
    """Let nothing through but what we wrote: the page's own attributes are gone already."""
    if element == "a" and attribute == "href":
        return value if value.startswith("../?") else None
    if attribute == "data-mark":
        return value if re.fullmatch(r"m[0-9a-z]{1,6}", value) else None
    if attribute in ("lang", "dir", "colspan", "rowspan", "data-role"):
        return value if re.fullmatch(r"[A-Za-z0-9-]{1,35}", value) else None
    return value if attribute in ("data-picture", "target") else None
