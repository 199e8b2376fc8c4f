"""One conversation with the operator's mail server, for many letters, that says exactly how far each of them came.

What counts is the moment at which the end of a letter has left us: before it the server cannot have taken the letter,
after it only its answer says so. A conversation that breaks in between leaves the outcome unknown, and nobody may
guess. Source: RFC 5321 (4.1.1.4, 4.2.5, 4.5.3.2), RFC 3463 for what a refusal is about, RFC 6531.
"""

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

_ENHANCED: Final = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})\b")
_MOST_WORDS: Final = 300
_GO_AHEAD: Final = 354
_TAKEN: Final = range(200, 300)
_FOR_GOOD: Final = range(500, 600)
_CLOSING: Final = 421
# Without a more exact word of the server these say that there is no such mailbox.
_NO_MAILBOX: Final = frozenset({550, 551, 553})


class Came(Enum):
    """How far a letter came."""

    TAKEN = "taken"  # the server has it
    REFUSED = "refused"  # it never will
    LATER = "later"  # it does not have it, and may be asked again
    UNKNOWN = "unknown"  # it may have it


@dataclass(frozen=True)
class Verdict:
    """What became of a letter. is_reader: the refusal is about the reader's mailbox, and not about us or the letter.

    is_sender: the server does not take letters from our sender at all. words: what the server said.
    """

    came: Came
    words: str = ""
    is_reader: bool = False
    is_sender: bool = False


@dataclass(frozen=True)
class MailServer:
    """Where letters are handed over. answer_seconds: how long the server may think about a letter that it was given."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    begins_tls: bool = False
    is_tls: bool = False
    name: str = "localhost"
    timeout_seconds: float = 30.0
    answer_seconds: float = 120.0


class ServerTrouble(ConnectionError):
    """The mail server cannot be reached, or does not let us in: nothing was handed over."""

    def __init__(self, server: MailServer, why: str) -> None:
        super().__init__(f"The mail server {server.host}:{server.port} cannot be used: {why}")


class MailLine:
    """A conversation that is opened when it is needed and again when it broke."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._client: smtplib.SMTP | None = None

    def hand_over(self, letter: bytes, *, sender: str, to: str) -> Verdict:
        """Hand one letter to the server. Raises ServerTrouble where there is none to talk to; then nothing was said.

        letter: with its headers, every line ended by CR and LF. sender, to: addresses, read strictly before.
        """
        was_open = self._client is not None
        try:
            return self._said(self._opened(), letter, sender=sender, to=to)
        except ServerTrouble:
            raise
        except (OSError, smtplib.SMTPException) as error:  # before the letter's end had left us
            self.close()
            if was_open:  # servers end a conversation that was idle: one more try with a new one
                return self.hand_over(letter, sender=sender, to=to)
            return Verdict(Came.LATER, _words(error))

    def close(self) -> None:
        """End the conversation; quietly, whatever state it is in."""
        client, self._client = self._client, None
        if client is not None:
            with suppress(OSError, smtplib.SMTPException):
                client.timeout = 1.0
                client.quit()
            client.close()

    def _opened(self) -> smtplib.SMTP:
        if self._client is None:
            try:
                self._client = self._welcomed()
            except (OSError, smtplib.SMTPException) as error:
                raise ServerTrouble(self._server, _words(error)) from error
        return self._client

    def _welcomed(self) -> smtplib.SMTP:
        told = self._server
        context = ssl.create_default_context()
        if told.is_tls:
            client: smtplib.SMTP = smtplib.SMTP_SSL(
                told.host, told.port, local_hostname=told.name, timeout=told.timeout_seconds, context=context
            )
        else:
            client = smtplib.SMTP(
                told.host, told.port, local_hostname=told.name, timeout=told.timeout_seconds
            )
        try:
            if told.begins_tls:
                client.starttls(context=context)
            client.ehlo_or_helo_if_needed()
            if told.user:
                client.login(told.user, told.password)
        except BaseException:
            client.close()
            raise
        return client

    def _said(self, client: smtplib.SMTP, letter: bytes, *, sender: str, to: str) -> Verdict:
        options = []
        if not to.isascii():
            if not client.has_extn("smtputf8"):
                return Verdict(
                    Came.REFUSED, "5.6.7 Our mail server carries no address with letters beyond a to z."
                )
            options = ["SMTPUTF8", "BODY=8BITMIME"]
            client.command_encoding = "utf-8"
        code, words = client.mail(sender, options)
        if code not in _TAKEN:
            return self._refused(client, code, words, is_sender=True)
        code, words = client.rcpt(to)
        if code not in _TAKEN:
            return self._refused(client, code, words, is_rcpt=True)
        code, words = client.docmd("DATA")
        if code != _GO_AHEAD:
            return self._refused(client, code, words)
        client.send(_stuffed(letter))
        return self._answered(client)

    def _answered(self, client: smtplib.SMTP) -> Verdict:
        """Wait for what the server says to a whole letter: from here on silence means that nobody knows."""
        try:
            if client.sock is not None:
                client.sock.settimeout(self._server.answer_seconds)
            code, words = client.getreply()
            if client.sock is not None:
                client.sock.settimeout(self._server.timeout_seconds)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return Verdict(Came.UNKNOWN, _words(error))
        if code in _TAKEN:
            return Verdict(Came.TAKEN, _text(code, words))
        if code < 400:  # noqa: PLR2004 - no answer that a letter can have: nobody knows what it means
            self.close()
            return Verdict(Came.UNKNOWN, _text(code, words))
        return self._refused(client, code, words)

    def _refused(
        self, client: smtplib.SMTP, code: int, words: bytes, *, is_rcpt: bool = False, is_sender: bool = False
    ) -> Verdict:
        said = _text(code, words)
        if code == _CLOSING:
            self.close()
        else:
            self._begin_anew(client)
        came = Came.REFUSED if code in _FOR_GOOD else Came.LATER
        is_reader = came == Came.REFUSED and is_rcpt and is_about_mailbox(said)
        return Verdict(came, said, is_reader=is_reader, is_sender=is_sender)

    def _begin_anew(self, client: smtplib.SMTP) -> None:
        """Have the server forget the letter that it refused; a conversation that breaks here loses nothing."""
        try:
            client.rset()
        except (OSError, smtplib.SMTPException):
            self.close()


def is_about_mailbox(said: str) -> bool:
    """Return whether a refusal says that the mailbox does not exist or is closed. Source: RFC 3463, 3.2 and 3.3.

    What is said of the sender, the letter, or of a full mailbox (5.7.1, 5.2.2 …) says nothing of the kind.
    """
    found = _ENHANCED.search(said)
    if found:
        return (found[1], found[2]) == ("5", "1") or (found[1], found[2], found[3]) == ("5", "2", "1")
    return said[:3].isdigit() and int(said[:3]) in _NO_MAILBOX


def _stuffed(letter: bytes) -> bytes:
    """Return the letter as it goes over the line: a dot before each dot that begins a line, and the end."""
    body = letter.replace(b"\r\n.", b"\r\n..")
    if body.startswith(b"."):
        body = b"." + body
    return body + (b"" if body.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _text(code: int, words: bytes) -> str:
    return f"{code} {words.decode('utf-8', 'replace')}".replace("\n", " ")[:_MOST_WORDS]


def _words(error: BaseException) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        told = error.smtp_error
        return _text(error.smtp_code, told if isinstance(told, bytes) else str(told).encode())
    return f"{error or type(error).__name__}"[:_MOST_WORDS]
