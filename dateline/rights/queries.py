"""Reading the rights across tables, for the desk."""

from django.db.models import F, QuerySet

from dateline.rights.models import Permission, Withdrawal


def permissions(*, state: str = "") -> QuerySet[Permission]:
    """Return permissions, newest first, with all that a list shows of each. An empty state narrows nothing."""
    found = Permission.objects.select_related("original__outlet", "agreement__outlet", "decided_by")
    return found.filter(state=state) if state else found


def withdrawals() -> QuerySet[Withdrawal]:
    """Return withdrawals with their steps: first those that are not done, then the newest."""
    listed = Withdrawal.objects.select_related("by").prefetch_related("steps")
    return listed.order_by(F("done_at").desc(nulls_first=True), "-at")
