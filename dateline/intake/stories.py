"""Pieces about one event, gathered as they come in, across outlets and languages."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dateline.intake.embeddings.base import Embedder, Traits, Vectors
from dateline.intake.stories_bench import Bench, Common
from dateline.intake.stories_means import LanguageMeans
from dateline.intake.stories_shelf import Floats, Shelf
from dateline.intake.stories_witness import Said, said
from dateline.lib.scripts import primary
from dateline.lib.text import one_line

WINDOW: Final = timedelta(days=3)
# A story is as near as its nearest three pieces are in the mean.
NEAREST: Final = 3
LEDE: Final = 300
_TOLD: Final = 8
_FADES_BY: Final = timedelta(hours=6).total_seconds()


@dataclass(frozen=True)
class Telling:
    """A piece as the stories read it: its first words, its language (BCP 47, or empty), and when it came out."""

    id: str
    title: str
    text: str = ""
    language: str = ""
    published_at: datetime | None = None


@dataclass(frozen=True)
class Heard:
    """A piece as the stories remember it: no text of it is left.

    language: its primary tag, or empty. time: in seconds since 1970, NaN where unknown.
    """

    id: str
    vector: Vectors
    said: Said
    language: str
    has_text: bool
    time: float


@dataclass(frozen=True)
class Why:
    """Why two pieces are near: in sense (-1 to 1), by witnesses (0 to 1), and which: the rarest words first.

    answered: how much of each headline the other's text speaks of (0 to 1). contradicts: whether they count the same
    thing differently. hours: between them, None where unknown. score: all together, as it is held against the
    embedder's `links_from`.
    """

    similarity: float
    agreement: float
    answered: float
    contradicts: bool
    hours: float | None
    score: float
    shared: tuple[str, ...]


@dataclass(frozen=True)
class Placed:
    """The number of the story that a piece belongs to; `nearest` are the pieces that spoke for it, the nearest first.

    story: None where it is a new one. nearest: ids; empty where the story is new. score: how near, in the mean; of a
    new story, the nearest other one's.
    """

    story: int | None
    nearest: tuple[str, ...]
    score: float


@dataclass(frozen=True)
class Taken(Placed):
    """Where a piece was placed, a new story having its number."""

    story: int


@dataclass(frozen=True)
class _Weighed:
    """What speaks for each piece that is remembered, by its place."""

    common: Common
    nearness: Floats
    contradicts: NDArray[np.bool_]
    scores: Floats


def hear(telling: Telling, vector: Vectors) -> Heard:
    """Return what is remembered of a piece whose first words have this vector."""
    return Heard(
        id=telling.id,
        vector=vector,
        said=said(telling.title, telling.text),
        language=primary(telling.language) if telling.language else "",
        has_text=bool(telling.text.strip()),
        time=telling.published_at.timestamp() if telling.published_at else float("nan"),
    )


def first_words(telling: Telling) -> str:
    """Return what of a piece is given to the embedder: the headline and the beginning of the text."""
    lede = one_line(telling.text)[:LEDE]
    return f"{one_line(telling.title)}\n{lede}" if lede else one_line(telling.title)


class Stories:
    """The stories of a time window. Each piece is placed once, by what came before it.

    Nothing is learnt here from what an editor merges, splits or pins; that is the caller's to keep, and to say with
    `move`.
    """

    def __init__(
        self,
        traits: Traits,
        *,
        window: timedelta = WINDOW,
        links_from: float | None = None,
        means: LanguageMeans | None = None,
    ) -> None:
        self._traits = traits
        self._links_from = traits.links_from if links_from is None else links_from
        self._window = window.total_seconds()
        self._means = means or LanguageMeans(traits.size)
        self._shelf = Shelf(traits.size)
        self._bench = Bench()
        self._ids: list[str] = []
        self._next = 0
        self._weighed: tuple[Heard, _Weighed] | None = None

    @property
    def means(self) -> LanguageMeans:
        """The running means, which the caller may keep."""
        return self._means

    def __len__(self) -> int:
        return self._shelf.count

    def find(self, heard: Heard) -> Placed:
        """Return the story that a piece belongs to. Its language's mean has to know it already (`learn`)."""
        if not self._shelf.count:
            return Placed(None, (), 0.0)
        scores = self._weigh(heard).scores.copy()
        scores[np.abs(self._shelf.times - heard.time) > self._window] = -np.inf
        return self._place(scores)

    def learn(self, heard: Heard) -> None:
        """Count a piece in the mean of its language."""
        self._weighed = None
        self._means.learn(heard.vector, heard.language)

    def put(self, heard: Heard, *, story: int) -> None:
        """Remember that a piece is in a story."""
        self._weighed = None
        if self._shelf.is_full:
            self._forget(heard.time)
        self._shelf.put(
            heard.vector,
            language=self._means.number(heard.language),
            story=story,
            has_text=heard.has_text,
            time=heard.time,
        )
        self._bench.hear(heard.said)
        self._ids.append(heard.id)
        self._next = max(self._next, story + 1)

    def take(self, heard: Heard) -> Taken:
        """Place the piece in the story it belongs to, or in a new one, and remember it for those after it."""
        self.learn(heard)
        placed = self.find(heard)
        story = self._next if placed.story is None else placed.story
        self.put(heard, story=story)
        return Taken(story, placed.nearest, placed.score)

    def move(self, ids: frozenset[str], *, story: int) -> None:
        """Put pieces into another story; those that were forgotten are passed over."""
        self._shelf.move([place for place, one in enumerate(self._ids) if one in ids], story=story)
        self._next = max(self._next, story + 1)

    def story_of(self, one: str) -> int | None:
        """Return the story of a piece, None where it is not remembered."""
        return int(self._shelf.stories[self._ids.index(one)]) if one in self._ids else None

    @property
    def next_story(self) -> int:
        """The number that a new story would get."""
        return self._next

    def why(self, one: str, other: str) -> Why:
        """Return why two pieces are near. Raises KeyError for a piece that was not taken, or was forgotten."""
        places = {known: place for place, known in enumerate(self._ids)}
        a, b = places[one], places[other]
        return self.why_near(self._shelf_heard(a), b)

    def why_near(self, heard: Heard, place: int | str) -> Why:
        """Return why a piece is near the one at a place, or with an id."""
        at = self._ids.index(place) if isinstance(place, str) else place
        found = self._weigh(heard)
        apart = abs(float(self._shelf.times[at]) - heard.time)
        return Why(
            similarity=round(float(found.nearness[at]), 4),
            agreement=round(float(found.common.agreement[at]), 4),
            answered=round(float(found.common.answered[at]), 4),
            contradicts=bool(found.contradicts[at]),
            hours=None if np.isnan(apart) else round(apart / 3600, 1),
            score=round(float(found.scores[at]), 4),
            shared=tuple(heard.said.words[key] for key in self._bench.shared(at, heard.said)[:_TOLD]),
        )

    def _shelf_heard(self, place: int) -> Heard:
        shelf = self._shelf
        return Heard(
            id=self._ids[place],
            vector=shelf.vector(place),
            said=self._bench.said(place),
            language=self._means.name(int(shelf.languages[place])),
            has_text=bool(shelf.texts[place]),
            time=float(shelf.times[place]),
        )

    def _weigh(self, heard: Heard) -> _Weighed:
        """Return what speaks for each piece that is remembered: once, for its place and for what is told of it."""
        if self._weighed is None or self._weighed[0] is not heard:
            common, nearness = self._bench.compare(heard.said), self._nearness(heard)
            contradicts = self._bench.contradicts(heard.said)
            scores = self._scores(heard, common, nearness, contradicts)
            self._weighed = heard, _Weighed(common, nearness, contradicts, scores)
        return self._weighed[1]

    def _scores(
        self, heard: Heard, common: Common, nearness: Floats, contradicts: NDArray[np.bool_]
    ) -> Floats:
        """Return how near each piece is, less what more is asked of those that say more."""
        traits, shelf = self._traits, self._shelf
        scores = nearness - traits.fading * np.sqrt(
            np.nan_to_num(np.abs(shelf.times - heard.time)) / _FADES_BY
        )
        with_text = (shelf.texts > 0) & heard.has_text
        same_tongue = shelf.languages == self._means.number(heard.language)
        in_tongue = with_text & same_tongue
        agreement = np.where(same_tongue, common.wording, common.agreement)
        scores += np.where(in_tongue, traits.tongue_witness_weight, traits.witness_weight) * agreement
        scores -= traits.text_margin * with_text
        told = traits.answered_weight * common.answered - traits.frame_weight * common.frame
        told -= traits.number_weight * contradicts + traits.tongue_margin
        return np.asarray(scores + np.where(in_tongue, told, 0.0), dtype=np.float32)

    def _nearness(self, heard: Heard) -> Floats:
        means = self._means.all() * np.float32(self._traits.is_centred)
        return self._shelf.nearness(heard.vector, language=self._means.number(heard.language), means=means)

    def _place(self, scores: Floats) -> Placed:
        order = np.argsort(-scores, kind="stable")[: int(np.isfinite(scores).sum())]
        story, score = self._nearest_story(order, scores)
        if story is None or score < self._links_from:
            return Placed(None, (), round(score, 4))
        spoke = order[self._shelf.stories[order] == story][:NEAREST]
        return Placed(story, tuple(self._ids[place] for place in spoke), round(score, 4))

    def _nearest_story(self, order: NDArray[np.int64], scores: Floats) -> tuple[int | None, float]:
        """Return the story whose nearest three pieces are the nearest in the mean, and that mean."""
        if not len(order):
            return None, 0.0
        names, stories = np.unique(self._shelf.stories[order], return_inverse=True)
        grouped = np.argsort(stories, kind="stable")
        starts = np.flatnonzero(np.diff(stories[grouped], prepend=-1))
        ranks = np.arange(len(grouped)) - np.repeat(starts, np.diff(starts, append=len(grouped)))
        chosen = grouped[ranks < NEAREST]
        sums = np.bincount(stories[chosen], weights=scores[order[chosen]])
        means = sums / np.bincount(stories[chosen])
        best = int(np.argmax(means))
        return int(names[best]), float(means[best])

    def _forget(self, time: float) -> None:
        """Drop what no piece of this time can join; where times do not tell, the older half."""
        chosen = ~(np.abs(self._shelf.times - time) > self._window)
        if chosen.mean() > 0.5:  # noqa: PLR2004
            chosen[: len(chosen) // 2] = False
        self._ids = [one for one, stays in zip(self._ids, chosen, strict=True) if stays]
        self._bench.keep(chosen)
        self._shelf.keep(chosen)


class Reader:
    """Stories with their embedder: tellings in, stories out. What the lab reads a file with."""

    def __init__(self, embedder: Embedder, **options: object) -> None:
        self._embedder = embedder
        self.stories = Stories(embedder.traits, **options)  # type: ignore[arg-type]  # handed on as they came

    def take(self, telling: Telling) -> Taken:
        """Place the piece, and remember it."""
        return self.stories.take(hear(telling, self._embedder.embed([first_words(telling)])[0]))

    def why(self, one: str, other: str) -> Why:
        """Return why two pieces are near. Raises KeyError for one that is not remembered."""
        return self.stories.why(one, other)
