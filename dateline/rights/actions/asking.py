"""Asking an outlet for a permission, and filing what it says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language_info, override

from dateline.intake.models import Original
from dateline.lib.text import one_line
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.rights.actions.mailing import (
    NoAddress,
    mail_is_set_up,
    note_by_hand,
    post,
    reword,
    wording,
    write,
)
from dateline.rights.asking import Asking, answer_day, is_silent, reminder_at
from dateline.rights.letters import REMINDER, REQUEST
from dateline.rights.letters_shipped import WORDS
from dateline.rights.models import Letter, Permission, PicturePermission, Request
from dateline.site.queries import identity, zone
from dateline.sources.models import Outlet

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


class AlreadyAsked(ValueError):
    """The outlet is being asked for this already, or has granted it."""

    def __init__(self, request: Request) -> None:
        self.request = request
        super().__init__(
            f"This is asked for already ({request.get_state_display()}): go on with that request."
        )


class NoAnswerFiled(ValueError):
    """An answer needs its words, or the mail or contract that has them."""


@dataclass(frozen=True, kw_only=True)
class Granted:
    """What the outlet said yes to.

    ends_on: the last day. A limit that is None does not limit. languages: besides the one that was asked for.
    """

    ends_on: date | None = None
    max_words: int | None = None
    stay_days: int | None = None
    credit_line: str = ""
    languages: Sequence[str] = ()
    may_by_machine: bool = False
    with_pictures: bool = False


@transaction.atomic
def propose_asking(
    *,
    original: Original,
    use: str,
    language: str,
    by: User | None,
    now: datetime,
    words: int | None = None,
    with_pictures: bool = False,
    credit_line: str = "",
) -> Request:
    """Propose to ask the original's outlet for one use, with the letter already written in the outlet's language.

    Raises AlreadyAsked, ValidationError.
    """
    original = Original.objects.select_for_update().get(pk=original.pk)
    known = Request.objects.open().filter(
        permission__original=original, permission__use=use, permission__language=language
    )
    if taken := known.first():
        raise AlreadyAsked(taken)
    permission = Permission(
        original=original,
        use=use,
        language=language,
        starts_on=_today(now),
        max_words=words,
        credit_line=credit_line or one_line(original.outlet.shown_name),
    )
    permission.full_clean()
    permission.save()
    request = Request(
        permission=permission,
        words=words,
        with_pictures=with_pictures,
        answer_by=answer_day(_today(now), days=settings.DATELINE_ASK_ANSWER_DAYS),
        by=by,
        at=now,
    )
    request.letter = _letter(request, kind=REQUEST, by=by)
    request.full_clean(exclude=["letter"])
    request.save()
    _note("propose-asking", request, by=by, now=now, before={})
    return request


@transaction.atomic
def accept_asking(*, request: Request, by: User | None, now: datetime) -> Request:
    """Agree to ask. Raises WrongStep."""
    return _enter(_locked(request), Request.State.ACCEPTED, verb="accept-asking", by=by, now=now)


@transaction.atomic
def reword_letter(
    *, request: Request, to: str, subject: str, body: str, by: User | None, now: datetime
) -> Letter:
    """Change the letter before it goes. Raises AlreadyGone, ValidationError."""
    letter = reword(letter=request.letter, to=to, subject=subject, body=body)
    write_down(verb="reword-letter", subject=request, by=by, now=now, summary=letter.subject)
    return letter


@transaction.atomic
def send_letter(*, request: Request, by: User | None, now: datetime) -> Request:
    """Send the letter; the request is asked once it has gone. Raises WrongStep, NoMail, NoAddress, AlreadyGone."""
    request = _locked(request)
    Asking.check(request.state, Request.State.ASKED)
    post(letter=request.letter)
    write_down(verb="send-letter", subject=request, by=by, now=now, summary=request.letter.subject)
    return request


@transaction.atomic
def sent_by_hand(*, request: Request, by: User | None, now: datetime) -> Request:
    """Note that somebody sent the letter from a mailbox of their own. Raises WrongStep, AlreadyGone."""
    request = _locked(request)
    Asking.check(request.state, Request.State.ASKED)
    note_by_hand(letter=request.letter, now=now)
    return _asked(request, by=by, now=now)


def letter_gone(letter: Letter, now: datetime) -> None:
    """Note of a letter that has just gone what it was for, in the transaction that notes that it went."""
    request = Request.objects.filter(letter=letter, state=Request.State.ACCEPTED).first()
    if request:
        _asked(_locked(request), by=letter.by, now=now)


@transaction.atomic
def grant_asked(
    *,
    request: Request,
    granted: Granted,
    answer: str,
    by: User | None,
    now: datetime,
    evidence: "UploadedFile[bytes] | None" = None,
) -> Request:
    """File that the outlet said yes, with its conditions: they become those of the permission.

    Each further language has a permission of its own; the pictures have theirs. Raises WrongStep, NoAnswerFiled,
    ValidationError.
    """
    request = _answered(_locked(request), Request.State.GRANTED, answer=answer, evidence=evidence, now=now)
    for language in dict.fromkeys([request.permission.language, *granted.languages]):
        _grant(_permission_into(request, language), granted, request=request, by=by, now=now)
    if granted.with_pictures:
        request.pictures = PicturePermission.objects.create(
            ground=PicturePermission.Ground.GRANTED,
            holder=one_line(request.permission.original.outlet.shown_name)[:200],
            starts_on=_today(now),
            ends_on=granted.ends_on,
            evidence=_told(request),
        )
    return _enter(request, Request.State.GRANTED, verb="grant-asked", by=by, now=now, summary=_told(request))


@transaction.atomic
def refuse_asked(
    *,
    request: Request,
    answer: str,
    by: User | None,
    now: datetime,
    evidence: "UploadedFile[bytes] | None" = None,
) -> Request:
    """File that the outlet said no, and why. Raises WrongStep, NoAnswerFiled, ValidationError."""
    request = _answered(_locked(request), Request.State.REFUSED, answer=answer, evidence=evidence, now=now)
    _close(request.permission, Permission.State.REFUSED, why=_told(request), by=by, now=now)
    return _enter(request, Request.State.REFUSED, verb="refuse-asked", by=by, now=now, summary=_told(request))


@transaction.atomic
def drop_asking(*, request: Request, reason: str, by: User | None, now: datetime) -> Request:
    """Give up asking: the permission grants nothing and is closed. Raises WrongStep."""
    request = _enter(
        _locked(request), Request.State.DROPPED, verb="drop-asking", by=by, now=now, summary=reason
    )
    _close(request.permission, Permission.State.REVOKED, why=reason, by=by, now=now)
    return request


def follow_requests(*, now: datetime) -> tuple[int, int]:
    """Remind outlets that have not answered, once, and close what stayed silent. Returns how many of each."""
    today = _today(now)
    late = [
        one for one in Request.objects.overdue(today=today) if is_silent(answer_by=one.answer_by, today=today)
    ]
    for request in late:
        _fall_silent(request, now=now)
    due = Request.objects.with_all().filter(
        state=Request.State.ASKED,
        reminder=None,
        asked_at__lte=now - timedelta(days=settings.DATELINE_ASK_REMINDER_DAYS),
    )
    reminded = [_remind(request, now=now) for request in due] if mail_is_set_up() else []
    return sum(reminded), len(late)


def reminder_due(request: Request) -> datetime | None:
    """Return when an unanswered request is reminded of, None where it was, or nobody waits."""
    if request.state != Request.State.ASKED or request.reminder_id or request.asked_at is None:
        return None
    return reminder_at(request.asked_at, days=settings.DATELINE_ASK_REMINDER_DAYS)


@transaction.atomic
def _fall_silent(request: Request, *, now: datetime) -> None:
    _enter(_locked(request), Request.State.SILENT, verb="fall-silent", by=None, now=now)


@transaction.atomic
def _remind(request: Request, *, now: datetime) -> bool:
    request = _locked(request)
    if request.reminder_id or request.state != Request.State.ASKED:
        return False
    letter = _letter(request, kind=REMINDER, by=request.by, to=request.letter.to)
    request.reminder = letter
    request.save(update_fields=["reminder"])
    try:
        post(letter=letter)
    except NoAddress:  # it was sent by hand to somebody whom only that person knows
        return False
    write_down(verb="remind", subject=request, by=None, now=now, summary=letter.subject)
    return True


def _letter(request: Request, *, kind: str, by: User | None, to: str = "") -> Letter:
    original = request.permission.original
    outlet = original.outlet
    language = outlet.language or original.language
    tag = wording(kind, language)[2]
    return write(
        kind=kind,
        language=language,
        to=to or address_of(outlet),
        values=_values(request, tag),
        by=by,
        answers=request.letter.message_id if kind == REMINDER else "",
    )


def _values(request: Request, tag: str) -> dict[str, str]:
    said = WORDS.get(tag, WORDS["en"])
    with override(tag):
        answer_by = date_format(request.answer_by, "DATE_FORMAT")
        asked = timezone.localtime(request.asked_at, zone(identity())) if request.asked_at else None
        asked_on = date_format(asked, "DATE_FORMAT") if asked else ""
    return {
        **piece_words(request.permission, by=request.by, tag=tag),
        "words": said["at most"] % request.words if request.words else said["full"],
        "pictures": said["yes"] if request.with_pictures else said["no"],
        "answer_by": answer_by,
        "asked_on": asked_on,
    }


def piece_words(permission: Permission, *, by: User | None, tag: str) -> dict[str, str]:
    """Return what a letter in the language `tag` says of us, of the outlet and of the piece."""
    original, publication = permission.original, identity()
    said = WORDS.get(tag, WORDS["en"])
    with override(tag):
        language = name_in(permission.language)
    return {
        "site": publication.name,
        "site_address": settings.DATELINE_URL,
        "outlet": one_line(original.outlet.shown_name),
        "contact": _name_of(original.outlet) or said["you"],
        "sender": str(by or publication.name),
        "headline": one_line(original.headline),
        "address": original.url,
        "use": said[permission.use],
        "language": language,
        "credit": permission.credit_line,
    }


def address_of(outlet: Outlet) -> str:
    """Return to whom one writes at an outlet: the first of its contacts with an address, else its own; or nobody."""
    written = outlet.contacts.exclude(email="").first()
    return written.email if written else outlet.contact_email


def _name_of(outlet: Outlet) -> str:
    written = outlet.contacts.exclude(email="").first()
    return one_line(written.name) if written else ""


def name_in(code: str) -> str:
    """Return what a language is called in the language that is active now; its own name where we do not know."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return dict(settings.LANGUAGES).get(code, code)


