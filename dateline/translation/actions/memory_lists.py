"""Keeping the memory's lists: what is new is found at once, moved in steps, and joined in steps."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

import numpy as np
from django.db import connection, models, transaction
from django.db.models import Count, F

from dateline.lib.crash import crash_point
from dateline.translation.memory.families import family
from dateline.translation.memory.keys import VERSION, Posted, keys_of, posted
from dateline.translation.memory.postings import TOO_COMMON, lists, merged, packed, without
from dateline.translation.memory.sorting import Sorter
from dateline.translation.models import MemoryNews, MemoryPair, MemoryPosting, MemoryUnit
from dateline.work.progress import progress, should_stop

# So many keys wait outside the lists before it is worth moving them, and are moved in one step at most.
NEWS_WORTH_MOVING: Final = 10_000
MOVED_AT_ONCE: Final = 20_000
JOINED_AT_ONCE: Final = 2_000
SORTED_AT_ONCE: Final = 20_000
# Where so many units go at once, writing all lists anew is quicker than taking each out of its own.
MANY: Final = 20_000
_AT_ONCE: Final = 500

Rows = Iterable[Sequence[Any]]


def pair_of(source_language: str, language: str) -> MemoryPair:
    """Return the pair whose units are looked up together, made where it is new; a new one needs no filling."""
    names = {"source_language": family(source_language), "language": family(language)}
    return MemoryPair.objects.get_or_create(**names, defaults={"version": VERSION})[0]


def post(units: Sequence[MemoryUnit]) -> None:
    """Let units be found by likeness from now on. They have their pair, and were not posted before."""
    rows = (
        (unit.pair_id, key, unit.pk)
        for unit in units
        if unit.pair
        for key in keys_of(unit.source, language=unit.pair.source_language).tolist()
    )
    insert_rows(MemoryNews, ("pair_id", "key", "unit"), rows)


@transaction.atomic
def unpost(units: Sequence[MemoryUnit]) -> None:
    """Take units out of all lists, so that nothing is left of them."""
    MemoryNews.objects.filter(unit__in=[unit.pk for unit in units]).delete()
    by_pair: dict[MemoryPair, list[MemoryUnit]] = defaultdict(list)
    for unit in units:
        if unit.pair:
            by_pair[unit.pair].append(unit)
    for pair, gone in by_pair.items():
        keys = {key for unit in gone for key in keys_of(unit.source, language=pair.source_language).tolist()}
        _take_out(pair, keys, [unit.pk for unit in gone])


def _take_out(pair: MemoryPair, keys: set[int], gone: list[int]) -> None:
    ids = np.array(gone, dtype=np.int32)
    rows = MemoryPosting.objects.select_for_update().filter(pair=pair, key__in=keys)
    for row in rows:
        left, lost = without(row.ids, ids)
        if not lost:
            continue
        if not left:
            row.delete()
            continue
        row.ids, row.count = left, row.count - lost
        row.save(update_fields=["ids", "count"])


def tend(pair: MemoryPair) -> None:
    """Move what is new into the lists and join those of one key. Broken off anywhere, it goes on where it was."""
    while not should_stop() and move_news(pair):
        pass
    join_lists(pair)


@transaction.atomic
def move_news(pair: MemoryPair) -> int:
    """Move some of what is new into lists; return how many keys."""
    rows = list(
        MemoryNews.objects.select_for_update()
        .filter(pair=pair)
        .order_by("pk")
        .values_list("pk", "key", "unit")[:MOVED_AT_ONCE]
    )
    if rows:
        found = sorted((key, unit) for _, key, unit in rows)
        keys, ids = zip(*found, strict=True)
        write_lists(
            pair, Posted(np.array(keys, dtype=np.uint32), np.array(ids, dtype=np.int32)), run=next_run(pair)
        )
        MemoryNews.objects.filter(pk__in=[row[0] for row in rows]).delete()
    crash_point("translation.news-before-commit")
    return len(rows)


def join_lists(pair: MemoryPair) -> int:
    """Join the lists that different runs wrote for one key, in steps; return how many keys had several."""
    joined, last = 0, -1
    while not should_stop():
        keys = _keys_with_several(pair, above=last)
        if not keys:
            break
        _join(pair, keys)
        crash_point("translation.lists-joined")
        joined, last = joined + len(keys), keys[-1]
        progress(last, 1 << 32, str(pair))
    return joined


def _keys_with_several(pair: MemoryPair, *, above: int) -> list[int]:
    rows = MemoryPosting.objects.filter(pair=pair, key__gt=above).values("key")
    several = rows.annotate(lists=Count("pk")).filter(lists__gt=1).order_by("key")
    return [row["key"] for row in several[:JOINED_AT_ONCE]]


@transaction.atomic
def _join(pair: MemoryPair, keys: list[int]) -> None:
    rows = MemoryPosting.objects.select_for_update().filter(pair=pair, key__in=keys)
    by_key: dict[int, list[MemoryPosting]] = defaultdict(list)
    for row in rows.order_by("key", "run"):
        by_key[row.key].append(row)
    several = [found for found in by_key.values() if len(found) > 1]
    MemoryPosting.objects.filter(pk__in=[row.pk for found in several for row in found]).delete()
    insert_rows(MemoryPosting, _COLUMNS, (_joined(pair, found) for found in several))


def _joined(pair: MemoryPair, found: list[MemoryPosting]) -> tuple[Any, ...]:
    count = sum(row.count for row in found)
    ids = merged((row.ids for row in found if row.ids), count=count)
    return (pair.pk, found[0].key, found[0].run, len(ids) // 4 if count <= TOO_COMMON else count, ids)


def sort_in(pair: MemoryPair, units: Iterable[tuple[int, str]], *, total: int) -> None:
    """Write lists of many units at once, in order of their keys. Done twice, it does no harm.

    units: number and source of each.
    """
    with Sorter() as sorter:
        for done, chunk in enumerate(_chunks(units, SORTED_AT_ONCE)):
            sorter.add(posted(chunk, language=pair.source_language))
            progress(min(done * SORTED_AT_ONCE, total), total, str(pair))
        run = next_run(pair)
        for part in sorter.ranges():
            with transaction.atomic():
                write_lists(pair, part, run=run)
            crash_point("translation.lists-written")


def write_anew(pair: MemoryPair) -> None:
    """Write all lists of a pair from its units, then drop the old ones. Done twice, it does no harm."""
    before = next_run(pair)
    news = MemoryNews.objects.filter(pair=pair).order_by("-pk").values_list("pk", flat=True).first()
    units = MemoryUnit.objects.filter(pair=pair).order_by("pk")
    sort_in(pair, units.values_list("pk", "source").iterator(chunk_size=5_000), total=units.count())
    MemoryNews.objects.filter(pair=pair, pk__lte=news or 0).delete()
    old = MemoryPosting.objects.filter(pair=pair, run__lte=before)
    while pks := list(old.values_list("pk", flat=True)[:JOINED_AT_ONCE]):
        MemoryPosting.objects.filter(pk__in=pks).delete()
    MemoryPair.objects.filter(pk=pair.pk).update(version=VERSION)


def next_run(pair: MemoryPair) -> int:
    """Return a number that no other writer of lists has."""
    with transaction.atomic():
        MemoryPair.objects.filter(pk=pair.pk).update(runs=F("runs") + 1)
        return MemoryPair.objects.values_list("runs", flat=True).get(pk=pair.pk)


_COLUMNS: Final = ("pair_id", "key", "run", "count", "ids")


def write_lists(pair: MemoryPair, postings: Posted, *, run: int) -> None:
    """Write a list for each key."""
    rows = (
        (pair.pk, key, run, len(ids), packed(ids) if len(ids) <= TOO_COMMON else b"")
        for key, ids in lists(postings)
    )
    insert_rows(MemoryPosting, _COLUMNS, rows)


def insert_rows(model: type[models.Model], columns: Sequence[str], rows: Rows) -> None:
    """Insert rows whose values the database takes as they are: many times as quick as objects."""
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns))
    marks = ", ".join(["%s"] * len(columns))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608 - names of our own
    waiting = iter(rows)
    with connection.cursor() as cursor:
        while batch := list(islice(waiting, _AT_ONCE)):
            cursor.executemany(sql, batch)


def _chunks(units: Iterable[tuple[int, str]], size: int) -> Iterator[list[tuple[int, str]]]:
    waiting = iter(units)
    while chunk := list(islice(waiting, size)):
        yield chunk
