"""What each element of a plain feed's entry adds to it; PARTS has a reader for each name."""

import html.entities
import re
from collections.abc import Callable
from typing import Any

from dateline.intake.feeds_names import Odd, plain_name

Read = dict[str, Any]

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SCOPES = frozenset({"{http://www.w3.org/XML/1998/namespace}base", "base", "lang", _LANG})
_TEXT_TYPES = frozenset({"", "text", "plain", "html", "text/plain", "text/html"})
_HTML_TYPES = frozenset({"html", "text/html", "xhtml", "application/xhtml+xml"})
_TAG = re.compile(r"</?(?:b|i|em|strong|sup|sub)>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|(\w+));", re.IGNORECASE)


def text_in(element: Any) -> str:
    """Return an element's text. Raises Odd where it has elements in it."""
    if len(element):
        raise Odd
    return (element.text or "").strip()


def no_scope(element: Any) -> None:
    """Raise Odd where an element has a language or a base of its own."""
    keys = element.keys()
    if keys and _SCOPES.intersection(keys):
        raise Odd


def language_of(root: Any) -> str | None:
    """Return the language of a feed's root. Raises Odd where it has a base, or says its language otherwise."""
    if (_SCOPES - {_LANG}).intersection(root.keys()):
        raise Odd
    return root.get(_LANG) or None


def once(read: Read, key: str, value: str) -> None:
    """Set a key that may be there only once."""
    if key in read:
        raise Odd
    read[key] = value


def add_link(part: Any, read: Read) -> None:
    """A link: by its text as in RSS, or by its attributes as in Atom."""
    keys = part.keys()
    if not keys:
        address = text_in(part)
        read["link"] = address
        read.setdefault("links", []).append({"rel": "alternate", "href": address})
        return
    no_scope(part)
    href = part.get("href")
    if not href or len(part) or "url" in keys or "uri" in keys:
        raise Odd
    rel = part.get("rel", "alternate").lower()
    kind = "text/html" if rel != "self" else "application/atom+xml"
    if rel == "alternate" and part.get("type", kind).lower() in _HTML_TYPES:
        read["link"] = href
    links = {"rel": rel, "href": href, "type": part.get("type", kind).lower()}
    read.setdefault("enclosures" if rel == "enclosure" else "links", []).append(links)


def _title(part: Any, entry: Read) -> None:
    kind = _text_type(part)
    value = text_in(part)
    if ("&" in value or "<" in value) and _is_doubtful(value, kind):
        raise Odd
    once(entry, "title", value)


def _is_doubtful(value: str, kind: str) -> bool:
    """True where tags or ampersands could be read in two ways."""
    if "<" in _TAG.sub("", value):
        return True
    known = sum(not name or name in html.entities.entitydefs for name in _ENTITY.findall(value))
    return value.count("&") > known and ("html" in kind or "<" in value or ";" in value)


def _text_type(part: Any) -> str:
    """Return the declared type of a text. Raises Odd where it is no text."""
    if not part.keys():
        return ""
    no_scope(part)
    kind: str = part.get("type", "").lower()
    if kind not in _TEXT_TYPES or part.get("mode") or part.get("src"):
        raise Odd
    return kind


def _summary(part: Any, entry: Read) -> None:
    """A second summary before any content is the content: so the thorough parser has it."""
    if "summary" in entry and "content" not in entry:
        _content(part, entry)
        return
    _text_type(part)
    entry["summary"] = text_in(part)


def _content(part: Any, entry: Read) -> None:
    _text_type(part)
    value = text_in(part)
    entry.setdefault("content", []).append({"value": value})
    entry.setdefault("summary", value)


def _author(part: Any, entry: Read) -> None:
    no_scope(part)
    if not len(part):
        _written_author(part, entry)
        return
    person = {plain_name(one.tag, one.prefix): text_in(one) for one in part}
    name, email = person.get("name", ""), person.get("email", "")
    if not person.keys() <= {"name", "email", "uri", "url"} or not name or len(person) < len(part):
        raise Odd
    if "authors" in entry and (email or "@" in entry["author"]):
        raise Odd
    entry.setdefault("authors", []).append({"name": name})
    entry["author"] = f"{name} ({email})" if email else name


def _written_author(part: Any, entry: Read) -> None:
    value = text_in(part)
    if "@" in entry.get("author", "") and "@" not in value:
        raise Odd
    if "@" not in value and (value[:1] == "(" or value[-1:] == ")" or "<>" in value or "()" in value):
        raise Odd
    entry.setdefault("authors", []).append({"name": value} if value else {})
    entry["author"] = value


def _date(key: str) -> Callable[[Any, Read], None]:
    def read(part: Any, entry: Read) -> None:
        entry[key] = text_in(part)

    return read


def _enclosure(part: Any, entry: Read) -> None:
    entry.setdefault("enclosures", []).append({**part.attrib, "href": part.get("url") or part.get("href")})


def _media(part: Any, entry: Read) -> None:
    entry.setdefault("media_content", []).append(dict(part.attrib))
    _media_group(part, entry)


def _media_group(part: Any, entry: Read) -> None:
    """A description deeper than the entry's own gives way to it, which takes care: that is Odd."""
    for one in part:
        name = plain_name(one.tag, one.prefix)
        if name in ("media_content", "media_thumbnail", "media_title"):
            PARTS[name](one, entry)
        elif not name.startswith("media_") or name == "media_description" or len(one):
            raise Odd


def _thumbnail(part: Any, entry: Read) -> None:
    entry.setdefault("media_thumbnail", []).append({"url": part.get("url") or text_in(part)})


def _picture(part: Any, entry: Read) -> None:
    if href := part.get("href") or part.get("url"):
        entry["image"] = {"href": href}


def _mark(key: str) -> Callable[[Any, Read], None]:
    def read(part: Any, entry: Read) -> None:
        entry[key] = text_in(part)

    return read


PARTS: dict[str, Callable[[Any, Read], None]] = {
    "title": _title,
    "link": add_link,
    **dict.fromkeys(
        ("description", "summary", "dc_description", "itunes_summary", "media_description"), _summary
    ),
    **dict.fromkeys(("content", "content_encoded"), _content),
    **dict.fromkeys(("author", "dc_creator", "dc_author", "itunes_author", "managingeditor"), _author),
    **dict.fromkeys(("pubdate", "published", "issued", "dcterms_issued"), _date("published")),
    **dict.fromkeys(
        ("updated", "modified", "lastbuilddate", "dc_date", "dcterms_modified"), _date("updated")
    ),
    **dict.fromkeys(("created", "dcterms_created"), _date("created")),
    "enclosure": _enclosure,
    "media_content": _media,
    "media_group": _media_group,
    "media_thumbnail": _thumbnail,
    "media_title": _mark("media_title"),
    "itunes_image": _picture,
    "source": _mark("source"),
}