def _asked(request: Request, *, by: User | None, now: datetime) -> Request:
    request.asked_at = now
    answer_by = answer_day(_today(now), days=settings.DATELINE_ASK_ANSWER_DAYS)
    request.answer_by = max(request.answer_by, answer_by)
    request.permission.state = Permission.State.ASKED
    request.permission.save(update_fields=["state"])
    return _enter(request, Request.State.ASKED, verb="ask", by=by, now=now)


def _answered(
    request: Request,
    state: Request.State,
    *,
    answer: str,
    evidence: "UploadedFile[bytes] | None",
    now: datetime,
) -> Request:
    Asking.check(request.state, state)
    if not answer.strip() and evidence is None:
        raise NoAnswerFiled("File the answer: write what they said, or add the mail or contract.")
    request.answer, request.answered_at = answer.strip(), now
    if evidence is not None:
        request.evidence = evidence
    return request


def _close(
    permission: Permission, state: Permission.State, *, why: str, by: User | None, now: datetime
) -> None:
    permission.state, permission.evidence = state, why
    permission.decided_by, permission.decided_at = by, now
    permission.full_clean()
    permission.save()


def _permission_into(request: Request, language: str) -> Permission:
    asked = request.permission
    if language == asked.language:
        return asked
    return Permission(original=asked.original, use=asked.use, language=language, starts_on=asked.starts_on)


