"""Background work of the room rights."""

from django.utils import timezone

from dateline.rights.actions import carry_out
from dateline.rights.models import Withdrawal
from dateline.work.register import named_task


@named_task("rights.withdraw", unique=("withdrawal_id",), max_attempts=20, priority=50)
def withdraw(withdrawal_id: int) -> None:
    """Let every surface take a withdrawn piece down; run again until all have."""
    carry_out(withdrawal=Withdrawal.objects.get(pk=withdrawal_id), now=timezone.now())
