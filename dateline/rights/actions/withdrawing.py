"""Taking a piece back on every surface, and letting it come back where its right was renewed."""

import uuid
from datetime import datetime

from django.db import models, transaction

from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.rights import surfaces
from dateline.rights.models import Withdrawal, WithdrawalStep
from dateline.work.actions import enqueue_by_name


class ForGood(ValueError):
    """Only what was withdrawn because its rights ended can come back."""


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


@transaction.atomic
def lift_withdrawal(*, withdrawal: Withdrawal, by: User | None, now: datetime) -> Withdrawal:
    """Let a piece come back whose rights were renewed. It stays withdrawn until somebody publishes it.

    A second time changes nothing. Raises ForGood where the ground was another: a decision and an order stay.
    """
    if withdrawal.ground != Withdrawal.Ground.RIGHTS:
        raise ForGood(
            f"“{withdrawal.title}” was withdrawn for another reason ({withdrawal.get_ground_display()}) and stays so."
            " Make a new article of it."
        )
    if withdrawal.lifted_at is None:
        withdrawal.lifted_at, withdrawal.lifted_by = now, by
        withdrawal.full_clean()
        withdrawal.save(update_fields=["lifted_at", "lifted_by"])
        write_down(verb="lift-withdrawal", subject=withdrawal, by=by, now=now, summary=withdrawal.reason)
    return withdrawal
