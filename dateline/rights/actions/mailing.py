"""Letters: written from a template, kept, sent once, by Django's mail."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import formataddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F

from dateline.lib.crash import crash_point
from dateline.lib.text import cut, one_line
from dateline.people.models import User
from dateline.rights.letters import filled, fitting
from dateline.rights.letters_shipped import SHIPPED
from dateline.rights.models import Letter, LetterTemplate
from dateline.site.queries import identity
from dateline.work.actions import enqueue_by_name

MOST_TRIES = 2
_NOWHERE = frozenset({"console", "dummy"})
_DJANGOS_OWN = "webmaster@localhost"


class NoAddress(ValueError):
    """Nobody's address is known to whom the letter could go."""


class NoMail(ValueError):
    """No mail is set up."""


class AlreadyGone(ValueError):
    """A letter that left the house cannot be changed any more."""


class Unsure(RuntimeError):
    """A letter was handed over twice and nobody knows whether it arrived: a person has to look."""


def mail_is_set_up() -> bool:
    """Return whether letters leave the house: on the console nobody receives one."""
    return str(settings.EMAIL_BACKEND).split(".")[-2] not in _NOWHERE


def wording(kind: str, language: str) -> tuple[str, str, str]:
    """Return subject and body of a letter's template, and the language that they are in: English where we have none."""
    own = {row.language.lower(): row for row in LetterTemplate.objects.filter(kind=kind)}
    tag = fitting(language, own.keys() | SHIPPED.keys())
    if tag in own:
        return own[tag].subject, own[tag].body, tag
    return *SHIPPED[tag][kind], tag


def write(
    *,
    kind: str,
    language: str,
    to: str,
    values: Mapping[str, str],
    by: User | None,
    answers: str = "",
    attached: tuple[str, str] = ("", ""),
) -> Letter:
    """Write a letter from its template, as a draft that may still be changed. attached: a table's name and its text."""
    subject, body, tag = wording(kind, language)
    letter = Letter(
        kind=kind,
        language=tag,
        to=to,
        answers=answers,
        by=by,
        attached_name=attached[0],
        attached=attached[1],
    )
    return _kept(letter, subject=filled(subject, values), body=filled(body, values))


def write_freely(*, kind: str, language: str, to: str, subject: str, body: str, by: User | None) -> Letter:
    """Write a letter in one's own words, as a draft."""
    return _kept(Letter(kind=kind, language=language, to=to, by=by), subject=subject, body=body)


def _kept(letter: Letter, *, subject: str, body: str) -> Letter:
    letter.subject, letter.body = cut(one_line(subject), 300), body
    letter.message_id = f"<{secrets.token_hex(16)}@{_host()}>"
    letter.full_clean()
    letter.save()
    return letter


def reword(*, letter: Letter, to: str, subject: str, body: str) -> Letter:
    """Change a letter before it goes. Raises AlreadyGone, ValidationError."""
    if letter.state != Letter.State.DRAFT:
        raise AlreadyGone("The letter is on its way or gone: it cannot be changed any more.")
    letter.to, letter.subject, letter.body = to, one_line(subject), body
    letter.full_clean()
    letter.save()
    return letter


def post(*, letter: Letter) -> Letter:
    """Hand a letter to the worker that sends it. Again where it failed. Raises NoMail, NoAddress, AlreadyGone."""
    if letter.is_gone:
        raise AlreadyGone("The letter is gone already.")
    if not mail_is_set_up():
        raise NoMail("No mail is set up: copy the letter, send it yourself, and say that it is sent.")
    if not letter.to:
        raise NoAddress("There is no address: write one into the letter, or into the outlet's contact.")
    letter.state, letter.trouble, letter.tries = Letter.State.WAITING, "", 0
    letter.save(update_fields=["state", "trouble", "tries"])
    enqueue_by_name("rights.send_letter", letter_id=letter.pk)
    return letter


def deliver(*, letter_id: int, now: datetime, after: Callable[[Letter, datetime], None]) -> Letter:
    """Send a waiting letter; `after` is told in the transaction that notes it. One that is gone is not sent again.

    A process that dies between sending and noting leads to one more letter with the same Message-ID, and no third:
    Raises Unsure. Raises whatever the mail server says; then it was not sent and may be tried again.
    """
    if not _begun(letter_id):
        return _given_up(letter_id)
    letter = Letter.objects.get(pk=letter_id)
    try:
        _message(letter).send()
    except Exception as error:
        trouble = cut(one_line(str(error) or type(error).__name__), 300)
        Letter.objects.filter(pk=letter_id).update(tries=F("tries") - 1, trouble=trouble)
        raise
    crash_point("rights.letter-sent")
    with transaction.atomic():
        letter.state, letter.sent_at, letter.trouble = Letter.State.SENT, now, ""
        letter.save(update_fields=["state", "sent_at", "trouble"])
        after(letter, now)
    return letter


def _begun(letter_id: int) -> bool:
    """Note, before it goes, that somebody is sending it."""
    waiting = Letter.objects.filter(pk=letter_id, state=Letter.State.WAITING, tries__lt=MOST_TRIES)
    return bool(waiting.update(tries=F("tries") + 1))


def _given_up(letter_id: int) -> Letter:
    letter = Letter.objects.get(pk=letter_id)
    if letter.state == Letter.State.WAITING:
        letter.trouble = "It was handed over twice, and nobody knows whether it arrived."
        letter.save(update_fields=["trouble"])
        raise Unsure(f"“{letter.subject}”: {letter.trouble} Ask the outlet, then say that it is sent.")
    return letter


def note_by_hand(*, letter: Letter, now: datetime) -> Letter:
    """Note that a person sent it from a mailbox of their own. Raises AlreadyGone."""
    if letter.is_gone:
        raise AlreadyGone("The letter is gone already.")
    letter.state, letter.sent_at, letter.trouble = Letter.State.BY_HAND, now, ""
    letter.save(update_fields=["state", "sent_at", "trouble"])
    return letter


def _message(letter: Letter) -> EmailMessage:
    publication = identity()
    headers = {"Message-ID": letter.message_id}
    if letter.answers:
        headers |= {"In-Reply-To": letter.answers, "References": letter.answers}
    message = EmailMessage(
        subject=letter.subject,
        body=letter.body,
        from_email=_sender(),
        to=[letter.to],
        reply_to=[publication.email] if publication.email else None,
        headers=headers,
        connection=get_connection(),
    )
    if letter.attached_name:
        message.attach(letter.attached_name, letter.attached, "text/csv")
    return message


def _sender() -> str:
    address = settings.DEFAULT_FROM_EMAIL
    publication = identity()
    if address == _DJANGOS_OWN and publication.email:
        address = publication.email
    return address if "<" in address else formataddr((publication.name, address))


def _host() -> str:
    return urlsplit(settings.DATELINE_URL).hostname or "localhost"
