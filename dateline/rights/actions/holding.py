"""Legal holds: what they keep may not be deleted by anybody, the machine included."""

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext as _

from dateline.intake.models import Original
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.rights import standing
from dateline.rights.models import Hold


class Held(ProtectedError):
    """A legal hold keeps it. The message names the hold and says what to do."""


class NotHeld(ValueError):
    """The hold was lifted before."""


@transaction.atomic
def hold(
    *,
    reason: str,
    by: User | None,
    now: datetime,
    piece: uuid.UUID | None = None,
    original: Original | None = None,
) -> Hold:
    """Keep a piece of ours, or an original and all that was made from it, from any deletion.

    A piece's hold keeps its original too. One that is held already gets the hold that stands.
    Raises ValidationError without a reason or a thing to hold.
    """
    reason = reason.strip()
    source = original or _original_of(piece)
    standing_one = Hold.objects.standing().filter(piece=piece, original=source).first()
    if standing_one is not None and (piece or source):
        return standing_one
    held = Hold(piece=piece, original=source, reason=reason, by=by, at=now)
    held.full_clean()
    held.save()
    write_down(verb="hold", subject=held, by=by, now=now, summary=reason)
    return held


@transaction.atomic
def lift_hold(*, hold: Hold, reason: str, by: User | None, now: datetime) -> Hold:
    """Let what was held be deleted again by those who may. The hold itself stays in the book.

    Raises NotHeld where it was lifted before, ValueError without a reason.
    """
    if hold.lifted_at is not None:
        raise NotHeld(_("The hold was lifted on %s.") % hold.lifted_at.date().isoformat())
    if not reason.strip():
        raise ValueError(_("Say why the hold is lifted."))
    hold.lifted_at, hold.lifted_by, hold.lift_reason = now, by, reason.strip()
    hold.full_clean()
    hold.save()
    write_down(verb="lift-hold", subject=hold, by=by, now=now, summary=hold.lift_reason)
    return hold


def _original_of(piece: uuid.UUID | None) -> Original | None:
    if piece is None:
        return None
    number = standing.whoever_knows().originals_of([piece]).get(piece)
    return Original.objects.filter(pk=number).first() if number else None


def held_originals(originals: Collection[int]) -> dict[int, str]:
    """Return those of some originals that a hold keeps, with the reason."""
    rows = Hold.objects.standing().filter(original__in=originals).order_by("pk")
    return dict(rows.values_list("original", "reason"))


def hold_on(*, piece: uuid.UUID | None = None, original: int | None = None) -> Hold | None:
    """Return the hold that keeps a piece or an original. That of an original keeps what was made from it."""
    concerned = Q(pk__in=())
    if piece is not None:
        concerned |= Q(piece=piece)
    if original is not None:
        concerned |= Q(original=original)
    return Hold.objects.standing().filter(concerned).first()


def refuse_while_held(subject: Any, *, piece: uuid.UUID | None = None, original: int | None = None) -> None:
    """Let somebody delete `subject`, which belongs to the piece or original. Raises Held."""
    found = hold_on(piece=piece, original=original)
    if found is None:
        return
    words = _(
        "“%(what)s” is under a legal hold since %(day)s (%(reason)s), so nothing of it may be deleted."
        " Lift the hold first."
    )
    told = {"what": subject, "day": found.at.date().isoformat(), "reason": found.reason}
    raise Held(words % told, {subject})
