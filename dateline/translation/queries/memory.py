"""What the memory knows of sentences: word for word, but for numbers, alike, or with a fragment in them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from django.db.models import Q

from dateline.people.models import User
from dateline.translation.memory.adapting import Pair
from dateline.translation.memory.families import family
from dateline.translation.memory.hashing import EDGE, class_key, normalised, source_key
from dateline.translation.memory.keys import keys_of
from dateline.translation.memory.matching import LEAST, Asked, Known, Match, matches
from dateline.translation.memory.postings import TOO_COMMON, most_shared, unpacked, worth_reading
from dateline.translation.models import MemoryNews, MemoryPair, MemoryPosting, MemoryUnit, Segment

MOST_SAME: Final = 50
_PERSON_SCOPES: Final = (MemoryUnit.Scope.PERSON, MemoryUnit.Scope.DESK)
_COLUMNS: Final = (
    "pk", "source", "text", "before_key", "after_key", "quality", "is_machine_text", "penalty", "source_language",
    "language", "class_key",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who asks: units of another person, or of another desk, are not shown."""

    user: User | None = None
    desks: Collection[str] = ()

    @classmethod
    def of(cls, user: User) -> "Reader":
        """Return a person with their desks, which are the groups they are in."""
        return cls(user=user, desks=tuple(user.groups.values_list("name", flat=True)))


EVERYBODY: Final = Reader()


def asked_of(segments: Sequence[Segment], *, pair: Pair) -> list[Asked]:
    """Return the questions of a whole job's segments, in order, each with its neighbours."""
    keys = [EDGE, *(source_key(segment.source) for segment in segments), EDGE]
    return [
        Asked(source=segment.source, pair=pair, before=keys[place], after=keys[place + 2])
        for place, segment in enumerate(segments)
    ]


def recall(
    asked: Sequence[Asked], *, reader: Reader = EVERYBODY, least: int = LEAST, most: int = 5
) -> list[list[Match]]:
    """Return for each sentence what the memory offers, best first. All sentences are of one pair.

    least: percents below which nothing is offered. Raises ValueError for sentences of several pairs.
    """
    pair = _pair_of(asked)
    if pair is None:
        return [[] for _ in asked]
    near = _near(pair, asked)
    same_keys = [class_key(one.source, language=pair.source_language) for one in asked]
    units = _units(pair, Q(pk__in={number for numbers in near for number in numbers}), reader)
    same = _same(pair, set(same_keys), reader)
    offered = [
        {**_of(numbers, units), **same.get(key, {})} for numbers, key in zip(near, same_keys, strict=True)
    ]
    return [
        matches(one, [_known(row, one.pair) for row in rows.values()], least=least, most=most)
        for one, rows in zip(asked, offered, strict=True)
    ]


def exact_matches(sources: Iterable[str], *, source_language: str, language: str) -> dict[str, MemoryUnit]:
    """Return the newest approved unit for each of `sources` that the memory knows word for word.

    Only what everybody is offered, and nothing doubtful.
    """
    by_key = {source_key(source): source for source in sources}
    units = MemoryUnit.objects.filter(
        pair__source_language=family(source_language),
        pair__language=family(language),
        source_key__in=by_key,
    ).exclude(Q(scope__in=_PERSON_SCOPES) | Q(quality=MemoryUnit.Quality.DOUBTFUL))
    return {
        by_key[unit.source_key]: unit
        for unit in units.order_by("approved_at", "pk")
        if unit.source_key is not None and unit.source == normalised(by_key[unit.source_key])
    }


Row = Mapping[str, Any]


def _pair_of(asked: Sequence[Asked]) -> MemoryPair | None:
    pairs = {(family(one.pair.source), family(one.pair.target)) for one in asked}
    if len(pairs) > 1:
        raise ValueError("The memory is asked for one pair of languages at a time.")
    names = next(iter(pairs), ("", ""))
    return MemoryPair.objects.filter(source_language=names[0], language=names[1]).first()


