"""What the memory knows of sentences: word for word, but for numbers, alike, or with a fragment in them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
from django.db.models import Q

from dateline.people.models import User
from dateline.translation.memory.adapting import Pair
from dateline.translation.memory.families import family
from dateline.translation.memory.hashing import EDGE, class_key, normalised, source_key
from dateline.translation.memory.keys import keys_of
from dateline.translation.memory.matching import LEAST, Asked, Known, Match, matches
from dateline.translation.memory.postings import TOO_COMMON, most_shared, worth_reading
from dateline.translation.models import MemoryUnit, Segment
from dateline.translation.queries import memory_tables as tables
from dateline.translation.queries.memory_tables import PRIVATE, PairRow, Row


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who asks: units of another person, or of another desk, are not shown."""

    user: User | None = None
    desks: Collection[str] = ()

    @property
    def scope(self) -> tables.Scope:
        """Whose units are shown beside everybody's."""
        return tables.Scope(self.user.pk if self.user else None, tuple(self.desks))

    @property
    def shown(self) -> Q:
        """What to ask a query for, so that it gives only what is shown."""
        mine = Q(scope=MemoryUnit.Scope.PERSON, by=self.user) if self.user else Q(pk__in=())
        return ~Q(scope__in=PRIVATE) | mine | Q(scope=MemoryUnit.Scope.DESK, desk__in=self.desks)

    @classmethod
    def of(cls, user: User) -> "Reader":
        """Return a person with their desks, which are the groups they are in."""
        return cls(user=user, desks=tuple(user.groups.values_list("name", flat=True)))


class Remembered(NamedTuple):
    """What the memory has for a sentence: what it offers, best first; and what shares most with it, most first."""

    matches: list[Match]
    near: list[Row]


EVERYBODY: Final = Reader()
# Where in a row the facts stand that its penalties follow from.
_FACTS: Final = slice(5, 9)


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
    return [one.matches for one in remembered(asked, reader=reader, least=least, most=most)]


def remembered(
    asked: Sequence[Asked], *, reader: Reader = EVERYBODY, least: int = LEAST, most: int = 5
) -> list[Remembered]:
    """Return for each sentence what `recall` returns and what that was chosen from, for the price of `recall`."""
    pair = _pair_of(asked)
    if pair is None:
        return [Remembered([], []) for _ in asked]
    near = _near(pair, asked)
    same_keys = [class_key(one.source, language=pair.source_language) for one in asked]
    units = tables.units({number for numbers in near for number in numbers}, reader.scope)
    same = tables.same_class(pair.id, set(same_keys), reader.scope)
    found = []
    for one, numbers, key in zip(asked, near, same_keys, strict=True):
        alike = _of(numbers, units)
        known = _known({**alike, **same.get(key, {})}, one.pair)
        found.append(Remembered(matches(one, known, least=least, most=most), list(alike.values())))
    return found


def near_units(asked: Asked, *, reader: Reader = EVERYBODY) -> list[Row]:
    """Return the units that share most with a sentence, most first."""
    pair = _pair_of([asked])
    if pair is None:
        return []
    near = _near(pair, [asked])[0]
    return list(_of(near, tables.units(near, reader.scope)).values())


def exact_matches(sources: Iterable[str], *, source_language: str, language: str) -> dict[str, MemoryUnit]:
    """Return the newest approved unit for each of `sources` that the memory knows word for word.

    Only what everybody is offered, and nothing doubtful.
    """
    by_key = {source_key(source): source for source in sources}
    units = MemoryUnit.objects.filter(
        pair__source_language=family(source_language),
        pair__language=family(language),
        source_key__in=by_key,
    ).exclude(Q(scope__in=PRIVATE) | Q(quality=MemoryUnit.Quality.DOUBTFUL))
    return {
        by_key[unit.source_key]: unit
        for unit in units.order_by("approved_at", "pk")
        if unit.source_key is not None and unit.source == normalised(by_key[unit.source_key])
    }


def _pair_of(asked: Sequence[Asked]) -> PairRow | None:
    pairs = {(family(one.pair.source), family(one.pair.target)) for one in asked}
    if len(pairs) > 1:
        raise ValueError("The memory is asked for one pair of languages at a time.")
    return tables.pair(*next(iter(pairs))) if pairs else None


def _near(pair: PairRow, asked: Sequence[Asked]) -> list[list[int]]:
    """Return for each sentence the units that share most with it."""
    keys = [keys_of(one.source, language=pair.source_language).tolist() for one in asked]
    counts = tables.counts(pair.id, {key for one in keys for key in one})
    chosen = [worth_reading({key: counts[key] for key in one if key in counts}) for one in keys]
    found = tables.lists(pair.id, {key for one in chosen for key in one})
    worth = {key for one in keys for key in one if counts.get(key, 0) <= TOO_COMMON}
    for key, unit in tables.news(pair.id, worth):
        found.setdefault(key, []).append(np.array([unit], dtype=np.int32))
    return [
        most_shared([ids for key in (*best, *_unlisted(own, counts)) for ids in found.get(key, ())])
        for own, best in zip(keys, chosen, strict=True)
    ]


def _unlisted(keys: Sequence[int], counts: Mapping[int, int]) -> Iterator[int]:
    """Yield the keys that only news have."""
    return (key for key in keys if key not in counts)


def _of(numbers: Iterable[int], units: Mapping[int, Row]) -> dict[int, Row]:
    return {number: units[number] for number in numbers if number in units}


def _known(rows: Mapping[int, Row], tags: Pair) -> list[Known]:
    return [
        Known(
            row.id,
            row.source,
            row.text,
            row.before_key,
            row.after_key,
            _lacks(row[_FACTS], tags),
            row.penalty,
            row.quality == MemoryUnit.Quality.REVIEWED,
        )
        for row in rows.values()
    ]


@lru_cache(maxsize=1_000)
def _lacks(facts: tuple[str, bool, str, str], tags: Pair) -> frozenset[str]:
    """Return the names of the penalties that a unit deserves."""
    quality, is_machine_text, source_language, language = facts
    fits = _fits(source_language, tags.source) and _fits(language, tags.target)
    found = {
        "machine": is_machine_text,
        "unreviewed": quality == MemoryUnit.Quality.UNKNOWN,
        "doubtful": quality == MemoryUnit.Quality.DOUBTFUL,
        "variant": not fits,
    }
    return frozenset(name for name, is_so in found.items() if is_so)


def _fits(one: str, other: str) -> bool:
    """True unless both name a region, and not the same: `en-GB` and `en-US`."""
    return one.lower() == other.lower() or "-" not in one or "-" not in other
