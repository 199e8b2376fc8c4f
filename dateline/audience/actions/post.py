"""What is done with a reader's letter. The audit says what was done, and nothing of who wrote."""

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dateline.audience.models import ReaderLetter
from dateline.audience.post import NEEDS_EMAIL, Handling, answer_day, latest_day
from dateline.lib.text import one_line
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.rights.actions.mailing import mail_is_set_up, note_by_hand, post, write_freely
from dateline.rights.models import Letter
from dateline.rights.models.letter import TO_A_READER
from dateline.site.queries import identity, zone


class EmailMissing(ValueError):
    """Whoever wants an answer says where to."""


class NothingSaid(ValueError):
    """A letter, an answer or a reason without a word."""


class StillOnItsWay(ValueError):
    """An answer was written before and has not gone yet."""


class TooLate(ValueError):
    """The law gives no more time for this letter."""


class Erased(ValueError):
    """Who wrote the letter is erased: there is nobody to answer."""


@transaction.atomic
def receive(
    *,
    kind: str,
    text: str,
    language: str,
    now: datetime,
    name: str = "",
    email: str = "",
    about: str = "",
    piece: uuid.UUID | None = None,
) -> ReaderLetter:
    """Take a letter in: a task for whoever answers readers. Raises EmailMissing, NothingSaid, ValidationError."""
    if not text.strip():
        raise NothingSaid(_("Please write what it is about."))
    if kind in NEEDS_EMAIL and not email:
        raise EmailMissing(_("Please give an e-mail address: without it we cannot answer."))
    letter = ReaderLetter(
        kind=kind,
        text=text.strip(),
        language=language,
        name=one_line(name),
        email=email,
        about=about,
        piece=piece,
        at=now,
        answer_by=answer_day(kind, came=now.astimezone(zone(identity())).date()),
    )
    letter.full_clean()
    letter.save()
    _note("receive-reader-letter", letter, by=None, now=now)
    return letter


@transaction.atomic
def take(*, letter: ReaderLetter, by: User, now: datetime) -> ReaderLetter:
    """Say that somebody sees to it; one that is done is taken up again. Raises WrongStep."""
    letter = _locked(letter)
    if letter.state == ReaderLetter.State.TAKEN and letter.taken_by_id == by.pk:
        return letter
    if letter.state != ReaderLetter.State.TAKEN:  # from a colleague it may be taken over
        Handling.check(letter.state, ReaderLetter.State.TAKEN)
    return _go(letter, "taken", "take-reader-letter", by=by, now=now, taken_by=by, done_at=None)


@transaction.atomic
def put_back(*, letter: ReaderLetter, by: User, now: datetime) -> ReaderLetter:
    """Leave it to somebody else. Raises WrongStep."""
    letter = _locked(letter)
    Handling.check(letter.state, ReaderLetter.State.NEW)
    return _go(letter, "new", "put-back-reader-letter", by=by, now=now, taken_by=None)


@transaction.atomic
def answer(
    *, letter: ReaderLetter, subject: str, body: str, by: User, now: datetime, is_by_hand: bool = False
) -> ReaderLetter:
    """File the answer, and send it where they left an address and mail is set up; or note that somebody sent it.

    Raises WrongStep, NothingSaid, Erased, ValidationError.
    """
    letter = _locked(letter)
    Handling.check(letter.state, ReaderLetter.State.ANSWERED)
    if letter.erased_at:
        raise Erased(_("Who wrote this is erased: there is nobody to answer."))
    if not body.strip():
        raise NothingSaid(_("Write the answer."))
    told = _tell(letter, subject=subject, body=body, by=by, now=now, is_by_hand=is_by_hand)
    return _go(letter, "answered", "answer-reader", by=by, now=now, done_at=now, **told)