def _near(pair: MemoryPair, asked: Sequence[Asked]) -> list[list[int]]:
    """Return for each sentence the units that share most with it."""
    keys = [keys_of(one.source, language=pair.source_language).tolist() for one in asked]
    chosen, counts = _chosen(pair, keys)
    found = _lists(pair, {key for one in chosen for key in one})
    for key, unit in _news(pair, {key for one in keys for key in one if counts.get(key, 0) <= TOO_COMMON}):
        found.setdefault(key, []).append(np.array([unit], dtype=np.int32))
    return [
        most_shared([ids for key in (*best, *_unlisted(own, counts)) for ids in found.get(key, ())])
        for own, best in zip(keys, chosen, strict=True)
    ]


def _chosen(pair: MemoryPair, keys: Sequence[Sequence[int]]) -> tuple[list[list[int]], dict[int, int]]:
    """Return which of each sentence's keys are worth reading, and how common all keys are."""
    counts: dict[int, int] = {}
    rows = MemoryPosting.objects.filter(pair=pair, key__in={key for one in keys for key in one})
    for key, count in rows.values_list("key", "count"):
        counts[key] = counts.get(key, 0) + count
    return [worth_reading({key: counts[key] for key in one if key in counts}) for one in keys], counts


def _unlisted(keys: Sequence[int], counts: Mapping[int, int]) -> Iterator[int]:
    """Yield the keys that only news have."""
    return (key for key in keys if key not in counts)


def _lists(pair: MemoryPair, keys: Collection[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    rows = MemoryPosting.objects.filter(pair=pair, key__in=keys).values_list("key", "ids")
    for key, ids in rows:
        found.setdefault(key, []).append(unpacked(ids))
    return found


def _news(pair: MemoryPair, keys: Collection[int]) -> Iterable[tuple[int, int]]:
    return MemoryNews.objects.filter(pair=pair, key__in=keys).values_list("key", "unit")


def _units(pair: MemoryPair, wanted: Q, reader: Reader) -> dict[int, Row]:
    rows = MemoryUnit.objects.filter(wanted, _shown_to(reader), pair=pair)
    return {row["pk"]: row for row in rows.values(*_COLUMNS)}


def _same(pair: MemoryPair, keys: Collection[int], reader: Reader) -> dict[int, dict[int, Row]]:
    """Return the newest units that differ in numbers and marks only, by their key."""
    rows = MemoryUnit.objects.filter(_shown_to(reader), pair=pair, class_key__in=keys).order_by("-pk")
    found: dict[int, dict[int, Row]] = {}
    for row in rows.values(*_COLUMNS)[: MOST_SAME * len(keys)]:
        found.setdefault(row["class_key"], {})[row["pk"]] = row
    return found


def _shown_to(reader: Reader) -> Q:
    shown = ~Q(scope__in=_PERSON_SCOPES)
    if reader.user is not None:
        shown |= Q(scope=MemoryUnit.Scope.PERSON, by=reader.user)
    if reader.desks:
        shown |= Q(scope=MemoryUnit.Scope.DESK, desk__in=reader.desks)
    return shown


def _of(numbers: Iterable[int], units: Mapping[int, Row]) -> dict[int, Row]:
    return {number: units[number] for number in numbers if number in units}


def _known(row: Row, tags: Pair) -> Known:
    return Known(
        id=row["pk"],
        source=row["source"],
        text=row["text"],
        before=row["before_key"],
        after=row["after_key"],
        lacks=frozenset(_lacks(row, tags)),
        penalty=row["penalty"],
    )


def _lacks(row: Row, tags: Pair) -> Iterator[str]:
    if row["is_machine_text"]:
        yield "machine"
    if row["quality"] == MemoryUnit.Quality.UNKNOWN:
        yield "unreviewed"
    if row["quality"] == MemoryUnit.Quality.DOUBTFUL:
        yield "doubtful"
    if not (_fits(row["source_language"], tags.source) and _fits(row["language"], tags.target)):
        yield "variant"


def _fits(one: str, other: str) -> bool:
    """True unless both name a region, and not the same: `en-GB` and `en-US`."""
    return one.lower() == other.lower() or "-" not in one or "-" not in other
