"""Who carries a letter out of the house: the operator's mail server, or what their settings name instead."""

from datetime import datetime
from email.utils import format_datetime
from typing import Any, Final, Protocol

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from dateline.editions import mime
from dateline.editions.queries.readers import own_host
from dateline.net.mail_line import Came, MailLine, MailServer, ServerTrouble, Verdict

_SMTP: Final = "django.core.mail.backends.smtp.EmailBackend"
_MOST_WORDS: Final = 300
_TOO_MANY: Final = 429
_WRONG_KEY: Final = frozenset({401, 403})
_CLIENTS_FAULT: Final = range(400, 500)
# What the vendors' package raises, known by name so that nobody needs it who sends by SMTP.
_NO_RECIPIENT: Final = frozenset({"AnymailRecipientsRefused", "AnymailInvalidAddress"})
_OUR_MISTAKE: Final = frozenset(
    {"AnymailConfigurationError", "AnymailUnsupportedFeature", "AnymailSerializationError"}
)
_NEVER_LEFT: Final = frozenset(
    {"ConnectTimeout", "ConnectTimeoutError", "NewConnectionError", "NameResolutionError"}
)


class Carrier(Protocol):
    """Takes letters one by one and says how far each came."""

    def hand_over(self, sheet: mime.Sheet, pressed: mime.Pressed, own: mime.Own, *, now: datetime) -> Verdict:
        """Hand one letter over. Raises ServerTrouble where nothing can be handed over at all."""
        ...

    def close(self) -> None:
        """End the conversation."""
        ...


class ByServer:
    """By the operator's mail server, in one conversation."""

    def __init__(self, server: MailServer) -> None:
        self._line = MailLine(server)

    def hand_over(self, sheet: mime.Sheet, pressed: mime.Pressed, own: mime.Own, *, now: datetime) -> Verdict:
        """Hand one letter over. Raises ServerTrouble."""
        return self._line.hand_over(mime.letter_of(pressed, own, now=now), sender=sheet.sender, to=own.to)

    def close(self) -> None:
        """End the conversation."""
        self._line.close()


class ByBackend:
    """By a mail backend of Django's: a vendor of django-anymail's, a folder, a test's list."""

    def __init__(self) -> None:
        self._connection: Any = get_connection()

    def hand_over(self, sheet: mime.Sheet, pressed: mime.Pressed, own: mime.Own, *, now: datetime) -> Verdict:
        """Hand one letter over. Raises ServerTrouble where the vendor does not let us in."""
        message = message_of(sheet, pressed, own, now=now)
        message.connection = self._connection
        try:
            message.send()
        except Exception as error:  # noqa: BLE001 - every vendor has its own
            return _judged(error)
        return Verdict(Came.TAKEN, _status(message))

    def close(self) -> None:
        """End the conversation."""
        self._connection.close()


def carrier() -> Carrier:
    """Return who carries letters in this installation."""
    return ByServer(mail_server()) if settings.EMAIL_BACKEND == _SMTP else ByBackend()


def mail_server() -> MailServer:
    """Return the operator's mail server as the settings describe it."""
    return MailServer(
        host=settings.EMAIL_HOST,
        port=int(settings.EMAIL_PORT),
        user=settings.EMAIL_HOST_USER,
        password=settings.EMAIL_HOST_PASSWORD,
        begins_tls=settings.EMAIL_USE_TLS,
        is_tls=settings.EMAIL_USE_SSL,
        name=own_host(),
        timeout_seconds=float(settings.EMAIL_TIMEOUT or 30),
        answer_seconds=float(settings.DATELINE_MAIL_ANSWER_SECONDS),
    )


def message_of(
    sheet: mime.Sheet, pressed: mime.Pressed, own: mime.Own, *, now: datetime
) -> EmailMultiAlternatives:
    """Return one reader's letter as Django's backends take it: with the same headers and bodies."""
    text, html = mime.bodies_of(pressed, own)
    headers = dict([*pressed.headers, *mime.own_headers(own), ("Date", format_datetime(now))])
    headers.pop("Reply-To", None)
    message = EmailMultiAlternatives(
        subject=sheet.subject,
        body=text,
        from_email=mime.sender_line(sheet),
        to=[own.to],
        reply_to=[sheet.reply_to] if sheet.reply_to else None,
        headers=headers,
    )
    message.attach_alternative(html, "text/html")
    # Vendors count openings and clicks unless they are told not to: nothing about a reader is measured.
    message.track_opens = message.track_clicks = False  # type: ignore[attr-defined]
    return message


def _judged(error: Exception) -> Verdict:
    """Return what an error of a vendor's says. What may have arrived counts as unknown."""
    names, words = _names(error), f"{error or type(error).__name__}"[:_MOST_WORDS]
    status = getattr(error, "status_code", None)
    if names & _NO_RECIPIENT:
        return Verdict(Came.REFUSED, words, is_reader=True)
    if names & _OUR_MISTAKE or status in _WRONG_KEY:
        raise ServerTrouble(MailServer(host=settings.EMAIL_BACKEND.split(".")[-2], port=0), words) from error
    if status == _TOO_MANY or names & _NEVER_LEFT:
        return Verdict(Came.LATER, words)
    if status in _CLIENTS_FAULT:
        return Verdict(Came.REFUSED, words)
    return Verdict(Came.UNKNOWN, words)


def _names(error: BaseException | None) -> set[str]:
    """Return the classes of an error, of what caused it, and of what these hold as their reason."""
    found: set[str] = set()
    while error is not None and type(error).__name__ not in found:
        found |= {kind.__name__ for kind in type(error).__mro__} - {"Exception", "BaseException", "object"}
        error = _behind(error)
    return found


def _behind(error: BaseException) -> BaseException | None:
    held = (error.__cause__, getattr(error, "raised_from", None), getattr(error, "reason", None), *error.args)
    return next((one for one in held if isinstance(one, BaseException)), None)


def _status(message: Any) -> str:
    held = getattr(message, "anymail_status", None)
    return f"{getattr(held, 'message_id', '') or ''}"[:_MOST_WORDS]
