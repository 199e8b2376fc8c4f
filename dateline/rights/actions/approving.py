"""Letting an outlet read a text before it goes out."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.rights.actions.asking import address_of, piece_words
from dateline.rights.actions.mailing import mail_is_set_up, post, wording, write
from dateline.rights.approvals import LONGEST_NOTE, OPEN_DAYS, Approving, ShownText
from dateline.rights.letters import APPROVAL
from dateline.rights.models import Approval, Letter, Permission
from dateline.rights.models.approval import new_token
from dateline.site.queries import identity, zone


class PageClosed(ValueError):
    """The outlet's page is closed, answered, or its time is over."""


class NoteMissing(ValueError):
    """Whoever asks for a change says which."""


@transaction.atomic
def ask_approval(
    *, permission: Permission, piece: uuid.UUID, text: ShownText, by: User | None, now: datetime
) -> Approval:
    """Show a text to its outlet on a private page, and write the letter that leads there; it goes where mail is set up.

    The page of an older text is closed. The same text that is open or approved already is not shown again.
    """
    held = Approval.objects.filter(piece=piece, state__in=["open", "approved"]).first()
    if held and held.fingerprint == text.fingerprint and (held.state == "approved" or held.expires_at > now):
        return held
    for older in Approval.objects.filter(piece=piece).exclude(state="closed"):
        close_approval(approval=older, by=by, now=now)
    token, expires_at = new_token(), now + timedelta(days=OPEN_DAYS)
    approval = Approval(
        permission=permission,
        piece=piece,
        token=token,
        letter=_letter(permission, token=token, expires_at=expires_at, by=by),
        language=text.language,
        headline=text.headline,
        standfirst=text.standfirst,
        paragraphs=list(text.paragraphs),
        credit_line=text.credit_line,
        fingerprint=text.fingerprint,
        by=by,
        at=now,
        expires_at=expires_at,
    )
    approval.full_clean(exclude=["letter"])
    approval.save()
    if mail_is_set_up() and approval.letter.to:
        post(letter=approval.letter)
    write_down(verb="ask-approval", subject=approval, by=by, now=now, summary=str(approval))
    return approval


@transaction.atomic
def answer_approval(*, approval: Approval, is_yes: bool, note: str = "", now: datetime) -> Approval:
    """Take the outlet's answer from its page. Raises PageClosed, NoteMissing."""
    approval = Approval.objects.select_for_update().get(pk=approval.pk)
    wanted = Approval.State.APPROVED if is_yes else Approval.State.CHANGE
    if approval.state != Approval.State.OPEN or approval.expires_at <= now:
        raise PageClosed("The page is answered or closed.")
    Approving.check(approval.state, wanted)
    if not is_yes and not note.strip():
        raise NoteMissing("Say what should be changed.")
    approval.state, approval.note, approval.answered_at = wanted, note.strip()[:LONGEST_NOTE], now
    approval.full_clean()
    approval.save()
    write_down(
        verb=f"outlet-{wanted}", subject=approval, by=None, now=now, summary=approval.note or str(approval)
    )
    return approval


@transaction.atomic
def close_approval(*, approval: Approval, by: User | None, now: datetime) -> Approval:
    """Close an outlet's page: its address shows nothing any more. Raises WrongStep."""
    approval = Approval.objects.select_for_update().get(pk=approval.pk)
    Approving.check(approval.state, Approval.State.CLOSED)
    before, approval.state = {"state": approval.state}, Approval.State.CLOSED
    approval.save(update_fields=["state"])
    write_down(verb="close-approval", subject=approval, by=by, now=now, summary=str(approval), before=before)
    return approval


def private_address(token: str) -> str:
    """Return the address of an outlet's page."""
    return f"{settings.DATELINE_URL}/for/{token}/"


def _letter(permission: Permission, *, token: str, expires_at: datetime, by: User | None) -> Letter:
    outlet = permission.original.outlet
    language = outlet.language or permission.original.language
    tag = wording(APPROVAL, language)[2]
    with override(tag):
        day = date_format(timezone.localtime(expires_at, zone(identity())), "DATE_FORMAT")
    values = {**piece_words(permission, by=by, tag=tag), "link": private_address(token), "expires": day}
    return write(kind=APPROVAL, language=language, to=address_of(outlet), values=values, by=by)
