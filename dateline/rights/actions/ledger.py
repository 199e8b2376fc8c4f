"""Keeping the ledger of uses."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from dateline.rights.models import Permission, Use


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


def enter_uses(*, words: Mapping[Permission, int], piece: uuid.UUID, now: datetime) -> None:
    """Write into the ledger that `piece` rests on several permissions, each for so many words; others of it end."""
    running = Use.objects.filter(piece=piece, ended_at__isnull=True)
    running.exclude(permission__in=list(words)).update(ended_at=now)
    for permission, count in words.items():
        Use.objects.update_or_create(
            permission=permission,
            piece=piece,
            ended_at=None,
            defaults={"words": count},
            create_defaults={"words": count, "began_at": now},
        )


def end_uses(*, piece: uuid.UUID, now: datetime) -> int:
    """Close the running uses of a piece in the ledger. Returns how many there were."""
    return Use.objects.filter(piece=piece, ended_at__isnull=True).update(ended_at=now)
