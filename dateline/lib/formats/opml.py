"""Lists of subscriptions in OPML, read as they are found in the world and written as the standard says.

No XML parser is asked: an OPML file is outlines with attributes, and one pass over its tags reads also those
that are damaged (a bare `&`, a wrong encoding, a missing end), with no entities, no depth and no child process.

Source: OPML 2.0; the names of FreshRSS's extension of it, for pages without a feed.
"""

import html.entities
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import escape

from dateline.lib.decoding import decode
from dateline.lib.formats.opml_tags import Tag, tags
from dateline.lib.text import cut, one_line, without_controls

FRESHRSS: Final = "https://freshrss.org/opml"
LONGEST_BYTES: Final = 20 * 1024 * 1024
MOST_SUBSCRIPTIONS: Final = 50_000
MOST_FOLDERS: Final = 10
LONGEST_NAME: Final = 300
LONGEST_RULE: Final = 2_000
# How another program asks is its own affair, and may hold its passwords.
_NOT_KEPT: Final = "curlopt_"

_OUTLINE, _BODY_TAGS = "outline", frozenset({"opml", "outline"})
_ENTITY: Final = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_XML_ONLY: Final = {"\t": "&#9;", "\n": "&#10;", "\r": "&#13;", '"': "&quot;"}
_FEED_TYPES: Final = frozenset({"rss", "atom", "feed", "rdf"})


class NotAnOpml(ValueError):
    """The bytes are no list in OPML; the message says what they look like and what to do."""


@dataclass(frozen=True, kw_only=True)
class Subscription:
    """One feed or page of a list.

    address: as written, without the space around it. type: as written ("rss", "HTML+XPath" …). folders: the
    names of those that it lies in, outermost first. rules: FreshRSS's attributes without their prefix.
    line: of the file, from 1; 0 in one that was made here.
    """

    address: str
    title: str = ""
    home: str = ""
    description: str = ""
    language: str = ""
    type: str = "rss"
    folders: tuple[str, ...] = ()
    rules: Mapping[str, str] = field(default_factory=dict)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Unusable:
    """An outline that is no folder and names no feed. type: as written, where it has one."""

    line: int
    title: str
    type: str = ""


@dataclass(frozen=True, kw_only=True)
class Opml:
    """A list with its subscriptions in their order, and what in it could not be used."""

    title: str = ""
    subscriptions: tuple[Subscription, ...] = ()
    unusable: tuple[Unusable, ...] = field(default=(), compare=False)


def read(content: bytes) -> Opml:
    """Return the list in `content`, whatever its encoding; duplicates stay.

    Raises NotAnOpml where it has neither `<opml>` nor an outline, is too long, or lists too much.
    """
    if len(content) > LONGEST_BYTES:
        raise NotAnOpml(
            f"The file has {len(content)} bytes; lists of up to {LONGEST_BYTES} are read. Split it."
        )
    text = decode(content)
    reading = _Reading(prefixes={"frss"})
    for tag in tags(text):
        reading.take(tag)
    if not reading.is_opml:
        raise NotAnOpml(_what_it_is(text))
    return Opml(
        title=reading.title, subscriptions=tuple(reading.subscriptions), unusable=tuple(reading.unusable)
    )


@dataclass
class _Reading:
    prefixes: set[str]
    is_opml: bool = False
    title: str = ""
    subscriptions: list[Subscription] = field(default_factory=list)
    unusable: list[Unusable] = field(default_factory=list)
    # For each outline that is open: the folders that its children lie in.
    open: list[tuple[str, ...]] = field(default_factory=list)

    def take(self, tag: Tag) -> None:
        name = tag.name.rpartition(":")[2].lower()
        if name == "title" and not tag.is_end and not self.open:
            self.title = self.title or _name(_unescaped(tag.text_after))
        if name not in _BODY_TAGS:
            return
        self.is_opml = True
        if name != _OUTLINE:
            self._learn_prefixes(tag.attributes)
        elif tag.is_end:
            del self.open[-1:]
        else:
            self._outline(tag)

    def _outline(self, tag: Tag) -> None:
        self._learn_prefixes(tag.attributes)
        told = {name.lower(): _unescaped(value) for name, value in tag.attributes.items()}
        inside = self.open[-1] if self.open else ()
        title = _name(told.get("title", "")) or _name(told.get("text", ""))
        address = _address(told)
        folders = inside
        if address:
            self._subscribe(told, address=address, title=title, folders=inside, tag=tag)
        elif tag.is_empty:
            self.unusable.append(Unusable(tag.line, title, one_line(told.get("type", ""))))
        elif title:
            folders = (*inside, title)[:MOST_FOLDERS]
        if not tag.is_empty:
            self.open.append(folders)

    def _subscribe(
        self, told: Mapping[str, str], *, address: str, title: str, folders: tuple[str, ...], tag: Tag
    ) -> None:
        if len(self.subscriptions) == MOST_SUBSCRIPTIONS:
            raise NotAnOpml(f"The list has more than {MOST_SUBSCRIPTIONS} feeds. Split it.")
        self.subscriptions.append(
            Subscription(
                address=address,
                title=title,
                home=one_line(told.get("htmlurl", "")),
                description=_name(told.get("description", "")),
                language=one_line(told.get("language", ""))[:20],
                type=one_line(told.get("type", ""))[:60] or "rss",
                folders=folders or _first_category(told.get("category", "")),
                rules=self._rules(tag.attributes),
                line=tag.line,
            )
        )

    def _learn_prefixes(self, attributes: Mapping[str, str]) -> None:
        for name, value in attributes.items():
            if name.lower().startswith("xmlns:") and value.strip().rstrip("/") == FRESHRSS:
                self.prefixes.add(name[len("xmlns:") :].lower())

    def _rules(self, attributes: Mapping[str, str]) -> dict[str, str]:
        found = {}
        for name, value in attributes.items():
            prefix, _colon, rule = name.partition(":")
            if rule and prefix.lower() in self.prefixes and not rule.lower().startswith(_NOT_KEPT):
                found[rule] = without_controls(_unescaped(value))[:LONGEST_RULE]
        return {rule: value for rule, value in found.items() if value}


