"""What is held is not deleted, and what changes a right is followed at once."""

import uuid
from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_save, pre_delete

from dateline.intake.models import Original, Snapshot
from dateline.rights.actions.holding import refuse_while_held
from dateline.site.models import Identity
from dateline.work.actions import enqueue_by_name

# The piece and the original (by number) to which a row belongs.
Owner = tuple[uuid.UUID | None, int | None]


def connect() -> None:
    """Listen."""
    keep(Original, lambda original: (None, original.pk))
    keep(Snapshot, lambda snapshot: (None, snapshot.original_id))
    post_save.connect(_zone_may_have_changed, sender=Identity, dispatch_uid="rights.identity")


def keep(model: type[Model], owner_of: Callable[[Any], Owner]) -> None:
    """Refuse to delete a row of `model` while a hold keeps what it belongs to."""

    def refuse(instance: Any, **_signal: Any) -> None:
        piece, original = owner_of(instance)
        refuse_while_held(instance, piece=piece, original=original)

    label = model._meta.label_lower
    pre_delete.connect(refuse, sender=model, weak=False, dispatch_uid=f"rights.held-{label}")


def _zone_may_have_changed(**signal: Any) -> None:
    """Days end at other minutes in another zone, and a commercial site may show less."""
    if not signal.get("raw"):
        enqueue_by_name("rights.look_over")