@transaction.atomic
def put_off(
    *, letter: ReaderLetter, subject: str, body: str, by: User, now: datetime, is_by_hand: bool = False
) -> ReaderLetter:
    """Tell the reader, with the reason, that a request about their data takes up to two months more.

    Sent as an answer is; the letter stays open. Raises TooLate, NothingSaid, StillOnItsWay, ValidationError.
    """
    letter = _locked(letter)
    here = zone(identity())
    if not letter.may_be_put_off(today=now.astimezone(here).date()):
        raise TooLate(_("The law gives more time once, to whoever says why within the first month."))
    if not body.strip():
        raise NothingSaid(_("Write why it takes longer."))
    told = _tell(letter, subject=subject, body=body, by=by, now=now, is_by_hand=is_by_hand)
    day = latest_day(letter.kind, came=letter.at.astimezone(here).date())
    return _go(
        letter, "taken", "put-off-reader-letter", by=by, now=now, put_off_at=now, answer_by=day, **told
    )


@transaction.atomic
def close(*, letter: ReaderLetter, reason: str, by: User, now: datetime) -> ReaderLetter:
    """Close it without an answer, and say why. Raises WrongStep, NothingSaid."""
    letter = _locked(letter)
    Handling.check(letter.state, ReaderLetter.State.CLOSED)
    if not reason.strip():
        raise NothingSaid(_("Say why it is closed."))
    return _go(letter, "closed", "close-reader-letter", by=by, now=now, reason=one_line(reason), done_at=now)


@transaction.atomic
def note_passed_on(*, letter: ReaderLetter, by: User, now: datetime) -> ReaderLetter:
    """Note that the editors were told of it; it stays open until the reader has an answer."""
    letter = _locked(letter)
    letter.passed_on_at = now
    letter.save(update_fields=["passed_on_at"])
    _note("pass-on-reader-letter", letter, by=by, now=now)
    return letter


def _tell(
    letter: ReaderLetter, *, subject: str, body: str, by: User, now: datetime, is_by_hand: bool
) -> dict[str, Any]:
    """Send what the reader is told, below what they were told before; return the fields that say so."""
    if letter.letter and not letter.letter.is_gone:
        raise StillOnItsWay(_("The answer before is still on its way. Wait until it has gone."))
    sent = _mail(letter, subject=subject, body=body, by=by, now=now, is_by_hand=is_by_hand)
    said = "\n\n".join(filter(None, [letter.answer, body.strip()]))
    return {"taken_by": by, "answer": said, "letter": sent}


def _mail(
    letter: ReaderLetter, *, subject: str, body: str, by: User, now: datetime, is_by_hand: bool
) -> Letter | None:
    """Return the letter that goes; None where they left no address."""
    if not letter.email:
        return None
    sent = write_freely(
        kind=TO_A_READER, language=letter.language, to=letter.email, subject=subject, body=body, by=by
    )
    if is_by_hand or not mail_is_set_up():
        return note_by_hand(letter=sent, now=now)
    return post(letter=sent)


def _go(
    row: ReaderLetter, state: str, verb: str, /, *, by: User, now: datetime, **fields: Any
) -> ReaderLetter:
    before, row.state = {"state": row.state}, state
    former = row.letter
    for name, value in fields.items():
        setattr(row, name, value)
    row.full_clean(exclude=["text"])
    row.save()
    if former and row.letter != former:
        former.delete()
    _note(verb, row, by=by, now=now, before=before)
    return row


def _note(
    verb: str, letter: ReaderLetter, *, by: User | None, now: datetime, before: dict[str, Any] | None = None
) -> None:
    after = {"state": letter.state, "kind": letter.kind}
    write_down(
        verb=verb,
        subject=letter,
        by=by,
        now=now,
        summary=f"{letter.kind} {letter.pk}",
        before=before or {},
        after=after,
    )


def _locked(letter: ReaderLetter) -> ReaderLetter:
    return ReaderLetter.objects.select_for_update(of=("self",)).select_related("letter").get(pk=letter.pk)
