"""Mailboxes as the operator writes them into the settings."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from dateline.lib.urls import gettext_noop

PORTS: Final = {"imaps": 993, "imap": 143}
NAME: Final = "DATELINE_MAILBOX"
MOST: Final = 9

NO_MAILBOX = gettext_noop(
    "must look like imaps://user@host/INBOX, with %40 for an @ in the user's name, and no password in it"
)
NO_PASSWORD = gettext_noop(
    "has no password: put it into the variable of the same name that ends in _PASSWORD"
)


class BadMailbox(ValueError):
    """A mailbox of the settings that cannot be used. The message is the end of a sentence."""


@dataclass(frozen=True)
class MailboxAddress:
    """Where letters are fetched.

    is_secure: by TLS from the first byte; without it TLS is begun before the password is sent (STARTTLS), unless
    `is_plain`, which only the machine itself and an operator who says so may have.
    """

    user: str
    host: str
    port: int
    folder: str
    password: str = field(repr=False)
    is_secure: bool = True
    is_plain: bool = False

    def __str__(self) -> str:
        """The address without password, as the desk shows it."""
        scheme = "imaps" if self.is_secure else "imap"
        port = "" if self.port == PORTS[scheme] else f":{self.port}"
        return f"{scheme}://{self.user}@{self.host}{port}/{self.folder}"


def in_environment(environment: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return addresses and passwords, in order.

    That is DATELINE_MAILBOX with DATELINE_MAILBOX_PASSWORD, DATELINE_MAILBOX_2 with DATELINE_MAILBOX_2_PASSWORD, …
    """
    names = [NAME, *(f"{NAME}_{number}" for number in range(2, MOST + 1))]
    return tuple(
        (environment[name].strip(), environment.get(f"{name}_PASSWORD", ""))
        for name in names
        if environment.get(name, "").strip()
    )


def read_mailbox(address: str, password: str) -> MailboxAddress:
    """Return the mailbox at `address`. Raises BadMailbox."""
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        raise BadMailbox(NO_MAILBOX) from None
    if parts.scheme not in PORTS or not parts.hostname or not parts.username or parts.password:
        raise BadMailbox(NO_MAILBOX)
    is_secure = parts.scheme == "imaps"
    says_plain = parse_qs(parts.query).get("plain") == ["yes"]
    if not password:
        raise BadMailbox(NO_PASSWORD)
    if not (unquote(f"{parts.username}{parts.path}") + password).isprintable():
        raise BadMailbox(NO_MAILBOX)
    return MailboxAddress(
        user=unquote(parts.username),
        host=parts.hostname,
        port=port,
        folder=unquote(parts.path.strip("/")) or "INBOX",
        password=password,
        is_secure=is_secure,
        is_plain=not is_secure and (says_plain or _is_this_machine(parts.hostname)),
    )


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
