"""Well-made RSS, RDF and Atom read directly, in the shape that the thorough parser gives.

Most feeds are plain, and the thorough parser takes many times as long over them. Whatever it would treat in a way
of its own is left to it: here that is Odd, and nothing is guessed.
"""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from dateline.intake.feeds_entry import PARTS, Read, add_link, language_of, no_scope, once, text_in
from dateline.intake.feeds_names import Odd, pass_over, pass_over_in_channel, plain_name
from dateline.lib.dates import parse_moment

_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_DECLARATION = re.compile(rb"""^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)""")
_ENCODINGS = frozenset(
    {"utf-8", "ascii", "koi8-r", "koi8-u"}
    | {f"iso8859-{n}" for n in (1, 2, 5, 6, 7, 8, 9, 15)}
    | {f"cp125{n}" for n in range(9)}
)
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
_C1_REFERENCE = re.compile(rb"&#(?:0*1(?:2[89]|[345]\d)|x0*[89][0-9a-f]);", re.IGNORECASE)
_C1_BYTES = bytes(range(0x80, 0xA0))
_WEB = re.compile(r"https?://[^/\s]\S*\Z")
_DATE = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:?\d\d)\Z"
    r"|(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (?:GMT|[+-]\d{4})\Z"
)
_DOUBTFUL_IN_ADDRESS = re.compile(r"&\w+;")


@dataclass
class PlainFeed:
    """A channel and its entries, under the thorough parser's names."""

    feed: Read = field(default_factory=dict)
    entries: list[Read] = field(default_factory=list)


def read_plain(content: bytes, *, url: str, charset: str | None) -> PlainFeed | None:
    """Return the feed in `content`, or None where it is not plain and the thorough parser has to read it.

    url: the feed's own address, which identifiers are relative to. charset: that of the HTTP header.
    """
    plain = _as_utf8(content, charset)
    if plain is None or _C1_REFERENCE.search(plain):
        return None
    try:
        root = etree.fromstring(plain, _parser())
        declares_later = plain.count(b"xmlns") > len(root.nsmap)
        reader = _Reader(url=url, language=language_of(root), names=None if declares_later else {})
        return _feed(root, reader)
    except (Odd, etree.XMLSyntaxError, ValueError):
        return None


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )


def _as_utf8(content: bytes, charset: str | None) -> bytes | None:
    """Return `content` in UTF-8, or None where header, declaration and bytes do not agree on an encoding."""
    declared = _DECLARATION.match(content)
    told = [charset or "", declared[1].decode("ascii") if declared else ""]
    try:
        known = {codecs.lookup(name).name for name in told if name} or {"utf-8"}
        if len(known) > 1 or not known <= _ENCODINGS:
            return None
        encoding = known.pop()
        return content if content.isascii() else _rewritten(content, encoding)
    except (LookupError, UnicodeError):
        return None


def _rewritten(content: bytes, encoding: str) -> bytes | None:
    """Control characters of the upper half are another encoding's letters: None, for a second look."""
    text = content.decode(encoding)
    if encoding == "utf-8":
        return None if _C1.search(content) else content
    if encoding.startswith("iso") and len(content.translate(None, _C1_BYTES)) < len(content):
        return None
    return text.encode()


def _feed(root: Any, reader: "_Reader") -> PlainFeed:
    if root.getroottree().docinfo.doctype:
        raise Odd
    for prefix, namespace in root.nsmap.items():
        plain_name(f"{{{namespace}}}x-x", prefix)
    _READERS.get(_name(root), _odd)(reader, root)
    found = reader.found
    if not found.entries or "link" not in found.feed:
        raise Odd
    if reader.language:
        found.feed.setdefault("language", reader.language)
    return found


@dataclass
class _Reader:
    url: str
    language: str | None
    names: dict[str, str] | None = None  # by tag; None where prefixes are declared on the way
    found: PlainFeed = field(default_factory=PlainFeed)

    def name(self, element: Any) -> str:
        if self.names is None:
            return _name(element)
        tag = element.tag
        known = self.names.get(tag)
        if known is None:
            known = self.names[tag] = _name(element)
        return known

    def rss(self, root: Any) -> None:
        channels = list(root)
        if len(channels) != 1 or _name(channels[0]) != "channel":
            raise Odd
        self.channel(channels[0])

    def rdf(self, root: Any) -> None:
        for part in root:
            name = _name(part)
            if name == "channel":
                self.channel(part)
            elif name == "item":
                self.found.entries.append(self.entry(part))
            elif name not in ("image", "textinput"):
                raise Odd

    def channel(self, channel: Any) -> None:
        feed = self.found.feed
        for part in channel:
            name = _name(part)
            if name in ("item", "entry"):
                self.found.entries.append(self.entry(part))
            elif name == "link":
                add_link(part, feed)
            elif name in ("title", "language", "dc_language", "ttl"):
                no_scope(part)
                once(feed, name.removeprefix("dc_"), text_in(part))
            else:
                pass_over_in_channel(name, parts=[_name(one) for one in part])

    def entry(self, item: Any) -> Read:
        about = item.get(_ABOUT)
        if len(item.keys()) > (about is not None):
            raise Odd
        entry: Read = {"id": about} if about else {}
        entry["title_detail"] = {"language": self.language}
        known = self.names or {}
        for part in item:
            name = known.get(part.tag) or self.name(part)
            if read := PARTS.get(name):
                read(part, entry)
            elif name in ("guid", "id"):
                self.identity(part, entry)
            else:
                pass_over(name, parts=len(part))
        return _complete(entry)

    def identity(self, part: Any, entry: Read) -> None:
        no_scope(part)
        value = text_in(part)
        is_link = not part.keys() or part.get("isPermaLink", "true") == "true"
        entry["id"] = urljoin(self.url, value) if is_link and value and self.url else value


def _odd(_reader: _Reader, _root: Any) -> None:
    raise Odd


_READERS: dict[str, Callable[[_Reader, Any], None]] = {
    "rss": _Reader.rss,
    "rdf_rdf": _Reader.rdf,
    "feed": _Reader.channel,
}


def _complete(entry: Read) -> Read:
    """Return an entry that has all it needs; one without a title or a link is worth a second look."""
    link = entry.get("link", "")
    if not entry.get("title") or not _WEB.match(link) or _DOUBTFUL_IN_ADDRESS.search(link):
        raise Odd
    if "source" in entry and "media_title" in entry:
        raise Odd
    for key in ("published", "updated", "created"):
        if (told := entry.get(key)) and not _DATE.match(told) and not parse_moment(told):
            raise Odd
    return entry


def _name(element: Any) -> str:
    return plain_name(element.tag, element.prefix)
