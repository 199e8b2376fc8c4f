"""The configured door to the operator's mailboxes: letters are looked at, never marked, moved or deleted.

Source: RFC 3501 and 9051 (IMAP4rev1 and rev2).
"""

import imaplib
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from dateline.lib.urls import gettext_noop
from dateline.net.errors import CannotConnect, FetchError, detail_of
from dateline.net.mailbox_address import MailboxAddress

LETTER_BYTES: Final = 10 * 2**20
HEADER_BYTES: Final = 256 * 2**10
MOST_LETTERS: Final = 50
DEADLINE_SECONDS: Final = 120.0
_ANSWER_BYTES: Final = 4 * 2**20
_UID = re.compile(rb"\bUID (\d{1,10})\b")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d{1,12})\b")
_MONTHS: Final = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

_Told = list[bytes | tuple[bytes, bytes] | None]

NO_ANSWER = gettext_noop(
    "Nobody answers at the mailbox %(url)s (%(detail)s). Check its address in the settings; it is tried again by"
    " itself."
)
NO_ENTRY = gettext_noop(
    "The mailbox %(url)s does not let us in (%(detail)s). Its password may have expired: put the new one into the"
    " settings and start again."
)
NO_FOLDER = gettext_noop(
    "The mailbox %(url)s has no such folder (%(detail)s). Correct its address in the settings."
)
HUNG_UP = gettext_noop("The mailbox %(url)s hung up (%(detail)s). It is tried again by itself.")
ODD = gettext_noop("The mailbox %(url)s answers in a way that cannot be followed (%(detail)s).")
SLOW = gettext_noop("The mailbox %(url)s did not finish its answer in time. It is tried again by itself.")


class MailboxClosed(FetchError):
    """The mailbox does not take our name and password, or has no such folder."""


class MailboxBroken(FetchError):
    """The mailbox hung up, or answered what no mailbox answers."""


class MailboxSlow(FetchError):
    """The mailbox took longer than its deadline."""


class _Oversize(Exception):
    """A server announced more bytes than were asked for."""


@dataclass(frozen=True)
class Place:
    """How far a mailbox was read. uid: of the last letter, 0 before the first."""

    validity: int = 0
    uid: int = 0


@dataclass(frozen=True)
class Fetched:
    """A letter as it lies in the mailbox. Of one that is too large there are only the headers."""

    place: Place
    content: bytes = field(repr=False)
    size: int
    is_whole: bool = True


@contextmanager
def opened(
    mailbox: MailboxAddress, *, deadline_seconds: float = DEADLINE_SECONDS, limit_bytes: int = LETTER_BYTES
) -> Iterator["Box"]:
    """Let the caller look into a mailbox. Raises MailboxClosed, MailboxBroken, MailboxSlow, CannotConnect.

    deadline_seconds: for everything, from the name's look-up to the last letter.
    """
    clock = _Deadline(deadline_seconds)
    client: _Client | None = None
    try:
        with _named(str(mailbox), clock):
            client = _connected(mailbox, clock=clock, seconds=deadline_seconds)
            box = _let_in(client, mailbox, clock=clock, limit_bytes=limit_bytes)
        yield box
    finally:
        clock.stop()
        if client is not None:
            with suppress(imaplib.IMAP4.error, OSError, ValueError):
                client.shutdown()


@contextmanager
def _named(name: str, clock: "_Deadline") -> Iterator[None]:
    """Turn what the library raises into our errors."""
    try:
        yield
    except FetchError:
        raise
    except _Oversize as error:
        raise MailboxBroken(name, ODD, detail=str(error)) from error
    except (imaplib.IMAP4.error, OSError, ValueError) as error:
        if clock.has_struck or isinstance(error, TimeoutError):
            raise MailboxSlow(name, SLOW) from error
        raise MailboxBroken(name, HUNG_UP, detail=_said(error)) from error


class Box:
    """A mailbox that is open for looking only."""

    def __init__(
        self, client: "_Client", *, name: str, validity: int, clock: "_Deadline", limit_bytes: int
    ) -> None:
        self._client = client
        self._clock = clock
        self._name = name
        self._limit = limit_bytes
        self.validity = validity

    def letters(self, *, after: Place, since: date, most: int = MOST_LETTERS) -> Iterator[Fetched]:
        """Yield the letters behind `after`, oldest first, `most` at a time.

        since: where the numbers of `after` mean nothing here (a new mailbox, or one that was built anew), letters
        from this day on.
        """
        for uid in self._uids(after, since=since)[:most]:
            yield self._letter(uid)

    def _uids(self, after: Place, *, since: date) -> list[int]:
        if after.validity == self.validity:
            # “n:*” names the last letter even where its number is lower.
            return [uid for uid in self._search(f"UID {after.uid + 1}:*") if uid > after.uid]
        return self._search(f"SINCE {since.day}-{_MONTHS[since.month - 1]}-{since.year}")

    def _search(self, criterion: str) -> list[int]:
        told = self._ask("SEARCH", criterion)
        numbers = b" ".join(part for part in told if isinstance(part, bytes)).split()
        if not all(number.isdigit() and len(number) <= 10 for number in numbers):  # noqa: PLR2004
            raise MailboxBroken(self._name, ODD, detail="numbers of letters that are none")
        return sorted({int(number) for number in numbers})

    def _letter(self, uid: int) -> Fetched:
        place = Place(self.validity, uid)
        size = self._size(uid)
        if size > self._limit:
            head = self._part(uid, "BODY.PEEK[HEADER]", limit=HEADER_BYTES)
            return Fetched(place, head, size, is_whole=False)
        content = self._part(uid, "BODY.PEEK[]", limit=self._limit)
        return Fetched(place, content, len(content))

    def _size(self, uid: int) -> int:
        told = self._ask("FETCH", str(uid), "(UID RFC822.SIZE)")
        for part in told:
            head = part if isinstance(part, bytes) else b""
            if self._is_of(uid, head) and (found := _SIZE.search(head)):
                return int(found[1])
        return 0

    def _part(self, uid: int, what: str, *, limit: int) -> bytes:
        """Return a part of a letter; empty where it was deleted meanwhile."""
        with self._client.no_more_than(limit):
            told = self._ask("FETCH", str(uid), f"(UID {what})")
        answers = [place for place, part in enumerate(told) if isinstance(part, tuple) and len(part) > 1]
        for place in answers:
            behind = told[place + 1] if place + 1 < len(told) else b""
            head, content = told[place][:2]  # type: ignore[index]  # chosen as tuples
            if self._is_of(uid, bytes(head) + b" " + (behind if isinstance(behind, bytes) else b"")):
                return bytes(content)
        if answers:
            raise MailboxBroken(self._name, ODD, detail="it was asked for one letter and sent another")
        return b""

    @staticmethod
    def _is_of(uid: int, head: bytes) -> bool:
        found = _UID.search(head)
        return found is not None and int(found[1]) == uid

    def _ask(self, *command: str) -> _Told:
        with _named(self._name, self._clock):
            state, told = self._client.uid(*command)
        if state != "OK":
            raise MailboxBroken(self._name, ODD, detail=_shown(told[0] if told else b""))
        return told


