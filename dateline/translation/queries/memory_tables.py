"""The memory's tables, asked in plain SQL: a look-up has five milliseconds, and objects would take them.

Numbers stand in the statements themselves: they are ours, and some statements have thousands.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.db import connection

from dateline.translation.memory.keys import Ids
from dateline.translation.memory.postings import unpacked
from dateline.translation.models import MemoryNews, MemoryPair, MemoryPosting, MemoryUnit

PRIVATE: Final = (MemoryUnit.Scope.PERSON, MemoryUnit.Scope.DESK)
MOST_SAME: Final = 50
_UNITS, _LISTS, _NEWS, _PAIRS = (
    model._meta.db_table for model in (MemoryUnit, MemoryPosting, MemoryNews, MemoryPair)
)


class PairRow(NamedTuple):
    """A pair of languages."""

    id: int
    source_language: str
    language: str


class Row(NamedTuple):
    """What ranking needs of a unit."""

    id: int
    source: str
    text: str
    before_key: int | None
    after_key: int | None
    quality: str
    is_machine_text: bool
    source_language: str
    language: str
    penalty: int
    class_key: int | None


@dataclass(frozen=True)
class Scope:
    """Whose units are shown beside everybody's: a person's, by number, and those of desks."""

    person: int | None = None
    desks: tuple[str, ...] = ()


def pair(source_language: str, language: str) -> PairRow | None:
    """Return a pair, None where nothing was ever translated so."""
    columns = ", ".join(PairRow._fields)
    with connection.cursor() as cursor:
        where = "source_language = %s AND language = %s"
        cursor.execute(f"SELECT {columns} FROM {_PAIRS} WHERE {where}", [source_language, language])  # noqa: S608
        row = cursor.fetchone()
    return PairRow(*row) if row else None


def counts(pair: int, keys: Collection[int]) -> dict[int, int]:
    """Return how many units have each key, of those that lists have."""
    found: dict[int, int] = {}
    for key, count in _rows(f"SELECT key, count FROM {_LISTS} WHERE pair_id = {pair} AND key IN", keys):  # noqa: S608
        found[key] = found.get(key, 0) + count
    return found


def lists(pair: int, keys: Collection[int]) -> dict[int, list[Ids]]:
    """Return the lists of each key."""
    found: dict[int, list[Ids]] = {}
    for key, ids in _rows(f"SELECT key, ids FROM {_LISTS} WHERE pair_id = {pair} AND key IN", keys):  # noqa: S608
        found.setdefault(key, []).append(unpacked(ids))
    return found


def news(pair: int, keys: Collection[int]) -> Iterable[tuple[int, int]]:
    """Return key and unit of what is in no list yet."""
    return _rows(f"SELECT key, unit FROM {_NEWS} WHERE pair_id = {pair} AND key IN", keys)  # noqa: S608


def units(numbers: Collection[int], scope: Scope) -> dict[int, Row]:
    """Return units by their numbers alone: told the pair as well, a database may go through all of that."""
    shown, values = _shown_to(scope)
    columns = ", ".join(Row._fields)
    rows = _rows(f"SELECT {columns} FROM {_UNITS} WHERE {shown} AND id IN", numbers, values)  # noqa: S608
    return {row[0]: Row(*row) for row in rows}


def same_class(pair: int, keys: Collection[int], scope: Scope) -> dict[int, dict[int, Row]]:
    """Return the newest units that differ in numbers and marks only, by their key."""
    shown, values = _shown_to(scope)
    columns = ", ".join(Row._fields)
    start = f"SELECT {columns} FROM {_UNITS} WHERE {shown} AND pair_id = {pair} AND class_key IN"  # noqa: S608
    found: dict[int, dict[int, Row]] = {}
    for row in map(Row._make, _rows(start, keys, values, f"ORDER BY id DESC LIMIT {MOST_SAME * len(keys)}")):
        found.setdefault(row.class_key or 0, {})[row.id] = row
    return found


def _shown_to(scope: Scope) -> tuple[str, list[Any]]:
    """Return a condition, and its values."""
    shown, values = ["scope NOT IN (%s, %s)"], list[Any](map(str, PRIVATE))
    if scope.person is not None:
        shown.append("(scope = %s AND by_id = %s)")
        values += [str(MemoryUnit.Scope.PERSON), scope.person]
    if scope.desks:
        shown.append(f"(scope = %s AND desk IN ({', '.join(['%s'] * len(scope.desks))}))")
        values += [str(MemoryUnit.Scope.DESK), *scope.desks]
    return f"({' OR '.join(shown)})", values


def _rows(start: str, numbers: Collection[int], values: Iterable[Any] = (), end: str = "") -> list[Any]:
    if not numbers:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"{start} ({', '.join(map(str, numbers))}) {end}", list(values) or None)
        return list(cursor.fetchall())
