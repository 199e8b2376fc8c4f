"""Reading the rights across tables, for the desk."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import F, Q, QuerySet

from dateline.agreements.may import Answer, Wish, may
from dateline.rights.models import Approval, Permission, Use, Withdrawal
from dateline.rights.quoting import QUOTATION
from dateline.site.queries import identity, zone


def permissions(*, state: str = "") -> QuerySet[Permission]:
    """Return permissions, newest first, with all that a list shows of each. An empty state narrows nothing."""
    found = Permission.objects.select_related("original__outlet", "agreement__outlet", "decided_by")
    return found.filter(state=state) if state else found


def answer_for(permission: Permission, wish: Wish, *, piece: uuid.UUID) -> Answer:
    """Answer whether a permission allows the wish for this piece of ours, with its month's quota counted.

    Whether the site is commercial is the owner's word in its identity.
    """
    counted = used_in_month(permission, on=wish.on, but=piece)
    used = {f"permission:{permission.pk}": counted}
    declared = (
        wish if wish.is_commercial is not None else replace(wish, is_commercial=identity().is_commercial)
    )
    return may(declared, permission.grants(), used=used)


def answer_for_quotation(wish: Wish) -> Answer:
    """Answer whether a piece may be quoted so without anybody's permission."""
    return may(wish, [QUOTATION])


def used_in_month(permission: Permission, *, on: date, but: uuid.UUID | None = None) -> int:
    """Return how many pieces came out under the permission's agreement in that month, this one left out.

    A month is one of the site's zone. Where there is no agreement, what came out under the permission itself.
    """
    first = on.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    same = (
        Q(permission__agreement=permission.agreement_id)
        if permission.agreement_id
        else Q(permission=permission.pk)
    )
    begun = Use.objects.filter(same, began_at__gte=_start(first), began_at__lt=_start(following))
    others = begun.exclude(piece=but) if but else begun
    return others.values("piece").distinct().count()


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone(identity())).astimezone(UTC)


def is_approved(piece: uuid.UUID, *, fingerprint: str) -> bool:
    """Return whether the outlet approved this very text of a piece."""
    return Approval.objects.filter(
        piece=piece, fingerprint=fingerprint, state=Approval.State.APPROVED
    ).exists()


def approvals_of(piece: uuid.UUID) -> QuerySet[Approval]:
    """Return what an outlet was shown of a piece, newest first."""
    return Approval.objects.with_all().filter(piece=piece)


def withdrawals() -> QuerySet[Withdrawal]:
    """Return withdrawals with their steps: first those that are not done, then the newest."""
    listed = Withdrawal.objects.select_related("by").prefetch_related("steps")
    return listed.order_by(F("done_at").desc(nulls_first=True), "-at")
