"""A reader's e-mail address: read strictly, so that nothing else can stand in a header or a command. Pure.

Source: RFC 5321 (4.1.2, 4.5.3.1), RFC 6531 for letters beyond ASCII. Quoted names, comments and literals of
machines are refused: nobody is reached there who could not be reached otherwise.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

import idna
from django.utils.translation import gettext as _

_ATOM: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+")
_LABEL: Final = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)")
LONGEST: Final = 254
LONGEST_NAME: Final = 64


class NotAnAddress(ValueError):
    """No letter can be sent to what was written."""


@dataclass(frozen=True)
class Address:
    """An address that a letter can be sent to. domain: in the form of the name service, in small letters."""

    name: str
    domain: str

    @property
    def text(self) -> str:
        """The address as it is written."""
        return f"{self.name}@{self.domain}"

    @property
    def key(self) -> str:
        """What is the same for two spellings of one mailbox: big and small letters are no difference to anybody."""
        return unicodedata.normalize("NFC", self.text).casefold()

    @property
    def is_plain(self) -> bool:
        """Can every mail server carry it?"""
        return self.name.isascii()


def read_address(text: str) -> Address:
    """Return the address written in `text`. Raises NotAnAddress, in words."""
    told = unicodedata.normalize("NFC", text.strip())
    name, at, domain = told.rpartition("@")
    if not at or not name or not domain:
        raise NotAnAddress(_("An e-mail address has a name, an @ and a domain: name@example.org."))
    if not told.isprintable() or any(mark.isspace() for mark in told):
        raise NotAnAddress(_("There is a space or an unseen character in the address."))
    read = Address(name=_name(name), domain=_domain(domain))
    if len(read.text.encode()) > LONGEST:
        raise NotAnAddress(_("The address is too long for a mail server."))
    return read


def _name(name: str) -> str:
    parts = name.split(".")
    if not all(_is_atom(part) for part in parts):
        raise NotAnAddress(_("What stands before the @ is not the name of a mailbox."))
    if len(name.encode()) > LONGEST_NAME:
        raise NotAnAddress(_("What stands before the @ is too long."))
    return name


def _is_atom(part: str) -> bool:
    """Return whether a part between two dots may stand in a mailbox's name: letters of every script may."""
    plain = "".join(
        "a" if not mark.isascii() and unicodedata.category(mark)[0] in "LMN" else mark for mark in part
    )
    return bool(_ATOM.fullmatch(plain))


def _domain(domain: str) -> str:
    try:
        plain = domain if domain.isascii() else idna.encode(domain, uts46=True).decode()
    except (idna.IDNAError, UnicodeError):
        raise NotAnAddress(_("There can be no such domain.")) from None
    labels = plain.split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels) or labels[-1].isdigit():  # noqa: PLR2004 - a domain has a dot
        raise NotAnAddress(_("There can be no such domain."))
    return plain.lower()


def masked(address: str) -> str:
    """Return an address as its owner knows it again and nobody else does: v…a@example.org."""
    name, _at, domain = address.rpartition("@")
    shown = f"{name[0]}…{name[-1]}" if len(name) > 2 else "…"  # noqa: PLR2004 - two letters are the whole name
    return f"{shown}@{domain}"
