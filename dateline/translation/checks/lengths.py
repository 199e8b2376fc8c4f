"""How long a translation is, and which part of it goes with which of the source.

Source: Gale and Church 1993, a program for aligning sentences in bilingual corpora; the lengths of languages
relative to English are of news and encyclopaedia sentences. Numbers, links and names that both sides have weigh more.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dateline.lib.scripts import primary
from dateline.translation.checks.quantities import western

_SIZES: Final = {
    "ar": 0.88, "az": 1.05, "de": 1.14, "en": 1.0, "es": 1.13, "fa": 0.93, "fr": 1.18, "hy": 1.08, "it": 1.12,
    "ja": 0.45, "ka": 1.06, "ko": 0.5, "pt": 1.09, "ru": 1.07, "tr": 1.03, "uk": 1.04, "zh": 0.35, "he": 0.8,
}  # fmt: skip
_SPREAD: Final = 3.0  # variance of the length in characters, for each character of the source
_COSTS: Final = {
    (1, 1): 0.0, (1, 0): 4.0, (0, 1): 4.0, (2, 1): 6.5, (1, 2): 6.5, (3, 1): 9.0, (1, 3): 9.0, (2, 2): 9.0,
}  # fmt: skip
_ANCHOR: Final = re.compile(r"\d+|https?://\S+|[A-Z][a-z]{3,}|[A-Z]{2,}")
_SHARED: Final = 2.5
_MOST_SHARED: Final = 4


@dataclass(frozen=True)
class Bead:
    """Parts of the source, by their numbers, and parts of the translation that go together; one may be empty."""

    source: tuple[int, ...]
    text: tuple[int, ...]


def expected_ratio(source_language: str, language: str) -> float:
    """Return how many characters of a translation go to one of the source."""
    return _SIZES.get(primary(language), 1.0) / _SIZES.get(primary(source_language), 1.0)


def surprise(source: str, text: str, *, source_language: str, language: str) -> float:
    """Return how far the length of `text` is from what was to be expected, as a logarithm: 0 is just right."""
    if not source or not text:
        return 0.0 if source == text else -math.inf
    return math.log(len(text) / len(source) / expected_ratio(source_language, language))


def align(source: Sequence[str], text: Sequence[str], *, source_language: str, language: str) -> list[Bead]:
    """Return which parts go together, in order; each part is in one bead."""
    ratio = expected_ratio(source_language, language)
    texts = source, text
    anchors = [_anchors(one) for one in source], [_anchors(one) for one in text]
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(len(source) + 1):
        for j in range(len(text) + 1):
            _extend(best, (i, j), texts, anchors, ratio)
    return _path(best, len(source), len(text))


def _extend(
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]],
    at: tuple[int, int],
    texts: tuple[Sequence[str], Sequence[str]],
    anchors: tuple[list[frozenset[str]], list[frozenset[str]]],
    ratio: float,
) -> None:
    (i, j), (source, text) = at, texts
    if at not in best:
        return
    for (a, b), cost in _COSTS.items():
        if i + a > len(source) or j + b > len(text):
            continue
        total = best[at][0] + cost + _misfit(source[i : i + a], text[j : j + b], ratio)
        total -= _in_common(anchors[0][i : i + a], anchors[1][j : j + b])
        if (i + a, j + b) not in best or total < best[i + a, j + b][0]:
            best[i + a, j + b] = (total, (a, b))


def _misfit(source: Sequence[str], text: Sequence[str], ratio: float) -> float:
    if not source or not text:
        return 0.0
    long, heard = sum(map(len, source)), sum(map(len, text))
    delta = (heard - long * ratio) / math.sqrt(_SPREAD * max(long, 1))
    return min(delta * delta / 2, 25.0)


def _in_common(source: Sequence[frozenset[str]], text: Sequence[frozenset[str]]) -> float:
    if not source or not text:
        return 0.0
    shared = frozenset().union(*source) & frozenset().union(*text)
    return _SHARED * min(len(shared), _MOST_SHARED)


def _anchors(text: str) -> frozenset[str]:
    return frozenset(_ANCHOR.findall(western(text)))


def _path(best: dict[tuple[int, int], tuple[float, tuple[int, int]]], i: int, j: int) -> list[Bead]:
    beads = []
    while i or j:
        a, b = best[i, j][1]
        beads.append(Bead(tuple(range(i - a, i)), tuple(range(j - b, j))))
        i, j = i - a, j - b
    return beads[::-1]
