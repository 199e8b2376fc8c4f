"""Newsletters as they come by mail: one letter in, its text or the pieces that it lists out.

Source: RFC 5322 and 2045 to 2047 (MIME), RFC 3676 (format=flowed), RFC 2369 and 2919 (List- headers).
"""

import email
import email.errors
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.header import decode_header
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime
from typing import Final, Literal

from dateline.lib.decoding import decode
from dateline.lib.formats import pieces
from dateline.lib.formats.letter_text import Link, links_in, tidied, unwrapped
from dateline.lib.formats.pieces import Unreadable
from dateline.lib.text import one_line, without_controls

LARGEST: Final = 10 * 1024 * 1024
MOST_PARTS: Final = 500
LONGEST_HEADER: Final = 4_000
MOST_HEADERS: Final = 500
# A letter of at least so many headlines that are links, and little text beside them, lists pieces.
FEWEST_LINKS: Final = 4
_LIST_ID = re.compile(r"<([^<>\s]{1,250})>")
_STATEFUL: Final = (
    "utf-7",
    "utf7",
    "unicode-1-1-utf-7",
    "csunicode11utf7",
    "x-unicode-2-0-utf-7",
    "hz",
    "imap4-utf-7",
)

As = Literal["piece", "links"]


class NotALetter(Unreadable):
    """Bytes that are no letter with a text."""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter as read.

    sender: the address in From, lower case; list_id: of the List-Id header. message_id: as it stands, or empty.
    body_html: sanitised, without pixels and the footer about subscriptions. links: headlines with addresses.
    letter_is: whether it is a piece itself or lists pieces; because: why we think so.
    attachments: the names of what was left out.
    """

    sender: str
    sender_name: str
    list_id: str
    message_id: str
    subject: str
    published_at: str
    language: str
    body_html: str
    links: list[dict[str, str]] = field(default_factory=list)
    letter_is: As = "piece"
    because: str = ""
    attachments: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """Who a letter is from, as far as its headers say."""

    sender: str
    sender_name: str
    list_id: str
    message_id: str
    subject: str


def envelope(content: bytes) -> Envelope:
    """Return what the headers say, of a letter or of its headers alone. Raises NotALetter."""
    return _envelope(_parsed(content))


def read(content: bytes) -> Letter:
    """Return the letter in `content`. Raises NotALetter."""
    message = _parsed(content)
    told = _envelope(message)
    if not told.sender and not told.subject:
        raise NotALetter("It is no letter: it has neither a sender nor a subject.")
    parts = list(_parts(message))
    markup, is_html = _text(parts)
    if not markup.strip():
        raise NotALetter("The letter has no text; it may be a picture or an attachment alone.")
    tidy = tidied(markup) if is_html else unwrapped(markup)
    links = links_in(tidy.body_html)
    letter_is, because = _guess(tidy.text_length, links)
    return Letter(
        sender=told.sender,
        sender_name=told.sender_name,
        list_id=told.list_id,
        message_id=told.message_id,
        subject=told.subject,
        published_at=_date(message),
        language=pieces.language(_header(message, "Content-Language").split(",")[0]) or tidy.language,
        body_html=tidy.body_html,
        links=[{"title": link.title, "url": link.url, "summary": link.summary} for link in links],
        letter_is=letter_is,
        because=because,
        attachments=[name for part in parts if (name := _attachment(part))],
    )


def _guess(length: int, links: list[Link]) -> tuple[As, str]:
    titles = sum(len(link.title) + len(link.summary) for link in links)
    if len(links) >= FEWEST_LINKS and (titles >= length * 0.4 or length / len(links) < 400):  # noqa: PLR2004
        return "links", f"{len(links)} headlines that lead to pages, and little text beside them"
    if len(links) >= FEWEST_LINKS:
        return "piece", f"{length} characters of running text; its {len(links)} links stand within it"
    return "piece", f"{length} characters of text and hardly a headline that leads elsewhere"


def _parsed(content: bytes) -> Message:
    if len(content) > LARGEST:
        raise NotALetter(f"It has {len(content)} bytes; {LARGEST} is the most that a letter may have.")
    head = content[: 1024 * 1024].partition(b"\r\n\r\n")[0].partition(b"\n\n")[0]
    if head.count(b"\n") > MOST_HEADERS * 4:
        raise NotALetter("It has more lines of headers than any letter.")
    if content.count(b"\n--") > MOST_PARTS * 20:
        raise NotALetter("It has more parts than any letter.")
    try:
        message = email.message_from_bytes(content, policy=compat32)
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
        email.errors.MessageError,
    ) as error:
        raise NotALetter(f"It cannot be taken apart: {type(error).__name__}.") from None
    if not message.keys():
        raise NotALetter("It is no letter: it has no headers.")
    return message


def _envelope(message: Message) -> Envelope:
    sender_name, sender = _address(_header(message, "From") or _header(message, "Sender"))
    found = _LIST_ID.search(_header(message, "List-Id"))
    return Envelope(
        sender=sender,
        sender_name=sender_name,
        list_id=found[1].lower() if found else "",
        message_id=_header(message, "Message-ID")[:500],
        subject=_header(message, "Subject"),
    )


def _address(header: str) -> tuple[str, str]:
    try:
        found = getaddresses([header[:LONGEST_HEADER]])
    except (ValueError, IndexError, TypeError):
        return "", ""
    name, address = next(((n, a) for n, a in found if "@" in a), ("", ""))
    return one_line(name), one_line(address).lower()[:254]


def _header(message: Message, name: str) -> str:
    """Return a header with its encoded words read, as one line."""
    value = message.get(name)
    if value is None:
        return ""
    raw = str(value)[:LONGEST_HEADER].encode("utf-8", "surrogateescape")
    text = decode(raw) if not raw.isascii() else raw.decode("ascii")
    return one_line(_words(text))


def _words(text: str) -> str:
    try:
        return "".join(
            part if isinstance(part, str) else _decoded(part, charset)
            for part, charset in decode_header(text)
        )
    except (ValueError, LookupError, email.errors.HeaderParseError):
        return text


def _parts(message: Message) -> Iterator[Message]:
    """Yield the leaves in order; letters within letters are attachments and are not opened."""
    waiting, seen = [message], 0
    while waiting:
        part = waiting.pop(0)
        seen += 1
        if seen > MOST_PARTS:
            raise NotALetter(f"It has more than {MOST_PARTS} parts; no letter has that many.")
        is_wrapping = part.is_multipart() and part.get_content_maintype() == "multipart"
        payload = part.get_payload() if is_wrapping else None  # asked of a leaf it would decode, and may fail
        if isinstance(payload, list):
            waiting = [one for one in payload if isinstance(one, Message)] + waiting
        else:
            yield part


def _text(parts: list[Message]) -> tuple[str, bool]:
    """Return the letter's HTML, else its plain text as paragraphs of lines; and which of them it is."""
    readable = [part for part in parts if not _attachment(part)]
    for kind in ("text/html", "text/plain"):
        for part in readable:
            if part.get_content_type() == kind and (text := _content(part)).strip():
                return (text, True) if kind == "text/html" else (_flowed(part, text), False)
    return "", False


