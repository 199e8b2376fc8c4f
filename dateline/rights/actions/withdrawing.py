"""Taking a piece back on every surface, and letting it come back where its right was renewed."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import models, transaction

from dateline.lib.crash import crash_point
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
    WithdrawalStep.objects.bulk_create(
        [WithdrawalStep(withdrawal=withdrawal, surface=name) for name in surfaces.names()]
    )
    enqueue_by_name("rights.withdraw", key=f"withdraw:{withdrawal.pk}", withdrawal_id=withdrawal.pk)
    return withdrawal


def carry_out(*, withdrawal: Withdrawal, now: datetime) -> Withdrawal:
    """Let each surface that has not yet answered take the piece down. Done when all have.

    A surface in trouble keeps its step open with the reason, and the error is raised again at the end,
    so that the worker tries once more.
    """
    trouble = _answered([withdrawal], now=now).get(withdrawal.pk)
    if trouble is not None:
        raise trouble
    withdrawal.refresh_from_db(fields=["done_at"])
    return withdrawal


def carry_out_all(*, withdrawal_id: int, now: datetime) -> int:
    """Carry out a withdrawal, and with it all others that are open: each surface is made again once for all of them.

    One that an earlier call has carried out asks for nothing. Trouble of this one is raised; each of the others has
    a job of its own, which is tried again. Returns how many were handed to the surfaces.
    """
    own = Withdrawal.objects.get(pk=withdrawal_id)
    if own.done_at is not None:
        return 0
    due = [own, *open_withdrawals().exclude(pk=own.pk).order_by("at", "pk")]
    trouble = _answered(due, now=now).get(own.pk)
    if trouble is not None:
        raise trouble
    return len(due)


def _answered(withdrawals: Sequence[Withdrawal], *, now: datetime) -> dict[int, Exception]:
    """Ask each surface about all that is due there. Returns which withdrawals are in trouble, and why."""
    troubles: dict[int, Exception] = {}
    by_number = {one.pk: one for one in withdrawals}
    steps = WithdrawalStep.objects.filter(withdrawal__in=by_number, done_at__isnull=True)
    for surface in _in_order(set(steps.values_list("surface", flat=True))):
        due = [
            by_number[number] for number in steps.filter(surface=surface).values_list("withdrawal", flat=True)
        ]
        troubles |= _taken_down(surface, due, now=now)
        crash_point("rights.surface-answered")
    done = Withdrawal.objects.filter(pk__in=by_number, done_at__isnull=True)
    done.exclude(steps__done_at__isnull=True).update(done_at=now)
    return troubles


def _in_order(found: set[str]) -> list[str]:
    """As they signed in; those that sign in no more come last, and are in trouble."""
    known = surfaces.names()
    return [*(name for name in known if name in found), *sorted(found - set(known))]


def _taken_down(surface: str, due: list[Withdrawal], *, now: datetime) -> dict[int, Exception]:
    try:
        surfaces.take_down(surface, due)
    except Exception as error:  # noqa: BLE001  # each surface is somebody else's code; none may stop the others
        if len(due) == 1:
            _steps(surface, due).update(trouble=str(error)[:300])
            return {due[0].pk: error}
        alone = [_taken_down(surface, [one], now=now) for one in due]
        return {number: trouble for one in alone for number, trouble in one.items()}
    _steps(surface, due).update(trouble="", done_at=now)
    return {}


def _steps(surface: str, due: list[Withdrawal]) -> "models.QuerySet[WithdrawalStep]":
    return WithdrawalStep.objects.filter(
        surface=surface, withdrawal__in=[one.pk for one in due], done_at=None
    )


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
