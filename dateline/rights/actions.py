"""Verbs about permission: take what an agreement gives, record a grant, keep the ledger, withdraw."""

import uuid
from datetime import datetime

from django.db import models, transaction

from dateline.agreements.models import Agreement
from dateline.intake.models import Original
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.rights import surfaces
from dateline.rights.models import Permission, Use, Withdrawal, WithdrawalStep
from dateline.work.actions import enqueue_by_name


@transaction.atomic
def take_from_agreement(
    *, original: Original, agreement: Agreement, use: str, language: str, by: User | None, now: datetime
) -> Permission:
    """Return the permission for one use of one original that its outlet's agreement gives; made once, then found.

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
        ends_on=agreement.ends_on,
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
    """Take a permission back: the gate refuses what rests on it from now on."""
    permission.state = Permission.State.REVOKED
    permission.decided_by, permission.decided_at = by, now
    permission.full_clean()
    permission.save()
    write_down(verb="revoke", subject=permission, by=by, now=now, summary=reason)
    return permission


def enter_use(*, permission: Permission, piece: uuid.UUID, words: int, now: datetime) -> Use:
    """Write into the ledger that `piece` uses `permission` from now on. A running use is kept, its words renewed."""
    Use.objects.filter(piece=piece, ended_at__isnull=True).exclude(permission=permission).update(ended_at=now)
    use, _made = Use.objects.update_or_create(
        permission=permission,
        piece=piece,
        ended_at=None,
        defaults={"words": words},
        create_defaults={"words": words, "began_at": now},
    )
    return use


def end_uses(*, piece: uuid.UUID, now: datetime) -> int:
    """Close the running uses of a piece in the ledger. Returns how many there were."""
    return Use.objects.filter(piece=piece, ended_at__isnull=True).update(ended_at=now)


@transaction.atomic
def begin_withdrawal(
    *,
    piece: uuid.UUID,
    address: str,
    title: str,
    ground: Withdrawal.Ground,
    reason: str,
    by: User | None,
    now: datetime,
) -> Withdrawal:
    """Lay down a withdrawal with a step for each registered surface, and hand it to the workers."""
    withdrawal = Withdrawal(
        piece=piece, address=address, title=title[:300], ground=ground, reason=reason, by=by, at=now
    )
    withdrawal.full_clean()
    withdrawal.save()
    for name in surfaces.names():
        WithdrawalStep.objects.create(withdrawal=withdrawal, surface=name)
    enqueue_by_name("rights.withdraw", key=f"withdraw:{withdrawal.pk}", withdrawal_id=withdrawal.pk)
    return withdrawal


def carry_out(*, withdrawal: Withdrawal, now: datetime) -> Withdrawal:
    """Let each surface that has not yet answered take the piece down. Done when all have.

    A surface in trouble keeps its step open with the reason, and the error is raised again at the end,
    so that the worker tries once more.
    """
    trouble: Exception | None = None
    for step in withdrawal.steps.filter(done_at__isnull=True):
        try:
            surfaces.take_down(step.surface, withdrawal)
        except Exception as error:  # noqa: BLE001  # each surface is somebody else's code; none may stop the others
            step.trouble, trouble = str(error)[:300], error
        else:
            step.trouble, step.done_at = "", now
        step.save()
    if trouble is not None:
        raise trouble
    withdrawal.done_at = now
    withdrawal.save(update_fields=["done_at"])
    return withdrawal


def open_withdrawals() -> "models.QuerySet[Withdrawal]":
    """Return those that some surface has not yet answered."""
    return Withdrawal.objects.filter(done_at__isnull=True)