def _grant(
    permission: Permission, granted: Granted, *, request: Request, by: User | None, now: datetime
) -> Permission:
    permission.state = Permission.State.GRANTED
    permission.ends_on = granted.ends_on
    permission.max_words = granted.max_words
    permission.stay_days = granted.stay_days
    permission.may_by_machine = granted.may_by_machine
    permission.credit_line = granted.credit_line or request.permission.credit_line
    permission.evidence = _told(request)
    permission.decided_by, permission.decided_at = by, now
    permission.full_clean()
    permission.save()
    return permission


def _told(request: Request) -> str:
    """Return the answer as evidence: its words, or where they are filed."""
    return request.answer or f"{request.evidence.name} (request {request.pk})"


def _enter(
    request: Request, state: Request.State, *, verb: str, by: User | None, now: datetime, summary: str = ""
) -> Request:
    """Take a request that is locked one step on. Raises WrongStep, ValidationError."""
    Asking.check(request.state, state)
    before, request.state = {"state": request.state}, state
    request.full_clean()
    request.save()
    _note(verb, request, by=by, now=now, before=before, summary=summary)
    return request


def _locked(request: Request) -> Request:
    return (
        Request.objects.select_for_update(of=("self",))
        .select_related("permission__original__outlet", "letter", "reminder", "by")
        .get(pk=request.pk)
    )


def _note(
    verb: str,
    request: Request,
    *,
    by: User | None,
    now: datetime,
    before: dict[str, str],
    summary: str = "",
) -> None:
    after = {"state": str(request.state)}
    write_down(
        verb=verb,
        subject=request,
        by=by,
        now=now,
        summary=summary or str(request),
        before=before,
        after=after,
    )


def _today(now: datetime) -> date:
    return timezone.localtime(now, zone(identity())).date()
