"""ninjs, the press's JSON: versions 1.x (with Superdesk's dialect), 2.x and 3.

Source: IPTC ninjs 1.4, 2.1 and 3.1 schemas; Superdesk's ninjs formatter.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from dateline.lib.formats import pieces
from dateline.lib.formats.pieces import Delivered, PictureRef, Piece, Unreadable

MOST_PIECES: Final = 1_000
_BODIES: Final = ("bodyhtml", "bodyxhtml", "body")
_STANDFIRSTS: Final = ("descriptiontext", "abstract", "standfirst", "descriptionhtml")
_ORIGINALS: Final = frozenset({"translationof", "reprintof"})
_MARKUP = re.compile(r"<[a-zA-Z/!]")

Told = dict[str, Any]


class NotNinjs(Unreadable):
    """JSON that is no piece of news, or no JSON at all."""


def read(content: bytes) -> Delivered:
    """Return the pieces of a ninjs document: one piece, a list of them, or `{"items": [...]}`.

    Raises NotNinjs.
    """
    items = _items(_parsed(content))
    found = [_piece(_folded(item), raw=_raw(item, of=len(items))) for item in items[:MOST_PIECES]]
    passed_over = ["A picture or another medium without text." for piece in found if piece is None]
    if len(items) > MOST_PIECES:
        raise NotNinjs(f"It has {len(items)} pieces; {MOST_PIECES} is the most that one file may bring.")
    return Delivered(form="ninjs", pieces=[piece for piece in found if piece], passed_over=passed_over)


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=lambda _name: None)
    except UnicodeDecodeError:
        raise NotNinjs("It is not written in UTF-8, which JSON must be.") from None
    except RecursionError:
        raise NotNinjs("It is nested deeper than any piece of news.") from None
    except ValueError as error:
        raise NotNinjs(f"It is no sound JSON: {error}.") from None


def _items(told: Any) -> list[Told]:
    if isinstance(told, dict) and isinstance(told.get("items"), list):
        told = told["items"]
    items = told if isinstance(told, list) else [told]
    if not items or not all(isinstance(item, dict) for item in items):
        raise NotNinjs(
            "It is JSON, but no ninjs: a piece is an object with “uri” and “headline” or “headlines”."
        )
    return items


def _raw(item: Told, *, of: int) -> str:
    return json.dumps(item, indent=1, sort_keys=True) if of > 1 else ""


def _folded(told: Told) -> Told:
    """Return the fields by names without case and underscores: versions differ in nothing else there."""
    return {str(name).lower().replace("_", ""): value for name, value in told.items()}


def _piece(told: Told, *, raw: str) -> Piece | None:
    guid = pieces.line(told.get("guid")) or pieces.line(told.get("uri")) or pieces.line(told.get("id"))
    headline = _headline(told)
    if not guid:
        raise NotNinjs("A piece in it has no “uri”, by which its versions could be told for one.")
    body = _body(told, base=pieces.address(told.get("uri")))
    if pieces.line(told.get("type")) not in ("", "text", "composite") or not (headline or body):
        return None
    source_name, source_url = _source(told)
    return Piece(
        guid=guid,
        headline=headline,
        body_html=body,
        url=_page(told),
        standfirst=_role(told.get("descriptions"), "standfirst", "summary") or _first(told, _STANDFIRSTS),
        bylines=_bylines(told),
        language=pieces.language(told.get("language")),
        published_at=_published(told),
        version=pieces.line(told.get("version")),
        status=pieces.status(told.get("pubstatus")),
        embargo_until=pieces.moment(told.get("embargoeduntil") or told.get("embargoed")),
        rights=_rights(told),
        note=pieces.line(told.get("ednote")),
        source_name=source_name,
        source_url=source_url,
        pictures=tuple(_pictures(told)),
        raw=raw,
    )


def _headline(told: Told) -> str:
    named = _role(told.get("headlines"), "main", "headline")
    return named or _first(told, ("headline", "title", "name"))


def _body(told: Told, *, base: str) -> str:
    for one in _objects(told.get("bodies")):
        kind, value = pieces.line(one.get("contenttype")), one.get("value")
        if isinstance(value, str) and value.strip():
            return _as_markup(value, is_plain=kind == "text/plain", base=base)
    for name in _BODIES:
        value = told.get(name)
        if isinstance(value, str) and value.strip():
            return _as_markup(value, is_plain=False, base=base)
    text = told.get("bodytext")
    return _as_markup(text, is_plain=True, base=base) if isinstance(text, str) else ""


def _as_markup(value: str, *, is_plain: bool, base: str) -> str:
    is_plain = is_plain or not _MARKUP.search(value)
    return pieces.clean(pieces.as_paragraphs(value) if is_plain else value, base=base)


def _page(told: Told) -> str:
    """Return the address of its page: an identifier that is an address of the web is believed to be one."""
    named = [told.get("url"), told.get("link"), told.get("uri")]
    return next((url for url in map(pieces.address, named) if url), "")


def _published(told: Told) -> str:
    names = ("firstpublished", "firstcreated", "versioncreated", "contentcreated")
    return next((found for found in (pieces.moment(told.get(name)) for name in names) if found), "")


def _bylines(told: Told) -> tuple[str, ...]:
    by = pieces.line(told.get("byline")) or pieces.line(told.get("by"))
    if by:
        return (by,)
    people = _objects(told.get("authors")) or _objects(told.get("people"))
    writers = [
        one
        for one in people
        if pieces.line(one.get("role") or one.get("rel")).lower() in ("", "author", "writer")
    ]
    return tuple(filter(None, (pieces.line(one.get("name")) for one in writers)))


def _rights(told: Told) -> str:
    info = _folded(told["rightsinfo"]) if isinstance(told.get("rightsinfo"), dict) else {}
    return pieces.joined(
        pieces.line(value)
        for value in (
            told.get("usageterms"),
            info.get("usageterms"),
            told.get("copyrightnotice"),
            told.get("copyrightholder"),
            info.get("linkedrights"),
            told.get("license"),
        )
    )


def _source(told: Told) -> tuple[str, str]:
    """Return name and address of whoever first published it, where the document says that somebody else did."""
    for one in _associated(told):
        if pieces.line(one.get("rel")).lower() in _ORIGINALS:
            return pieces.line(one.get("name")), pieces.address(one.get("uri"))
    for one in _objects(told.get("infosources")):
        if "original" in pieces.line(one.get("role")).lower():
            return pieces.line(one.get("name")), pieces.address(one.get("uri"))
    return pieces.line(told.get("source")), ""


def _pictures(told: Told) -> Iterator[PictureRef]:
    for one in _associated(told)[: pieces.MOST_PICTURES]:
        if pieces.line(one.get("type")) not in ("picture", "graphic", "image"):
            continue
        href = _rendition(one)
        if href:
            yield PictureRef(
                href=href,
                alt=pieces.line(one.get("alttext")) or _role(one.get("descriptions"), "alttext"),
                caption=_role(one.get("descriptions"), "caption", "description")
                or _first(one, ("descriptiontext", "description", "caption", "bodytext")),
                credit=_first(one, ("creditline", "byline", "by", "copyrightholder", "copyrightnotice")),
            )


def _associated(told: Told) -> list[Told]:
    """Return what belongs to it: an object of named ones in version 1, a list since version 2."""
    value = told.get("associations")
    if isinstance(value, dict):
        return [_folded(one) for one in value.values() if isinstance(one, dict)]
    return _objects(value)


def _rendition(picture: Told) -> str:
    """Return the address of the largest form of a picture."""
    value = picture.get("renditions")
    forms = (
        [_folded(f) for f in value.values() if isinstance(f, dict)]
        if isinstance(value, dict)
        else _objects(value)
    )
    forms.sort(key=lambda form: _size(form.get("width")), reverse=True)
    hrefs = (pieces.address(form.get("href")) for form in forms)
    return next(filter(None, hrefs), "") or pieces.address(picture.get("href"))


def _size(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) and abs(value) < 1e9 else 0.0  # noqa: PLR2004


def _objects(value: object) -> list[Told]:
    return [_folded(one) for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _role(value: object, *roles: str) -> str:
    """Return the text of the first of these roles, else of the first that has none."""
    told = [
        (pieces.line(one.get("role")).lower().rpartition(":")[2], one.get("value")) for one in _objects(value)
    ]
    for role in (*roles, ""):
        found = next((pieces.line(text) for name, text in told if name == role), "")
        if found:
            return found
    return pieces.line(told[0][1]) if told and "main" in roles else ""


def _first(told: Told, names: Iterable[str]) -> str:
    return next((found for found in (pieces.line(told.get(name)) for name in names) if found), "")