def _attachment(part: Message) -> str:
    """Return the name of what is no text of the letter, empty for its text."""
    kind = part.get_content_type()
    is_text = kind in ("text/html", "text/plain")
    name = one_line(_words(str(_safely(part.get_filename) or "")))[:200]
    disposition = str(part.get("Content-Disposition", "")).strip().lower()
    if is_text and not disposition.startswith("attachment"):
        return ""
    return name or kind


def _safely(read: object) -> object:
    try:
        return read() if callable(read) else None
    except (ValueError, LookupError, TypeError, AttributeError):
        return None


def _content(part: Message) -> str:
    payload = _safely(lambda: part.get_payload(decode=True))
    if not isinstance(payload, bytes):
        return ""
    charset = _safely(part.get_content_charset)
    return without_controls(_decoded(payload, charset if isinstance(charset, str) else None))


def _decoded(content: bytes, charset: str | None) -> str:
    """Return text by its charset. One that hides markup in ASCII is refused, one that is unknown is guessed."""
    name = (charset or "").strip().lower()
    if name in _STATEFUL:
        raise NotALetter(f"It is written in {name}, which can hide what it says; no newsletter needs that.")
    return decode(content, declared=name or None)


def _flowed(part: Message, text: str) -> str:
    """Return text whose lines were broken for the way (format=flowed) as whole paragraphs."""
    if str(_safely(lambda: part.get_param("format")) or "").lower() != "flowed":
        return text
    drop_space = str(_safely(lambda: part.get_param("delsp")) or "").lower() == "yes"
    lines = list[str]()
    is_open = False
    for raw in text.split("\n"):
        line = raw.removeprefix(" ") if raw.startswith(" ") else raw
        is_soft = line.endswith(" ") and line != "-- "
        shown = line[:-1] if is_soft and drop_space else line
        if is_open and lines:
            lines[-1] += shown
        else:
            lines.append(shown)
        is_open = is_soft
    return "\n".join(lines)


def _date(message: Message) -> str:
    try:
        moment = parsedate_to_datetime(_header(message, "Date"))
        return moment.replace(microsecond=0).isoformat() if moment.tzinfo else ""
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