def _address(told: Mapping[str, str]) -> str:
    """Return the address, also where somebody's program called it `url` or put it into `link`."""
    address = one_line(told.get("xmlurl", ""))
    if not address and told.get("type", "").strip().lower() in _FEED_TYPES:
        address = one_line(told.get("url", ""))
    return address.replace(" ", "%20")


def _first_category(text: str) -> tuple[str, ...]:
    first = text.partition(",")[0].strip()
    names = (_name(part) for part in first.strip("/").split("/")) if first else ()
    return tuple(name for name in names if name)[:MOST_FOLDERS]


def _name(text: str) -> str:
    return cut(one_line(text), LONGEST_NAME)


def _unescaped(text: str) -> str:
    """Return `text` with its entities resolved. An `&` that begins none stays: it was not escaped."""
    return _ENTITY.sub(_resolved, text) if "&" in text else text


def _resolved(found: re.Match[str]) -> str:
    name = found[1]
    if not name.startswith("#"):
        return html.entities.html5.get(name + ";", found[0])
    number = int("0" + name[1:], 0) if name[1] in "xX" else int(name[1:])
    is_letter = number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF  # noqa: PLR2004 - what Unicode has
    return chr(number) if is_letter else ""


def _what_it_is(text: str) -> str:
    start = text.lstrip("\ufeff \t\r\n")[:2000].lower()
    if not start:
        return "The file is empty."
    if "<rss" in start or "<feed" in start or "<rdf" in start:
        return "This is a feed, not a list of feeds. Add its address as an outlet."
    if "<html" in start or "<!doctype html" in start:
        return "This is a web page, not a list of feeds. Export the list as OPML from the reader that has it."
    return "There is no OPML in this file. Export the list as OPML from the reader that has it."


def write(opml: Opml) -> bytes:
    """Return the list as OPML 2.0 in UTF-8, with its folders as outlines, each once.

    What lies in no folder comes first. Characters that XML cannot hold are left out.
    """
    has_rules = any(one.rules for one in opml.subscriptions)
    space = f' xmlns:frss="{FRESHRSS}"' if has_rules else ""
    title = escape(without_controls(opml.title))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<opml version="2.0"{space}>']
    lines += ["  <head>", f"    <title>{title}</title>", "  </head>", "  <body>"]
    lines += _outlines(_sorted_in(opml.subscriptions), indent=4)
    lines += ["  </body>", "</opml>", ""]
    return "\n".join(lines).encode()


@dataclass
class _Folder:
    subscriptions: list[Subscription] = field(default_factory=list)
    folders: "dict[str, _Folder]" = field(default_factory=dict)


def _sorted_in(subscriptions: Sequence[Subscription]) -> _Folder:
    root = _Folder()
    for one in subscriptions:
        folder = root
        for name in one.folders[:MOST_FOLDERS]:
            folder = folder.folders.setdefault(name, _Folder())
        folder.subscriptions.append(one)
    return root


def _outlines(folder: _Folder, *, indent: int) -> Iterable[str]:
    space = " " * indent
    for one in folder.subscriptions:
        yield f"{space}<outline {_attributes(one)}/>"
    for name, inner in folder.folders.items():
        yield f'{space}<outline text="{_quoted(name)}">'
        yield from _outlines(inner, indent=indent + 2)
        yield f"{space}</outline>"


def _attributes(one: Subscription) -> str:
    told = {
        "type": one.type,
        "text": one.title or one.address,
        "title": one.title,
        "xmlUrl": one.address,
        "htmlUrl": one.home,
        "description": one.description,
        "language": one.language,
        **{f"frss:{name}": value for name, value in one.rules.items()},
    }
    return " ".join(f'{name}="{_quoted(value)}"' for name, value in told.items() if value)


def _quoted(text: str) -> str:
    return escape(without_controls(text), _XML_ONLY)
