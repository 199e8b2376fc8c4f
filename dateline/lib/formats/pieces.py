"""What every reader of delivered formats gives: whole pieces, with what their publisher says of them."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from dateline.lib.dates import iso, parse_moment
from dateline.lib.floods import HostileMarkup
from dateline.lib.sanitise import sanitise, web_address
from dateline.lib.text import cut, one_line, paragraphs, without_controls

USABLE: Final = "usable"
WITHHELD: Final = "withheld"
CANCELED: Final = "canceled"
STATUSES: Final = frozenset({USABLE, WITHHELD, CANCELED})

LONGEST_LINE: Final = 2_000
MOST_PICTURES: Final = 50
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_TAG = re.compile(r"<[^<>]*>")


class Unreadable(ValueError):
    """What was delivered is not what it claims to be; the message says what is wrong, for the one who sent it."""


@dataclass(frozen=True, kw_only=True)
class PictureRef:
    """A picture by reference. Empty where nothing is said; `href` is absolute."""

    href: str
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A piece that came with its text. Texts that are not given are empty.

    guid: the publisher's own identifier, the same for every version. body_html: sanitised.
    url: its page on the web, where it has one. published_at, embargo_until: ISO 8601.
    status: usable, withheld or canceled. rights: terms and notices, in words. note: to the editor.
    source_name, source_url: who first published it, where that is somebody else.
    raw: its own part of what came, as text, where several pieces came at once.
    """

    guid: str
    headline: str
    body_html: str = ""
    url: str = ""
    standfirst: str = ""
    bylines: tuple[str, ...] = ()
    language: str = ""
    published_at: str = ""
    version: str = ""
    status: str = USABLE
    embargo_until: str = ""
    rights: str = ""
    note: str = ""
    source_name: str = ""
    source_url: str = ""
    pictures: tuple[PictureRef, ...] = ()
    raw: str = ""


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """What one file or message holds. passed_over: why things in it became no piece, in words.

    is_whole: False where more can be read behind what was asked for.
    """

    form: str
    pieces: list[Piece] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    is_whole: bool = True


def line(value: object) -> str:
    """Return a field that may hold markup as one line of text; empty where it is no text."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    text = str(value)
    if "<" in text:
        try:
            text = _TAG.sub(" ", sanitise(text))
        except HostileMarkup:
            return ""
    return cut(one_line(html.unescape(text)), LONGEST_LINE)


def clean(markup: str, *, base: str = "") -> str:
    """Return markup fit to be kept. Raises Unreadable where it would hang a parser."""
    try:
        return sanitise(markup, base=base or None)
    except HostileMarkup as error:
        raise Unreadable(f"Its text is built to hang a reader: {error}.") from None


def as_paragraphs(text: str) -> str:
    """Return plain text as markup, blank lines between paragraphs."""
    parts = paragraphs(without_controls(text))
    return "".join("<p>" + html.escape(part).replace("\n", "<br>") + "</p>" for part in parts)


def language(value: object) -> str:
    """Return a BCP 47 tag, empty where it is none."""
    tag = line(value).replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else ""


def moment(value: object) -> str:
    """Return a moment or day as ISO 8601, empty where none can be read."""
    text = line(value)
    try:
        return (iso(parse_moment(text)) or "") if text else ""
    except (ValueError, OverflowError):
        return ""


def address(value: object, *, base: str = "") -> str:
    """Return an absolute web address, empty where it is none."""
    text = value.strip() if isinstance(value, str) else ""
    return (web_address(text, base=base or None) or "") if text else ""


def status(value: object) -> str:
    """Return a publishing status of ours for one of IPTC's (`stat:canceled`, `cancelled`, `withheld`)."""
    word = line(value).lower().rpartition(":")[2].rpartition("/")[2]
    word = CANCELED if word in ("cancelled", "killed", "kill", "recalled") else word
    return word if word in STATUSES else USABLE


def joined(parts: Iterable[str]) -> str:
    """Return texts as one, each once, in order."""
    return " · ".join(dict.fromkeys(part for part in parts if part))


def restored(told: dict[str, Any]) -> Delivered:
    """Return what was made into JSON values by `asdict`."""
    pieces = [
        Piece(
            **{
                **piece,
                "bylines": tuple(piece["bylines"]),
                "pictures": tuple(PictureRef(**picture) for picture in piece["pictures"]),
            }
        )
        for piece in told["pieces"]
    ]
    return Delivered(**{**told, "pieces": pieces})
