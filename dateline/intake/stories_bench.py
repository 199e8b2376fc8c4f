"""The bench of witnesses: which piece holds which names, rare words and numbers, and how rare those are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dateline.intake.stories_witness import Said

# Pieces that are taken as seen before the first, so that the first ones are not weighed by chance.
_SEEN_BEFORE: Final = 20
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Common:
    """What each place has in common with an asked piece.

    agreement: how much of their witnesses they share, 0 to 1 (cosine of the weights). wording: the same of the
    beginnings of their words, which says more within one language. answered: how much of each
    headline the other piece's text speaks of, 0 to 1, the mean of both. frame: how much more alike the headlines
    are than that explains, 0 to 1: one form filled in twice (the weather of two towns).
    """

    agreement: Floats
    wording: Floats
    answered: Floats
    frame: Floats


class Bench:
    """Witnesses of the pieces on a shelf, by the same places."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._heard = np.zeros(1024, dtype=np.int64)
        self._seen = 0
        self._said: list[Said] = []
        self._words = _Rows()
        self._headlines = _Rows()
        self._stems = _Rows()
        self._counting: dict[str, list[int]] = defaultdict(list)

    def hear(self, said: Said) -> None:
        """Remember what the piece at the next place said."""
        for keys in (said.words, said.stems):
            numbers = self._numbered(keys)  # first: new words may move what was heard to a longer row
            self._heard[numbers] += 1
        self._seen += 1
        self._put(said)

    def keep(self, chosen: NDArray[np.bool_]) -> None:
        """Forget all but the chosen places; how rare words are stays known."""
        left = [said for said, stays in zip(self._said, chosen, strict=True) if stays]
        self._said, self._words, self._headlines, self._stems = [], _Rows(), _Rows(), _Rows()
        self._counting.clear()
        for said in left:
            self._put(said)

    def said(self, place: int) -> Said:
        """Return what the piece at a place said."""
        return self._said[place]

    def compare(self, said: Said) -> Common:
        """Return what each place has in common with a piece."""
        words, headline = self._numbered(said.words), self._numbered(said.headline)
        stems = self._numbered(said.stems)
        rarity = np.maximum(0.0, np.log((self._seen + _SEEN_BEFORE) / (self._heard + 1)))
        in_words, in_headline = _marked(words, len(rarity)), _marked(headline, len(rarity))
        here = _ratio(self._words.sums(rarity * in_headline), rarity[headline].sum())
        there = _ratio(self._headlines.sums(rarity * in_words), self._headlines.sums(rarity))
        fewer = np.minimum(self._headlines.sizes(), len(headline))
        alike = _ratio(self._headlines.sums(in_headline), fewer)
        return Common(
            agreement=_cosine(self._words, words, rarity**2),
            wording=_cosine(self._stems, stems, rarity**2),
            answered=((here + there) / 2).astype(np.float32),
            frame=np.maximum(0.0, alike - np.minimum(here, there)).astype(np.float32),
        )

    def contradicts(self, said: Said) -> NDArray[np.bool_]:
        """Return which places count the same thing and come to other numbers."""
        found = np.zeros(len(self._said), dtype=bool)
        for thing, numbers in said.counted.items():
            for place in self._counting.get(thing, ()):
                found[place] |= not numbers & self._said[place].counted[thing]
        return found

    def shared(self, one: int, said: Said) -> list[str]:
        """Return the witnesses that the piece at a place shares with another: names first, then the rarest."""
        common = self._said[one].words.keys() & said.words.keys()
        return sorted(common, key=lambda key: (self._is_common(said.words[key]), self._times(key), key))

    @staticmethod
    def _is_common(word: str) -> bool:
        return not (word[:1].isupper() or word[:1].isdigit())

    def _times(self, key: str) -> int:
        return int(self._heard[self._numbers[key]])

    def _put(self, said: Said) -> None:
        for thing in said.counted:
            self._counting[thing].append(len(self._said))
        self._said.append(said)
        self._words.put(self._numbered(said.words))
        self._stems.put(self._numbered(said.stems))
        self._headlines.put(self._numbered(said.headline))

    def _numbered(self, keys: Iterable[str]) -> Ints:
        found = [self._numbers.setdefault(key, len(self._numbers)) for key in keys]
        while len(self._numbers) > len(self._heard):
            self._heard = np.concatenate([self._heard, np.zeros_like(self._heard)])
        return np.array(found, dtype=np.int64)


class _Rows:
    """Sets of numbers, one after the other, so that sums over each are taken at once."""

    def __init__(self) -> None:
        self._all = np.zeros(1024, dtype=np.int64)
        self._ends = np.zeros(256, dtype=np.int64)
        self._count = 0

    def put(self, numbers: Sequence[int] | Ints) -> None:
        start = self._ends[self._count - 1] if self._count else 0
        end = int(start) + len(numbers)
        while end > len(self._all):
            self._all = np.concatenate([self._all, np.zeros_like(self._all)])
        if self._count == len(self._ends):
            self._ends = np.concatenate([self._ends, np.zeros_like(self._ends)])
        self._all[int(start) : end] = numbers
        self._ends[self._count] = end
        self._count += 1

    def sums(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        ends = self._ends[: self._count]
        total = np.cumsum(weights[self._all[: int(ends[-1])]]) if self._count else np.zeros(0)
        total = np.concatenate([[0.0], total])
        return np.asarray(total[ends] - total[np.concatenate([[0], ends[:-1]]).astype(np.int64)])

    def sizes(self) -> Ints:
        return np.diff(self._ends[: self._count], prepend=0)


def _marked(numbers: Ints, size: int) -> NDArray[np.float64]:
    marks = np.zeros(size)
    marks[numbers] = 1.0
    return marks


def _cosine(rows: _Rows, asked: Ints, squared: NDArray[np.float64]) -> Floats:
    shared = rows.sums(squared * _marked(asked, len(squared)))
    return _ratio(shared, np.sqrt(rows.sums(squared) * squared[asked].sum())).astype(np.float32)


def _ratio(part: NDArray[np.float64], whole: NDArray[np.float64] | float) -> NDArray[np.float64]:
    # Sums that are differences of sums leave dust where there is nothing.
    dusted = np.where(np.abs(part) < 1e-9, 0.0, part)  # noqa: PLR2004
    return np.clip(dusted / np.maximum(whole, 1e-9), 0.0, 1.0)
