"""A memory that lives in this process: for files, where there is no database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from dateline.translation.memory.keys import Ids, Keys, keys_of, posted
from dateline.translation.memory.matching import Asked, Known
from dateline.translation.memory.postings import COMPARED, TOO_COMMON, most_shared, worth_reading


@dataclass
class Index:
    """Units that can be looked up by likeness. `language` is that of their sources."""

    units: Sequence[Known]
    language: str
    _keys: Keys = field(init=False)
    _ids: Ids = field(init=False)

    def __post_init__(self) -> None:
        """Sort the keys of all units."""
        sources = ((place, unit.source) for place, unit in enumerate(self.units))
        found = posted(sources, language=self.language)
        self._keys, self._ids = found.keys, found.ids

    def near(self, asked: Asked, *, most: int = COMPARED) -> list[Known]:
        """Return the units that share most with a sentence, to be ranked."""
        keys = keys_of(asked.source, language=self.language)
        starts = np.searchsorted(self._keys, keys, side="left")
        ends = np.searchsorted(self._keys, keys, side="right")
        spans = {
            int(key): (int(start), int(end))
            for key, start, end in zip(keys, starts, ends, strict=True)
            if end > start
        }
        counts = {key: end - start for key, (start, end) in spans.items()}
        chosen = worth_reading(counts) or _most_common(counts)
        lists = [self._ids[slice(*spans[key])] for key in chosen]
        return [self.units[place] for place in most_shared(lists, most=most)]


def _most_common(counts: dict[int, int]) -> Iterable[int]:
    """Where every key is too common, the least common will do."""
    return (
        sorted(counts, key=lambda key: counts[key])[:1]
        if counts and min(counts.values()) > TOO_COMMON
        else []
    )
