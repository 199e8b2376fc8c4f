"""NewsML-G2: a news item, a message of several, a package; with NITF or XHTML inside. NITF alone as well.

Source: IPTC NewsML-G2 2.x and NITF 3.6 specifications.
"""

from collections.abc import Iterator
from copy import deepcopy
from typing import Final

from lxml import etree

from dateline.lib.formats import pieces
from dateline.lib.formats.pieces import Delivered, PictureRef, Piece, Unreadable
from dateline.lib.formats.safe_xml import inner_text, local, parsed

MOST_PIECES: Final = 1_000
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_HEADINGS: Final = {"hl1": "h2", "hl2": "h2", "hedline": "h2"}
_RENAMED: Final = {
    "bq": "blockquote",
    "block": "div",
    "media": "figure",
    "media-caption": "figcaption",
    "dateline": "p",
}


class NotNewsML(Unreadable):
    """XML that is no news item, or no XML at all."""


def read(content: bytes) -> Delivered:
    """Return the pieces of a NewsML-G2 or NITF document. Raises NotNewsML."""
    try:
        root = parsed(content)
    except Unreadable as error:
        raise NotNewsML(str(error)) from None
    if local(root) == "nitf":
        return Delivered(form="NITF", pieces=[_from_nitf_alone(root)])
    return _from_g2(root)


def _from_g2(root: etree._Element) -> Delivered:
    kind = local(root)
    if kind not in ("newsitem", "newsmessage", "packageitem"):
        raise NotNewsML(
            f"It is XML with the root element «{kind[:60]}»; a newsItem or newsMessage was expected."
        )
    items = [root] if kind == "newsitem" else [e for e in root.iter() if local(e) == "newsitem"]
    if len(items) > MOST_PIECES:
        raise NotNewsML(f"It has {len(items)} pieces; {MOST_PIECES} is the most that one file may bring.")
    texts = [item for item in items if _class_of(item) in ("text", "composite", "")]
    pictures = [
        picture for item in items if _class_of(item) in ("picture", "graphic") for picture in _picture(item)
    ]
    found = [
        _piece(item, raw=_raw(item) if len(items) > 1 else "", pictures=pictures if len(texts) == 1 else [])
        for item in texts
    ]
    return Delivered(
        form="NewsML-G2", pieces=[piece for piece in found if piece], passed_over=_left(items, found)
    )


def _left(items: list[etree._Element], found: list[Piece | None]) -> list[str]:
    left = ["A news item without headline and text." for piece in found if piece is None]
    if not items:
        left.append("A package that only names its items; send them with it in one newsMessage.")
    return left


def _piece(item: etree._Element, *, raw: str, pictures: list[PictureRef]) -> Piece | None:
    guid = pieces.line(item.get("guid"))
    if not guid:
        raise NotNewsML("A news item in it has no “guid”, by which its versions could be told for one.")
    body, inner = _body(item)
    headline = _text(item, "contentmeta", "headline") or inner.headline
    if not headline and not body:
        return None
    return Piece(
        guid=guid,
        headline=headline,
        body_html=body,
        url=_page(item, guid),
        standfirst=_standfirst(item),
        bylines=tuple(_bylines(item)) or inner.bylines,
        language=_language(item) or inner.language,
        published_at=_moment(item, "contentmeta", "contentcreated")
        or _moment(item, "itemmeta", "firstcreated")
        or _moment(item, "itemmeta", "versioncreated")
        or inner.published_at,
        version=pieces.line(item.get("version")),
        status=_status(item),
        embargo_until=_moment(item, "itemmeta", "embargoed"),
        rights=_rights(item),
        note=_text(item, "itemmeta", "ednote"),
        source_name=_source(item),
        pictures=(*pictures, *inner.pictures)[: pieces.MOST_PICTURES],
        raw=raw,
    )


def _body(item: etree._Element) -> tuple[str, Piece]:
    """Return the markup of the first content with text, and what NITF says besides."""
    nothing = Piece(guid="", headline="")
    for content in _below(item, "contentset"):
        kind = (content.get("contenttype") or "").lower()
        if local(content) == "inlinexml":
            nitf = next((e for e in content.iter() if local(e) == "nitf"), None)
            if nitf is not None:
                piece = _from_nitf(nitf)
                return piece.body_html, piece
            body = next((e for e in content.iter() if local(e) == "body"), content)
            if inner_text(body).strip():
                return pieces.clean(_markup(body)), nothing
        if (
            local(content) == "inlinedata"
            and inner_text(content).strip()
            and "base64" not in (content.get("encoding") or "")
        ):
            text = inner_text(content)
            return pieces.clean(text if "html" in kind else pieces.as_paragraphs(text)), nothing
    return "", nothing


def _from_nitf_alone(root: etree._Element) -> Piece:
    piece = _from_nitf(root)
    if not piece.headline and not piece.body_html:
        raise NotNewsML("It is NITF without headline and text.")
    if not piece.guid:
        raise NotNewsML("It is NITF without a “doc-id”, by which its versions could be told for one.")
    return piece


def _from_nitf(root: etree._Element) -> Piece:
    content = _first(root, "body.content")
    head = _first(root, "body.head")
    media = list(_nitf_pictures(root))
    tags = _first(root, "doc-id")
    issued = _first(root, "date.issue")
    return Piece(
        guid=pieces.line(tags.get("id-string")) if tags is not None else "",
        headline=_text_in(head, "hl1") or _text_in(head, "hedline") or _text_in(root, "title"),
        standfirst=_text_in(head, "abstract") or _text_in(head, "hl2"),
        bylines=tuple(filter(None, [_text_in(head, "byline")])),
        body_html=pieces.clean(_markup(_renamed(content))) if content is not None else "",
        language=pieces.language(root.get(_XML_LANG)),
        published_at=pieces.moment(issued.get("norm")) if issued is not None else "",
        rights=_text_in(root, "doc.rights") or _text_in(root, "doc.copyright"),
        pictures=tuple(media[: pieces.MOST_PICTURES]),
    )


