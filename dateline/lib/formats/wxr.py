"""WXR, WordPress's export: posts and pages, read item by item however large the file is.

Source: WordPress, wp-admin/includes/export.php, WXR 1.0 to 1.2.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any, Final

from lxml import etree

from dateline.lib.formats import pieces
from dateline.lib.formats.pieces import Delivered, PictureRef, Piece, Unreadable
from dateline.lib.formats.safe_xml import LOOKED_AT, OPTIONS, inner_text, local, refuse_entities

MOST_AUTHORS: Final = 10_000
MOST_ATTACHMENTS: Final = 200_000
_TAKEN_TYPES: Final = frozenset({"post", "page"})
_SHOWN: Final = frozenset({"publish", "future"})
_CAPTION = re.compile(r"\[caption[^\]]*\](.*?)\[/caption\]", re.DOTALL)
_EMBED = re.compile(r"\[embed[^\]]*\]\s*(https?://[^\s\[<\"]+)\s*\[/embed\]")
_SHORTCODE = re.compile(r"\[/?[a-z][a-z0-9_-]{1,40}(?:\s[^\[\]]*)?/?\]")
_PICTURE_IN_CAPTION = re.compile(r"(<a\b[^>]*>\s*<img\b[^>]*>\s*</a>|<img\b[^>]*>)(.*)", re.DOTALL)
_HAS_BLOCKS = re.compile(r"<(?:p|div|ul|ol|table|blockquote|figure|h[1-6])\b", re.IGNORECASE)
_BLANK = re.compile(r"\n\s*\n")


class NotWXR(Unreadable):
    """XML that is no export of WordPress, or no XML at all."""


@dataclass
class Site:
    """What the pieces of an export share."""

    home: str = ""
    language: str = ""
    authors: dict[str, str] = field(default_factory=dict)
    attachments: dict[str, PictureRef] = field(default_factory=dict)


def read(source: IO[bytes], *, start: int = 0, count: int = 500, site: Site | None = None) -> Delivered:
    """Return `count` items of an export, from the item `start` on; pieces are the published posts and pages.

    site: what `site_of` said of the same export before. Raises NotWXR.
    """
    site = site or site_of(source)
    found, passed_over, number = list[Piece](), list[str](), 0
    for item in _items(source):
        if start <= number < start + count:
            piece, reason = _piece(item, site)
            found += [piece] if piece else []
            passed_over += [reason] if reason else []
        number += 1
        if number > start + count:
            break
    return Delivered(form="WXR", pieces=found, passed_over=passed_over, is_whole=number <= start + count)


def site_of(source: IO[bytes]) -> Site:
    """Return what stands anywhere in an export: authors by their login, pictures by their number. Raises NotWXR."""
    site = Site()
    is_wxr = False
    for element in _elements(source):
        name = local(element)
        if name == "wxr_version":
            is_wxr = True
        elif name == "author" and _child(element, "author_login") and len(site.authors) < MOST_AUTHORS:
            site.authors[_child(element, "author_login")] = _child(element, "author_display_name")
        elif name == "item":
            _note_attachment(element, site)
        elif name in ("base_blog_url", "link") and not site.home and _is_of_channel(element):
            site.home = pieces.address(inner_text(element))
        elif name == "language" and not site.language:
            site.language = pieces.language(inner_text(element))
    if not is_wxr:
        raise NotWXR("It is no export of WordPress: it has no “wp:wxr_version”.")
    return site


def _is_of_channel(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and local(parent) == "channel"


def _note_attachment(item: etree._Element, site: Site) -> None:
    href = pieces.address(_child(item, "attachment_url"))
    if href and len(site.attachments) < MOST_ATTACHMENTS:
        site.attachments[_child(item, "post_id")] = PictureRef(
            href=href,
            alt=pieces.line(_meta(item, "_wp_attachment_image_alt")),
            caption=pieces.line(_excerpt(item)),
            credit=pieces.line(_meta(item, "_media_credit") or _meta(item, "media_credit")),
        )


def _items(source: IO[bytes]) -> Iterator[etree._Element]:
    return (element for element in _elements(source) if local(element) == "item")


def _elements(source: IO[bytes]) -> Iterator[etree._Element]:
    """Yield each finished child of the channel, and forget it afterwards: memory does not grow with the file."""
    source.seek(0)
    try:
        refuse_entities(source.read(LOOKED_AT))
        source.seek(0)
        options: Any = {**OPTIONS, "remove_comments": True, "remove_pis": True}
        for _event, element in etree.iterparse(source, events=("end",), **options):
            if _is_of_channel(element):
                yield element
                _forget(element)
    except Unreadable as error:
        raise NotWXR(str(error)) from None
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise NotWXR(f"It is no sound XML: {error}.") from None


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _piece(item: etree._Element, site: Site) -> tuple[Piece | None, str]:
    """Return the piece, or why it is none; neither for what is no text at all."""
    kind, state = _child(item, "post_type"), _child(item, "status")
    headline = pieces.line(_child(item, "title"))
    if kind not in _TAKEN_TYPES:
        return None, ""
    if state not in _SHOWN or _child(item, "post_password"):
        return None, f"“{headline}” is not public ({state or 'no status'})."
    body = _body(item, base=site.home)
    if not headline and not body:
        return None, "A post without headline and text."
    published = _published(item)
    lead = site.attachments.get(_meta(item, "_thumbnail_id"))
    return (
        Piece(
            guid=_child(item, "guid")
            or pieces.address(_child(item, "link"))
            or f"post {_child(item, 'post_id')}",
            headline=headline,
            body_html=body,
            url=pieces.address(_child(item, "link")),
            standfirst=pieces.line(_excerpt(item)),
            bylines=tuple(filter(None, [_author(item, site)])),
            language=_polylang(item) or site.language,
            published_at=published,
            embargo_until=published if state == "future" else "",
            source_name=pieces.line(_meta(item, "source_title") or _meta(item, "dt_original_site_name")),
            source_url=pieces.address(_meta(item, "dt_original_post_url") or _meta(item, "item_link")),
            pictures=(lead,) if lead else (),
            raw=_raw(item),
        ),
        "",
    )


def _author(item: etree._Element, site: Site) -> str:
    login = _child(item, "creator")
    return pieces.line(site.authors.get(login) or login)


def _published(item: etree._Element) -> str:
    told = _child(item, "post_date_gmt")
    if told and not told.startswith("0000"):
        return pieces.moment(told.replace(" ", "T") + "Z")
    return pieces.moment(_child(item, "pubdate"))


def _polylang(item: etree._Element) -> str:
    """Return the language that the plug-in Polylang keeps as a category of its own kind."""
    tags = (e.get("nicename") for e in item if local(e) == "category" and e.get("domain") == "language")
    return next(filter(None, map(pieces.language, tags)), "")


def _body(item: etree._Element, *, base: str) -> str:
    text = next((inner_text(e) for e in item if local(e) == "encoded" and "content" in _space(e)), "")
    return pieces.clean(_paragraphed(_without_shortcodes(text)), base=base)


def _excerpt(item: etree._Element) -> str:
    return next((inner_text(e) for e in item if local(e) == "encoded" and "excerpt" in _space(e)), "")


def _space(element: etree._Element) -> str:
    return str(element.tag).partition("}")[0]


def _without_shortcodes(text: str) -> str:
    """Keep what short codes hold: a picture with its caption, the address of an embedded page."""
    text = _CAPTION.sub(lambda found: _figure(found[1]), text)
    text = _EMBED.sub(
        lambda found: f'<p><a href="{html.escape(found[1])}">{html.escape(found[1])}</a></p>', text
    )
    return _SHORTCODE.sub("", text)


def _figure(inside: str) -> str:
    found = _PICTURE_IN_CAPTION.match(inside.strip())
    if not found:
        return inside
    return f"\n\n<figure>{found[1]}<figcaption>{found[2].strip()}</figcaption></figure>\n\n"


def _paragraphed(text: str) -> str:
    """Make paragraphs of blank lines, as WordPress does when it shows a post."""
    parts = [part.strip() for part in _BLANK.split(text.replace("\r\n", "\n"))]
    return "\n".join(
        part if _HAS_BLOCKS.match(_without_comments(part)) else "<p>" + part.replace("\n", "<br>") + "</p>"
        for part in parts
        if _without_comments(part)
    )


def _without_comments(part: str) -> str:
    return re.sub(r"<!--.*?-->", "", part, flags=re.DOTALL).strip()


def _child(element: etree._Element, name: str) -> str:
    return next((inner_text(e).strip() for e in element if local(e) == name), "")


def _meta(item: etree._Element, key: str) -> str:
    metas = (e for e in item if local(e) == "postmeta")
    return next((_child(meta, "meta_value") for meta in metas if _child(meta, "meta_key") == key), "")


def _raw(item: etree._Element) -> str:
    return str(etree.tostring(item, encoding="unicode", with_tail=False))