class _Client(imaplib.IMAP4):
    """Python's client, which by itself reads whatever length a server announces, however long that takes."""

    _most = _ANSWER_BYTES

    def __init__(self, host: str, port: int, *, clock: "_Deadline", **words: Any) -> None:
        self._clock = clock
        super().__init__(host, port, **words)

    def open(self, *args: Any, **words: Any) -> None:
        super().open(*args, **words)
        self._clock.watch(self.socket())

    def read(self, size: int) -> bytes:
        if size > self._most:
            raise _Oversize(f"it announces {size} bytes")
        return super().read(size)

    @contextmanager
    def no_more_than(self, size: int) -> Iterator[None]:
        self._most = max(size, _ANSWER_BYTES)
        try:
            yield
        finally:
            self._most = _ANSWER_BYTES


class _SecureClient(_Client, imaplib.IMAP4_SSL):
    """The same over TLS."""


class _Deadline:
    """Closes the connection when its time is over, however slowly bytes drip."""

    def __init__(self, seconds: float) -> None:
        self.has_struck = False
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._strike)
        self._timer.daemon = True
        self._timer.start()

    def watch(self, connection: socket.socket) -> None:
        self._socket = connection
        if self.has_struck:
            self._strike()

    def stop(self) -> None:
        self._timer.cancel()

    def _strike(self) -> None:
        self.has_struck = True
        if self._socket is not None:
            with suppress(OSError):
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


def _connected(mailbox: MailboxAddress, *, clock: _Deadline, seconds: float) -> _Client:
    words: dict[str, Any] = {"clock": clock, "timeout": seconds}
    try:
        if mailbox.is_secure:
            return _SecureClient(
                mailbox.host, mailbox.port, ssl_context=ssl.create_default_context(), **words
            )
        client = _Client(mailbox.host, mailbox.port, **words)
        if not mailbox.is_plain:
            client.starttls(ssl_context=ssl.create_default_context())
            clock.watch(client.socket())  # the one over TLS is another
    except TimeoutError as error:
        raise MailboxSlow(str(mailbox), SLOW) from error
    except imaplib.IMAP4.error:
        raise
    except OSError as error:
        raise CannotConnect(str(mailbox), NO_ANSWER, detail=detail_of(error)) from error
    return client


def _let_in(client: _Client, mailbox: MailboxAddress, *, clock: _Deadline, limit_bytes: int) -> Box:
    try:
        _log_in(client, mailbox)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        raise MailboxClosed(str(mailbox), NO_ENTRY, detail=_said(error)) from error
    state, told = client.select(_quoted(mailbox.folder), readonly=True)
    if state != "OK":
        raise MailboxClosed(str(mailbox), NO_FOLDER, detail=_shown(told[0] if told else b""))
    validity = client.response("UIDVALIDITY")[1]
    number = validity[0] if validity and isinstance(validity[0], bytes) else b""
    if not number.isdigit() or len(number) > 10:  # noqa: PLR2004 — 32 bits
        raise MailboxBroken(str(mailbox), ODD, detail="it does not say how long its numbers are valid")
    return Box(client, name=str(mailbox), validity=int(number), clock=clock, limit_bytes=limit_bytes)


def _log_in(client: _Client, mailbox: MailboxAddress) -> None:
    if mailbox.user.isascii() and mailbox.password.isascii():
        client.login(_quoted(mailbox.user), mailbox.password)
        return
    name_and_password = f"\0{mailbox.user}\0{mailbox.password}".encode()
    client.authenticate("PLAIN", lambda _challenge: name_and_password)


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _said(error: Exception) -> str:
    first = error.args[0] if error.args else ""
    return _shown(first) or type(error).__name__


def _shown(told: object) -> str:
    text = told.decode("utf-8", "replace") if isinstance(told, bytes) else str(told or "")
    return "".join(letter for letter in text if letter.isprintable())[:200]
