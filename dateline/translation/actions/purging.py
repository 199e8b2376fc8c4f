"""Letting the memory forget a source that was taken back."""

from datetime import datetime

from django.db import transaction

from dateline.intake.models import Original
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.rights.actions import refuse_while_held
from dateline.translation.models import MemoryUnit


@transaction.atomic
def purge_memory(*, original: Original, reason: str, by: User | None, now: datetime) -> int:
    """Delete all that the memory has learned from an original. Returns how many sentences.

    What stands in articles stays there. Raises rights.actions.Held while a hold keeps them.
    """
    refuse_while_held(original, original=original.pk)
    count, _rows = MemoryUnit.objects.filter(original=original).delete()
    write_down(
        verb="purge-memory",
        subject=original,
        by=by,
        now=now,
        summary=reason,
        before={"units": count},
        after={"units": 0},
    )
    return count
