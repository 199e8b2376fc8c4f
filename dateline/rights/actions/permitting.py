"""Verbs about permission: take what an agreement gives, record a grant, take one back."""

from datetime import datetime

from django.db import transaction

from dateline.agreements.models import Agreement
from dateline.intake.models import Original
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.rights.models import Permission


@transaction.atomic
def take_from_agreement(
    *, original: Original, agreement: Agreement, use: str, language: str, by: User | None, now: datetime
) -> Permission:
    """Return the permission for one use of one original that its outlet's agreement gives; made once, then found.

    It ends with its agreement, whenever that is: an agreement that is renewed renews what was taken from it.
    Whether it is enough is for the gate to say on the day: a permission never gives more than its agreement.
    """
    held = Permission.objects.filter(
        original=original, agreement=agreement, use=use, language=language, state=Permission.State.GRANTED
    ).first()
    if held:
        return held
    permission = Permission(
        original=original,
        agreement=agreement,
        use=use,
        language=language,
        state=Permission.State.GRANTED,
        starts_on=agreement.starts_on,
        credit_line=agreement.credit_line,
        decided_by=by,
        decided_at=now,
    )
    permission.full_clean()
    permission.save()
    write_down(verb="take-permission", subject=permission, by=by, now=now, summary=str(agreement))
    return permission


@transaction.atomic
def record_grant(
    *,
    original: Original,
    use: str,
    language: str,
    evidence: str,
    by: User | None,
    now: datetime,
    credit_line: str = "",
) -> Permission:
    """Record that the outlet granted one use of one piece. `evidence` says who, when and how.

    Raises ValidationError where the evidence is empty.
    """
    permission = Permission(
        original=original,
        use=use,
        language=language,
        state=Permission.State.GRANTED,
        starts_on=now.date(),
        credit_line=credit_line,
        evidence=evidence,
        decided_by=by,
        decided_at=now,
    )
    permission.full_clean()
    permission.save()
    write_down(verb="record-grant", subject=permission, by=by, now=now, summary=evidence)
    return permission


@transaction.atomic
def revoke(*, permission: Permission, reason: str, by: User | None, now: datetime) -> Permission:
    """Take a permission back: the gate refuses what rests on it from now on, and what stands under it ends."""
    permission.state = Permission.State.REVOKED
    permission.decided_by, permission.decided_at = by, now
    permission.full_clean()
    permission.save()
    write_down(verb="revoke", subject=permission, by=by, now=now, summary=reason)
    return permission
