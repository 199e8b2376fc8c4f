"""Letting the memory forget what was taken back: a source, an outlet, a licence, a document, an imported file."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet

from dateline.intake.models import Original
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.rights.actions import refuse_while_held
from dateline.sources.models import Outlet
from dateline.translation.actions.memory_lists import MANY, unpost, write_anew
from dateline.translation.models import MemoryImport, MemoryPair, MemoryUnit
from dateline.work.progress import progress

TAKEN_AT_ONCE: Final = 500


class NothingNamed(ValueError):
    """It was not said what to purge: without that it would be everything."""


@dataclass(frozen=True, kw_only=True)
class Where:
    """Which units: those of an outlet, an original, under a licence, of a document or article, of an imported file.

    Where several are given, those for which all are true.
    """

    outlet: Outlet | None = None
    original: Original | None = None
    licence: str = ""
    document: str = ""
    brought_by: MemoryImport | None = None

    def units(self) -> QuerySet[MemoryUnit]:
        """Return them. Raises NothingNamed."""
        asked: dict[str, Any] = {
            "original__outlet": self.outlet,
            "original": self.original,
            "licence": self.licence,
            "document": self.document,
            "brought_by": self.brought_by,
        }
        named = {name: value for name, value in asked.items() if value}
        if not named:
            raise NothingNamed(
                "Say what the memory shall forget: an outlet, an original, a licence, a document."
            )
        return MemoryUnit.objects.filter(**named)


@transaction.atomic
def purge_memory(*, original: Original, reason: str, by: User | None, now: datetime) -> int:
    """Delete all that the memory has learned from an original. Returns how many sentences.

    What stands in articles stays there. Raises rights.actions.Held while a hold keeps them.
    """
    return purge(where=Where(original=original), reason=reason, by=by, now=now)


def purge(*, where: Where, reason: str, by: User | None, now: datetime) -> int:
    """Delete units, and their keys from all lists. Returns how many. Called again, it goes on.

    Raises rights.actions.Held, before anything is deleted, while a hold keeps
    one of their originals; NothingNamed.
    """
    units = where.units()
    for original in Original.objects.filter(pk__in=units.exclude(original=None).values("original")):
        refuse_while_held(original, original=original.pk)
    subject = (
        where.original
        or where.outlet
        or where.brought_by
        or MemoryPair.objects.filter(pk__in=units.values("pair")).first()
    )
    count = take_out(where)
    if subject is None:
        return count
    write_down(
        verb="purge-memory",
        subject=subject,
        by=by,
        now=now,
        summary=" ".join(filter(None, [where.licence, where.document, reason])),
        before={"units": count},
        after={"units": 0},
    )
    return count


def take_out(where: Where) -> int:
    """Delete units, in steps. Of many at once the keys go when their pair's lists are written anew, at the end."""
    units = where.units()
    total, taken = units.count(), 0
    pairs = list(MemoryPair.objects.filter(pk__in=units.values("pair"))) if total > MANY else []
    while batch := list(units.select_related("pair")[:TAKEN_AT_ONCE]):
        _take(batch, is_listed=not pairs)
        taken += len(batch)
        progress(taken, total)
    for pair in pairs:
        write_anew(pair)
    return taken


@transaction.atomic
def _take(batch: list[MemoryUnit], *, is_listed: bool) -> None:
    if is_listed:
        unpost(batch)
    rows = MemoryUnit.objects.filter(pk__in=[unit.pk for unit in batch])
    rows._raw_delete(rows.db)  # nothing points at a unit, and its lists were seen to
