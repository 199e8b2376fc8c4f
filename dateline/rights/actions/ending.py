"""Following rights to their end: what stands is known with the minute at which it has to go."""

import uuid
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from dateline.people.models import User
from dateline.rights import standing
from dateline.rights.models import Ending, Withdrawal
from dateline.work.actions import enqueue_by_name
from dateline.work.queries import unfinished_jobs

# Time to make the pages of a few hundred pieces, and what shows them.
READY_AHEAD: Final = timedelta(seconds=300)
AWAKE_AHEAD: Final = timedelta(seconds=2)


@transaction.atomic
def renew_endings(*, piece: uuid.UUID, now: datetime, is_after_end: bool = False) -> datetime | None:
    """Write down anew what ends for a piece, and have it looked at when the first of it does.

    What has ended already is left to the one job for all such pieces. is_after_end: it was looked at just now; what
    could not be ended waits for the next sweep.
    Returns that moment; None where nothing ends, or readers do not see the piece: then only a takedown is kept.
    """
    found = standing.whoever_knows().endings_of(piece, now=now)
    if found is None:
        Ending.objects.filter(piece=piece).exclude(kind=Ending.Kind.TAKEDOWN).delete()
        return None
    _write(piece, found)
    first = Ending.objects.filter(piece=piece).order_by("at").first()
    if first is None:
        return None
    if first.at > now:
        _look_at(first.at)
    elif not is_after_end:
        enqueue_by_name("rights.end_left")
    return first.at


def renew_all(*, pieces: Iterable[uuid.UUID], now: datetime) -> int:
    """Write down anew what ends for many pieces, each in its own transaction. Returns how many have an end."""
    return sum(renew_endings(piece=piece, now=now) is not None for piece in pieces)


def _write(piece: uuid.UUID, found: Collection[standing.Due]) -> None:
    known = {
        (row.kind, row.picture): row
        for row in Ending.objects.filter(piece=piece).exclude(kind=Ending.Kind.TAKEDOWN)
    }
    for due in found:
        row = known.pop((due.kind, due.picture), None)
        if row is not None and (row.at, row.reason) == (due.at, due.reason):
            continue
        Ending.objects.update_or_create(
            piece=piece,
            kind=due.kind,
            picture=due.picture,
            defaults={"at": due.at, "reason": due.reason},
        )
    Ending.objects.filter(pk__in=[row.pk for row in known.values()]).delete()


def _look_at(moment: datetime) -> None:
    """One job for all that ends at a moment, so that it goes together; and one that makes it ready before."""
    told = moment.isoformat()
    enqueue_by_name("rights.make_ready", key=f"ready:{told}", run_after=moment - READY_AHEAD, moment=told)
    wake_up_for(moment)


def wake_up_for(moment: datetime, *, ahead: timedelta = AWAKE_AHEAD) -> None:
    """Have a worker wait for the moment from a little before, so that nothing is between it and the stroke."""
    told = moment.isoformat()
    enqueue_by_name("rights.end_due", key=f"end:{told}", run_after=moment - ahead, moment=told)


def make_ready(*, at: datetime, now: datetime) -> int:
    """Have made ready what ends at a moment to come. Returns how many pieces were looked at."""
    if at <= now:
        return 0  # whoever ends them makes it
    pieces = _due(at)
    if pieces:
        standing.whoever_knows().make_ready(pieces, at=at)
    return len(pieces)


def _due(moment: datetime) -> list[uuid.UUID]:
    rows = Ending.objects.filter(at__lte=moment).order_by("at", "pk")
    return list(dict.fromkeys(rows.values_list("piece", flat=True)))


@transaction.atomic
def set_takedown(
    *,
    piece: uuid.UUID,
    at: datetime,
    ground: Withdrawal.Ground,
    reason: str,
    by: User | None,
) -> Ending:
    """Have a piece taken down at a minute that a person chose. A later word takes the place of an earlier one.

    Raises ValidationError without a reason.
    """
    ending = Ending.objects.filter(piece=piece, kind=Ending.Kind.TAKEDOWN).first()
    ending = ending or Ending(piece=piece, kind=Ending.Kind.TAKEDOWN)
    ending.at, ending.ground, ending.reason, ending.by = at, ground, reason, by
    ending.full_clean()
    ending.save()
    _look_at(at)
    return ending


@transaction.atomic
def call_off_takedown(*, piece: uuid.UUID) -> bool:
    """Let a piece stand after all. Returns whether there was a takedown to call off."""
    return Ending.objects.filter(piece=piece, kind=Ending.Kind.TAKEDOWN).delete()[0] > 0


def end_soon(*, now: datetime) -> bool:
    """Have looked at what has an end that came, and that no job which runs carries out. Returns whether there is any.

    One job does it for all that wait, and one at a time: what comes while it runs is the next one's.
    """
    if not _left(now):
        return False
    enqueue_by_name("rights.end_left")
    return True


def end_left(*, now: datetime) -> list[uuid.UUID]:
    """As `end_due`, but without those that a job which waited for their minute is ending now."""
    return _end(_left(now), now=now)


def end_due(*, now: datetime) -> list[uuid.UUID]:
    """Have all pieces looked at whose end has come, together; those that lost their right are taken down.

    A piece whose right was renewed meanwhile stays, with its new end. Returns the pieces that were looked at.
    """
    return _end(_due(now), now=now)


def _left(now: datetime) -> list[uuid.UUID]:
    running = unfinished_jobs("rights.end_due").claimed().values_list("kwargs", flat=True)
    minutes = [datetime.fromisoformat(told["moment"]) for told in running if told.get("moment")]
    in_hand = {piece for minute in minutes for piece in _due(minute)}
    return [piece for piece in _due(now) if piece not in in_hand]


def _end(pieces: list[uuid.UUID], *, now: datetime) -> list[uuid.UUID]:
    if pieces:
        standing.whoever_knows().end(pieces, now=now)
        for piece in pieces:
            renew_endings(piece=piece, now=now, is_after_end=True)
    return pieces
