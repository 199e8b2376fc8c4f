"""A letter as bytes: what all readers of an issue share is pressed once, what is a reader's own is put in. Pure.

Source: RFC 5322, RFC 2045 to 2047, RFC 2369 and 2919 (List-*), RFC 8058 (one-click), RFC 3834 (Auto-Submitted).
"""

import quopri
from base64 import encodebytes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from typing import Final

STOP: Final = "stop"
MANAGE: Final = "manage"
_SLOTS: Final = (STOP, MANAGE)
# A letter in another script takes three times its size as quoted-printable; base64 a third more.
_MOST_ESCAPES: Final = 0.15


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What an issue's readers share. html and text hold `slot(nonce, …)` where a reader's own address stands.

    list_name: what the List-Id calls it; list_id: its name like a domain. archive: where the issue stands on the site.
    """

    subject: str
    sender_name: str
    sender: str
    list_name: str
    list_id: str
    archive: str
    language: str
    html: str
    text: str
    nonce: str
    reply_to: str = ""


@dataclass(frozen=True, kw_only=True)
class Own:
    """What is a reader's own. stop: the address that one request to stops the letter; manage: their page."""

    to: str
    message_id: str
    stop: str
    manage: str


@dataclass(frozen=True)
class Part:
    """A body in pieces: what lies between the slots, and the names of these."""

    subtype: str
    pieces: tuple[str, ...]
    slots: tuple[str, ...]
    is_dense: bool

    def filled(self, own: Mapping[str, str]) -> str:
        """Return the body with a reader's own addresses."""
        found = [self.pieces[0]]
        for name, piece in zip(self.slots, self.pieces[1:], strict=True):
            found += [own[name], piece]
        return "".join(found)


@dataclass(frozen=True)
class Pressed:
    """An issue ready to be personalised."""

    head: bytes
    text: Part
    html: Part
    boundary: str
    headers: tuple[tuple[str, str], ...]


def slot(nonce: str, name: str) -> str:
    """Return what stands for a reader's own address. nonce: random, so that no text from outside can hold it."""
    return f"https://{nonce}.invalid/{name}"


def press(sheet: Sheet) -> Pressed:
    """Press what readers share. Raises ValueError where a header cannot hold what it should."""
    headers = shared_headers(sheet)
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(sheet.sender_name, addr_spec=sheet.sender)
    message["Subject"] = sheet.subject
    for name, value in headers:
        message[name] = value
    boundary = f"=_{sheet.nonce}"
    head = message.as_bytes().partition(b"\r\n\r\n")[0]
    return Pressed(
        head=head,
        text=_part("plain", sheet.text, sheet.nonce),
        html=_part("html", sheet.html, sheet.nonce),
        boundary=boundary,
        headers=headers,
    )


def shared_headers(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    """Return the headers of a bulk letter that are the same for all."""
    found = [
        ("List-Id", f"{_phrase(sheet.list_name)} <{sheet.list_id}>"),
        ("List-Archive", f"<{sheet.archive}>"),
        ("Precedence", "bulk"),
        # Nobody's absence is answered to us; of a letter that editors made Auto-Submitted would not be true.
        ("X-Auto-Response-Suppress", "OOF, AutoReply"),
        ("Content-Language", sheet.language),
    ]
    return (*found, ("Reply-To", sheet.reply_to)) if sheet.reply_to else tuple(found)


def sender_line(sheet: Sheet) -> str:
    """Return who sends it, as Django's mail wants it said."""
    return formataddr((sheet.sender_name, sheet.sender))


def own_headers(own: Own) -> tuple[tuple[str, str], ...]:
    """Return the headers that are a reader's own, without To."""
    return (
        ("Message-ID", own.message_id),
        ("List-Unsubscribe", f"<{own.stop}>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    )


def letter_of(pressed: Pressed, own: Own, *, now: datetime) -> bytes:
    """Return one reader's letter."""
    lines = [
        pressed.head,
        f"To: {own.to}".encode(),
        f"Date: {format_datetime(now)}".encode(),
        *(f"{name}: {value}".encode() for name, value in own_headers(own)),
        b"MIME-Version: 1.0",
        f'Content-Type: multipart/alternative; boundary="{pressed.boundary}"'.encode(),
        b"",
    ]
    for part in (pressed.text, pressed.html):
        lines += [f"--{pressed.boundary}".encode(), *_encoded(part, own)]
    return b"\r\n".join([*lines, f"--{pressed.boundary}--".encode(), b""])


def bodies_of(pressed: Pressed, own: Own) -> tuple[str, str]:
    """Return one reader's letter as text and as HTML."""
    places = {STOP: own.stop, MANAGE: own.manage}
    return pressed.text.filled(places), pressed.html.filled(places)


def _part(subtype: str, body: str, nonce: str) -> Part:
    pieces: Sequence[str] = [body]
    slots: list[str] = []
    for name in _SLOTS:
        pieces, slots = _cut(pieces, slots, slot(nonce, name), name)
    return Part(subtype, tuple(pieces), tuple(slots), is_dense=_is_dense(body))


def _is_dense(body: str) -> bool:
    """Return whether so much of it is beyond ASCII that base64 is the shorter way to write it."""
    told = body.encode()
    return sum(byte > 126 for byte in told) > _MOST_ESCAPES * len(told)  # noqa: PLR2004 - as ASCII ends


def _cut(pieces: Sequence[str], slots: list[str], mark: str, name: str) -> tuple[list[str], list[str]]:
    cut: list[str] = []
    named: list[str] = []
    for number, piece in enumerate(pieces):
        parts = piece.split(mark)
        cut += parts
        named += [name] * (len(parts) - 1)
        if number < len(slots):
            named.append(slots[number])
    return cut, named


def _encoded(part: Part, own: Own) -> list[bytes]:
    body = part.filled({STOP: own.stop, MANAGE: own.manage}).replace("\r\n", "\n").encode()
    if part.is_dense:
        told, coded = b"base64", encodebytes(body.replace(b"\n", b"\r\n")).replace(b"\n", b"\r\n")
    else:
        told, coded = b"quoted-printable", quopri.encodestring(body).replace(b"\n", b"\r\n")
    return [
        f"Content-Type: text/{part.subtype}; charset=utf-8".encode(),
        b"Content-Transfer-Encoding: " + told,
        b"",
        coded.removesuffix(b"\r\n"),
        b"",
    ][:-1]


def _phrase(name: str) -> str:
    """Return a name for the front of a List-Id: in quotes without what would end them, or encoded as a whole."""
    plain = "".join(mark for mark in name if mark not in '"\\<>').strip()
    return f'"{plain}"' if plain.isascii() else Header(plain, "utf-8", maxlinelen=900).encode()