def _renamed(content: etree._Element) -> etree._Element:
    """Return the body with HTML's names; pictures go: they are named apart."""
    copy = deepcopy(content)
    for element in list(copy.iter()):
        name = local(element)
        if name == "media" and element is not copy:
            parent = element.getparent()
            if parent is not None:
                _take_out(parent, element)
        elif name:
            element.tag = _HEADINGS.get(name) or _RENAMED.get(name) or name
    return copy


def _take_out(parent: etree._Element, element: etree._Element) -> None:
    tail, before = element.tail or "", element.getprevious()
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    parent.remove(element)


def _nitf_pictures(root: etree._Element) -> Iterator[PictureRef]:
    for media in (e for e in root.iter() if local(e) == "media"):
        reference = _first(media, "media-reference")
        href = pieces.address(reference.get("source")) if reference is not None else ""
        if href and (media.get("media-type") or "image").lower() in ("image", "picture", "photo"):
            yield PictureRef(
                href=href,
                alt=pieces.line(reference.get("alternate-text")) if reference is not None else "",
                caption=_text_in(media, "media-caption"),
                credit=_text_in(media, "media-producer"),
            )


def _markup(element: etree._Element) -> str:
    """Return what is inside an element as HTML, whatever its namespaces."""
    copy = deepcopy(element)
    copy.tail = None
    for one in copy.iter():
        if isinstance(one.tag, str):
            one.tag = one.tag.rpartition("}")[2].replace(":", "-")
    copy.tag = "div"
    return str(etree.tostring(copy, encoding="unicode", method="html"))


def _picture(item: etree._Element) -> Iterator[PictureRef]:
    forms = [
        c for c in _below(item, "contentset") if local(c) == "remotecontent" and pieces.address(c.get("href"))
    ]
    forms.sort(key=lambda form: _number(form.get("width")), reverse=True)
    if forms:
        yield PictureRef(
            href=pieces.address(forms[0].get("href")),
            caption=_standfirst(item) or _text(item, "contentmeta", "headline"),
            credit=_text(item, "contentmeta", "creditline") or next(_bylines(item), "") or _rights(item),
        )


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0  # noqa: PLR2004


def _class_of(item: etree._Element) -> str:
    found = _child(item, "itemmeta", "itemclass")
    return (found.get("qcode") or "").lower().rpartition(":")[2] if found is not None else ""


def _status(item: etree._Element) -> str:
    found = _child(item, "itemmeta", "pubstatus")
    return pieces.status((found.get("qcode") or found.get("uri")) if found is not None else "")


def _rights(item: etree._Element) -> str:
    parts = _below(item, "rightsinfo")
    order = {name: place for place, name in enumerate(("usageterms", "copyrightnotice", "copyrightholder"))}
    told = sorted((e for e in parts if local(e) in order), key=lambda e: order[local(e)])
    return pieces.joined(pieces.line(inner_text(e)) or pieces.line(e.get("literal")) for e in told)


def _standfirst(item: etree._Element) -> str:
    told = [e for e in _below(item, "contentmeta") if local(e) == "description"]
    named = [e for e in told if "summary" in (e.get("role") or "") or "abstract" in (e.get("role") or "")]
    return next((text for text in (pieces.line(inner_text(e)) for e in (*named, *told)) if text), "")


def _bylines(item: etree._Element) -> Iterator[str]:
    meta = _below(item, "contentmeta")
    by = [pieces.line(inner_text(e)) for e in meta if local(e) == "by"]
    names = [_text_in(e, "name") or pieces.line(e.get("literal")) for e in meta if local(e) == "creator"]
    yield from filter(None, [one for one in by if one] or names)


def _language(item: etree._Element) -> str:
    told = [e.get("tag") for e in _below(item, "contentmeta") if local(e) == "language"]
    return next((tag for tag in map(pieces.language, [*told, item.get(_XML_LANG)]) if tag), "")


def _source(item: etree._Element) -> str:
    meta = [e for e in _below(item, "contentmeta") if local(e) == "infosource"]
    return next(filter(None, (_text_in(e, "name") or pieces.line(e.get("literal")) for e in meta)), "")


def _page(item: etree._Element, guid: str) -> str:
    links = [
        e.get("href")
        for e in _below(item, "itemmeta")
        if local(e) == "link" and "html" in (e.get("contenttype") or "")
    ]
    return next((url for url in map(pieces.address, [*links, guid]) if url), "")


def _moment(item: etree._Element, part: str, name: str) -> str:
    return pieces.moment(inner_text(_child(item, part, name)))


def _text(item: etree._Element, part: str, name: str) -> str:
    return pieces.line(inner_text(_child(item, part, name)))


def _child(item: etree._Element, part: str, name: str) -> etree._Element | None:
    return next((e for e in _below(item, part) if local(e) == name), None)


def _below(item: etree._Element, part: str) -> list[etree._Element]:
    return [child for one in item if local(one) == part for child in one]


def _first(root: etree._Element, name: str) -> etree._Element | None:
    return next((e for e in root.iter() if local(e) == name), None)


def _text_in(root: etree._Element | None, name: str) -> str:
    return pieces.line(inner_text(_first(root, name))) if root is not None else ""


def _raw(item: etree._Element) -> str:
    copy = deepcopy(item)
    copy.tail = None
    return str(etree.tostring(copy, encoding="unicode"))
