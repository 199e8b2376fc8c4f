"""How a turn of phrase was translated before: every sentence that has it, and the place where it stands."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Final

import numpy as np

from dateline.translation.marks import plain
from dateline.translation.memory.adapting import Pair
from dateline.translation.memory.families import family
from dateline.translation.memory.fragments import Runs, Span, fragment_pattern, place_of
from dateline.translation.memory.keys import STEM, Ids, fragment_keys
from dateline.translation.memory.matching import Asked
from dateline.translation.memory.postings import TOO_COMMON
from dateline.translation.models import MemoryUnit
from dateline.translation.queries import memory_tables as tables
from dateline.translation.queries.memory import EVERYBODY, Reader, near_units
from dateline.translation.queries.memory_tables import PairRow, Row

MOST: Final = 50
LOOKED_AT: Final = 500
NEAREST: Final = 24


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A unit that has the words, without marks. `at` is where they stand: in its source, or in its translation."""

    unit: int
    source: str
    text: str
    at: Span
    words: str


def concordance(
    fragment: str, *, pair: Pair, reader: Reader = EVERYBODY, in_translations: bool = False, most: int = MOST
) -> list[Hit]:
    """Return sentences with the words of `fragment` side by side, whatever their endings, the newest first.

    in_translations: look there; that goes through the pair's whole memory.
    """
    language = pair.target if in_translations else pair.source
    pattern = fragment_pattern(fragment, language=language)
    known = tables.pair(family(pair.source), family(pair.target))
    if pattern is None or known is None:
        return []
    rows = _with_words(known, fragment, reader, in_translations=in_translations)
    hits: list[Hit] = []
    for row in rows:
        at = place_of(pattern, plain(row.text if in_translations else row.source))
        if at is not None:
            hits.append(_hit(row, at, fragment))
        if len(hits) == most:
            break
    return hits


def fragments(asked: Asked, *, reader: Reader = EVERYBODY, most: int = 5) -> list[Hit]:
    """Return the longest runs of words that a sentence shares with others, each run once, the longest first."""
    return fragments_among(near_units(asked, reader=reader), of=asked.source, most=most)


def fragments_among(
    near: Sequence[Row], *, of: str, most: int = 5, besides: Collection[int] = ()
) -> list[Hit]:
    """Return the longest runs of words that the sentence `of` shares with units, each run once, the longest first.

    near: those that share most with it first; NEAREST of them are looked at. besides: units that are shown already.
    """
    runs = Runs(of)
    found: dict[str, Hit] = {}
    for row in near[:NEAREST]:
        run = None if row.id in besides else runs.longest_in(row.source)
        if run is not None:
            found.setdefault(run[0], _hit(row, run[1], run[0]))
    longest = sorted(found.values(), key=lambda hit: -len(hit.words))
    whole: list[Hit] = []
    for hit in longest:
        if not any(f" {hit.words} " in f" {longer.words} " for longer in whole):
            whole.append(hit)
    return whole[:most]


def _hit(row: Row, at: Span, words: str) -> Hit:
    return Hit(unit=row.id, source=plain(row.source), text=plain(row.text), at=at, words=words)


def _with_words(pair: PairRow, fragment: str, reader: Reader, *, in_translations: bool) -> Iterator[Row]:
    if in_translations:
        yield from _scanned(pair, fragment, reader)
        return
    numbers = _with_all_keys(pair, fragment)
    if numbers is None:
        yield from _scanned_sources(pair, fragment, reader)
        return
    newest = sorted(numbers.tolist(), reverse=True)
    for start in range(0, len(newest), LOOKED_AT):
        found = tables.units(newest[start : start + LOOKED_AT], reader.scope)
        yield from (found[number] for number in sorted(found, reverse=True))


def _with_all_keys(pair: PairRow, fragment: str) -> Ids | None:
    """Return the units that have every key; None where all keys are too common for lists."""
    keys = fragment_keys(fragment, language=pair.source_language).tolist()
    counts = tables.counts(pair.id, keys)
    readable = [key for key in keys if counts.get(key, 0) <= TOO_COMMON]
    if not readable:
        return None
    found = tables.lists(pair.id, readable)
    for key, unit in tables.news(pair.id, readable):
        found.setdefault(key, []).append(np.array([unit], dtype=np.int32))
    sets = [
        np.unique(np.concatenate(found[key])) if key in found else np.zeros(0, np.int32) for key in readable
    ]
    return reduce(np.intersect1d, sets)


def _scanned(pair: PairRow, fragment: str, reader: Reader) -> Iterator[Row]:
    yield from _rows(pair, reader, text__icontains=_rarest(fragment))


def _scanned_sources(pair: PairRow, fragment: str, reader: Reader) -> Iterator[Row]:
    yield from _rows(pair, reader, source__icontains=_rarest(fragment))


def _rarest(fragment: str) -> str:
    """Return the beginning of the longest word, which is probably the rarest."""
    return max(fragment.split(), key=len)[:STEM]


def _rows(pair: PairRow, reader: Reader, **wanted: str) -> Iterator[Row]:
    """Go through a pair's memory, the newest first. On SQLite only ASCII letters are found in either case."""
    units = MemoryUnit.objects.filter(reader.shown, pair=pair.id, **wanted).order_by("-pk")
    rows = units.values_list(*Row._fields).iterator(chunk_size=LOOKED_AT)
    return (Row(*row) for row in rows)
