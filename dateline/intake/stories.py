"""Pieces about one event, gathered as they come in, across outlets and languages."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dateline.intake.embeddings.base import Embedder, Vectors
from dateline.intake.stories_bench import Bench
from dateline.intake.stories_means import LanguageMeans
from dateline.intake.stories_shelf import Floats, Shelf
from dateline.intake.stories_witness import witnesses
from dateline.lib.scripts import primary
from dateline.lib.text import one_line

WINDOW: Final = timedelta(days=3)
# A story is as near as its nearest three pieces are in the mean.
NEAREST: Final = 3
LEDE: Final = 300
_TOLD: Final = 8


@dataclass(frozen=True)
class Telling:
    """A piece as the stories read it: its first words, its language (BCP 47, or empty), and when it came out."""

    id: str
    title: str
    text: str = ""
    language: str = ""
    published_at: datetime | None = None


@dataclass(frozen=True)
class Why:
    """Why two pieces are near: in sense (-1 to 1), by witnesses (0 to 1), and which: the rarest words first.

    score: both together, as it is held against the embedder's `links_from`.
    """

    similarity: float
    agreement: float
    score: float
    shared: tuple[str, ...]


@dataclass(frozen=True)
class Placed:
    """The number of the story that a piece went into; `nearest` are the pieces that spoke for it, the nearest first.

    nearest: ids; empty where the story is new. score: how near, in the mean; of a new story, the nearest other one's.
    """

    story: int
    nearest: tuple[str, ...]
    score: float


@dataclass(frozen=True)
class _Kept:
    id: str
    words: dict[str, str]


class Stories:
    """The stories of a time window. Each piece is placed once, by what came before it.

    Nothing is learnt here from what an editor merges, splits or pins; that is the caller's to keep.
    """

    def __init__(
        self, embedder: Embedder, *, window: timedelta = WINDOW, links_from: float | None = None
    ) -> None:
        self._embedder = embedder
        self._traits = embedder.traits
        self._links_from = self._traits.links_from if links_from is None else links_from
        self._window = window.total_seconds()
        self._means = LanguageMeans(self._traits.size)
        self._shelf = Shelf(self._traits.size)
        self._bench = Bench()
        self._kept: list[_Kept] = []
        self._stories = 0

    def take(self, telling: Telling) -> Placed:
        """Place the piece in the story it belongs to, or in a new one, and remember it for those after it."""
        vector = self._embedder.embed([_first_words(telling)])[0]
        language = self._means.learn(vector, primary(telling.language) if telling.language else "")
        found = witnesses(telling.title, telling.text)
        time = telling.published_at.timestamp() if telling.published_at else np.nan
        if self._shelf.is_full:
            self._forget(time)
        has_text = bool(telling.text.strip())
        scores = self._scores(vector, language, found, has_text=has_text)
        scores[np.abs(self._shelf.times - time) > self._window] = -np.inf
        placed = self._place(scores)
        self._shelf.put(vector, language=language, story=placed.story, has_text=has_text, time=time)
        self._bench.hear(found)
        self._kept.append(_Kept(telling.id, found))
        return placed

    def why(self, one: str, other: str) -> Why:
        """Return why two pieces are near. Raises KeyError for a piece that was not taken, or was forgotten."""
        places = {kept.id: place for place, kept in enumerate(self._kept)}
        a, b = places[one], places[other]
        vector, language, words = self._shelf.vector(a), int(self._shelf.languages[a]), self._kept[a].words
        scores = self._scores(vector, language, words, has_text=bool(self._shelf.texts[a]))
        return Why(
            similarity=round(float(self._nearness(vector, language)[b]), 4),
            agreement=round(float(self._bench.agreement(words)[b]), 4),
            score=round(float(scores[b]), 4),
            shared=tuple(words[key] for key in self._bench.shared(b, words)[:_TOLD]),
        )

    def _scores(self, vector: Vectors, language: int, found: dict[str, str], *, has_text: bool) -> Floats:
        """Return how near each piece is, less what more is asked of those that say more."""
        scores = self._nearness(vector, language) + self._traits.witness_weight * self._bench.agreement(found)
        if has_text:
            alike = self._shelf.languages == language
            margins = self._traits.text_margin + self._traits.tongue_margin * alike
            scores -= (margins * self._shelf.texts).astype(np.float32)
        return scores

    def _nearness(self, vector: Vectors, language: int) -> Floats:
        means = self._means.all() * np.float32(self._traits.is_centred)
        return self._shelf.nearness(vector, language=language, means=means)

    def _place(self, scores: Floats) -> Placed:
        order = np.argsort(-scores, kind="stable")[: int(np.isfinite(scores).sum())]
        story, score = self._nearest_story(order, scores)
        if story is None or score < self._links_from:
            self._stories += 1
            return Placed(self._stories - 1, (), round(score, 4))
        spoke = order[self._shelf.stories[order] == story][:NEAREST]
        return Placed(story, tuple(self._kept[place].id for place in spoke), round(score, 4))

    def _nearest_story(self, order: NDArray[np.int64], scores: Floats) -> tuple[int | None, float]:
        """Return the story whose nearest three pieces are the nearest in the mean, and that mean."""
        if not len(order):
            return None, 0.0
        stories = self._shelf.stories[order]
        grouped = np.argsort(stories, kind="stable")
        starts = np.flatnonzero(np.diff(stories[grouped], prepend=-1))
        ranks = np.arange(len(grouped)) - np.repeat(starts, np.diff(starts, append=len(grouped)))
        chosen = grouped[ranks < NEAREST]
        sums = np.bincount(stories[chosen], weights=scores[order[chosen]])
        counts = np.bincount(stories[chosen])
        means = np.where(counts, sums / np.maximum(counts, 1), -np.inf)
        best = int(np.argmax(means))
        return best, float(means[best])

    def _forget(self, time: float) -> None:
        """Drop what no piece of this time can join; where times do not tell, the older half."""
        chosen = ~(np.abs(self._shelf.times - time) > self._window)
        if chosen.mean() > 0.5:  # noqa: PLR2004
            chosen[: len(chosen) // 2] = False
        self._kept = [kept for kept, stays in zip(self._kept, chosen, strict=True) if stays]
        self._bench.keep(chosen)
        self._shelf.keep(chosen)


def _first_words(telling: Telling) -> str:
    lede = one_line(telling.text)[:LEDE]
    return f"{one_line(telling.title)}\n{lede}" if lede else one_line(telling.title)
