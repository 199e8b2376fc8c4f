"""Looking up a text among those of the originals, and what the desk shows of likenesses."""

import hashlib
import struct
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.db.models import QuerySet

from dateline.intake.duplicates import COMMON, Holder, Kept
from dateline.intake.duplicates_print import Print
from dateline.intake.identity import site_of
from dateline.intake.models import Fingerprint, Likeness, Original, Run

# Databases take so many values in one question.
_AT_ONCE: Final = 900
_HASH_BYTES: Final = 8


class TableShelf:
    """The originals' fingerprints as a shelf (`duplicates.Shelf`): those that came before `before`.

    before: number of the fingerprint that asks, None for all. Hosts are told by their hash.
    """

    def __init__(self, *, before: int | None = None) -> None:
        self._before = before
        self._known: dict[int, list[Holder]] = {}

    def same_words(self, whole: int) -> Kept | None:
        """Return the first piece with exactly these words."""
        found = self._earlier(Fingerprint.objects.filter(whole=whole)).order_by("pk").first()
        return kept_of_row(found) if found else None

    def holders(self, runs: Collection[int]) -> Mapping[int, Sequence[Holder]]:
        """Return who holds each run, in the order of coming in; what was asked before is remembered."""
        for part in _parts(sorted(run for run in runs if run not in self._known)):
            self._known.update((run, []) for run in part)
            for run, number, host in self._rows(part):
                if len(self._known[run]) < COMMON:
                    self._known[run].append(Holder(number, str(host)))
        return {run: self._known[run] for run in runs}

    def kept(self, numbers: Collection[int]) -> Mapping[int, Kept]:
        """Return the pieces with these numbers."""
        rows = Fingerprint.objects.filter(pk__in=list(numbers)).select_related("original")
        rows = rows.only(
            "whole",
            "host",
            "size",
            "sampled",
            "opening",
            "further",
            "original__published_at",
            "original__taken_at",
        )
        return {row.pk: kept_of_row(row) for row in rows}

    def _earlier(self, rows: QuerySet[Fingerprint]) -> QuerySet[Fingerprint]:
        rows = rows.select_related("original")
        return rows if self._before is None else rows.filter(pk__lt=self._before)

    def _rows(self, runs: Sequence[int]) -> list[tuple[int, int, int]]:
        """Return (run, number, host) as the covering index holds them."""
        # By hand: a queryset takes three times as long over some hundred rows, and this is asked for each piece.
        marks = ", ".join(["%s"] * len(runs))
        table = connection.ops.quote_name(Run._meta.db_table)
        sql = f"SELECT hash, fingerprint_id, host FROM {table} WHERE hash IN ({marks})"  # noqa: S608  # marks only
        limit: list[int] = []
        if self._before is not None:
            sql, limit = f"{sql} AND fingerprint_id < %s", [self._before]
        with connection.cursor() as cursor:
            cursor.execute(f"{sql} ORDER BY hash, fingerprint_id", [*runs, *limit])
            rows: list[tuple[int, int, int]] = cursor.fetchall()
        return rows


def kept_of_row(row: Fingerprint) -> Kept:
    """Return a fingerprint as the look-up compares it; its id is the original's number."""
    return Kept(
        id=str(row.original_id),
        print=Print(
            whole=row.whole,
            sampled=unpacked(row.sampled),
            opening=unpacked(row.opening),
            further=unpacked(row.further),
            size=row.size,
        ),
        host=str(host_number(row.host)) if row.host else "",
        published_at=row.original.published_at,
    )


def packed(runs: Iterable[int]) -> bytes:
    """Return hashes as bytes, sorted: a column of them."""
    ordered = sorted(runs)
    return struct.pack(f">{len(ordered)}q", *ordered)


def unpacked(column: bytes | memoryview) -> frozenset[int]:
    """Return the hashes in a column."""
    content = bytes(column)
    return frozenset(struct.unpack(f">{len(content) // _HASH_BYTES}q", content))


def host_number(host: str) -> int:
    """Return a host as a number that any database's integers hold."""
    return int.from_bytes(hashlib.blake2b(host.encode(), digest_size=_HASH_BYTES).digest(), "big") >> 1


def site(original: Original) -> str:
    """Return the site that an original is from, its mobile and other twins being one."""
    return site_of(original.identity)


@dataclass(frozen=True)
class Echo:
    """Another original with the same text, and how the two stand.

    is_earlier: whether the other one came before. likeness: the row that says so.
    """

    original: Original
    likeness: Likeness
    is_earlier: bool


def echoes(original: Original) -> list[Echo]:
    """Return the originals that this one repeats and that repeat it, also through one it repeats; earliest first."""
    own = (
        Likeness.objects.filter(original=original).select_related("earlier__outlet", "first__outlet").first()
    )
    root = own.earlier if own else original
    later = (
        Likeness.objects.filter(earlier__in={root.pk, original.pk})
        .exclude(original=original)
        .select_related("original__outlet", "first__outlet")
        .order_by("original__taken_at", "original")
    )
    found = [Echo(own.earlier, own, is_earlier=_at(own.earlier) < _at(original))] if own else []
    return found + [Echo(one.original, one, is_earlier=_at(one.original) < _at(original)) for one in later]


def likenesses(originals: Iterable[Original]) -> dict[int, Likeness]:
    """Return which of these originals repeat an earlier one, by their numbers: a mark for lists."""
    rows = Likeness.objects.filter(original__in=list(originals)).select_related("earlier__outlet")
    return {row.original_id: row for row in rows}


def _at(original: Original) -> tuple[object, int]:
    return (original.published_at or original.taken_at, original.pk)


def _parts(runs: Sequence[int]) -> Iterable[Sequence[int]]:
    return (runs[at : at + _AT_ONCE] for at in range(0, len(runs), _AT_ONCE))
