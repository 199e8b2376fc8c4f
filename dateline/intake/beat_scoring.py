"""The score of a piece for a beat, with its reasons in the order of their weight."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dateline.intake.beat import Beat, Judged, Piece
from dateline.intake.beat_likeness import Alike, Likeness
from dateline.intake.beat_reasons import labels_of, reasons
from dateline.intake.beat_weighing import Background, Evidence, Weigher
from dateline.intake.embeddings.base import Embedder, Vectors

MEASURES: Final = (
    "title",
    "bare_title",
    "lede",
    "text",
    "company",
    "outlet",
    "about",
    "examples_for",
    "examples_against",
)


@dataclass(frozen=True)
class Weights:
    """What each of MEASURES counts, and where the sum begins: the logarithm of the odds."""

    start: float
    counts: tuple[float, ...]


# No news set says what an outlet counts for a subject; a decisive one needs no weight.
_OUTLET: Final = 4.0
# Chosen on the dev half of a news set (benchmarks/intake/beat.py --fit): with words alone, with an embedder that sees
# sense, with examples compared by letters, and with examples compared by sense.
_WORDS: Final = Weights(-6.66, (4.83, 4.17, 1.93, 1.73, 2.24, _OUTLET, 0.0, 0.0, 0.0))
_SENSE: Final = Weights(-7.17, (4.52, 3.69, 1.90, 1.70, 2.00, _OUTLET, 3.27, 0.0, 0.0))
_EXAMPLES_BY_LETTERS: Final = Weights(-6.74, (4.62, 3.90, 1.86, 1.65, 2.28, _OUTLET, 0.0, 3.25, -1.49))
_EXAMPLES_BY_SENSE: Final = Weights(-9.06, (3.95, 3.22, 1.68, 1.45, 1.91, _OUTLET, 2.88, 5.16, -0.99))
# Whether the embedder sees sense; whether there are examples.
_WEIGHTS: Final[Mapping[tuple[bool, bool], Weights]] = {
    (False, False): _WORDS,
    (True, False): _SENSE,
    (False, True): _EXAMPLES_BY_LETTERS,
    (True, True): _EXAMPLES_BY_SENSE,
}


class Scorer:
    """A beat made ready for many pieces. The same piece always gets the same score.

    embedder: what compares with the beat's words and examples; without one, words alone are weighed.
    """

    def __init__(
        self,
        beat: Beat,
        *,
        background: Background | None = None,
        embedder: Embedder | None = None,
    ) -> None:
        self.beat = beat
        self._weigher = Weigher(beat, background)
        self._decisive_outlets = {
            name.casefold() for name, weight in beat.outlets.items() if weight == "decisive"
        }
        likeness = Likeness(beat, embedder) if embedder else None
        self._likeness = likeness if likeness and likeness.is_asked else None
        sees_sense = bool(self._likeness and embedder and embedder.traits.is_centred)
        self._engine = embedder.traits.name if embedder and sees_sense else ""
        self._weights = _WEIGHTS[sees_sense, bool(self._likeness and beat.examples_for)]

    @property
    def reads_vectors_of(self) -> str:
        """The name of the embedder whose vector of a piece may be handed in; empty where none is wanted."""
        return self._engine

    def judge(self, piece: Piece, *, vector: Vectors | None = None) -> Judged:
        """Return the score of a piece with its reasons. vector: the embedder's, where it is known already."""
        evidence, alike = self._weigher.weigh(piece), self._alike(piece, vector)
        measures = _measures(evidence, alike)
        score = self._score(measures)
        if self._decides(piece, evidence):
            score = max(score, self.beat.line)
        is_over = score >= self.beat.line
        return Judged(
            score=score,
            is_over_the_line=is_over,
            labels=labels_of(self.beat, evidence) if is_over else (),
            reasons=reasons(self.beat, piece, evidence, self._shares(measures)),
        )

    def measures(self, piece: Piece) -> tuple[float, ...]:
        """Return what is weighed of a piece, in the order of MEASURES."""
        return _measures(self._weigher.weigh(piece), self._alike(piece))

    def _decides(self, piece: Piece, evidence: Evidence) -> bool:
        """Whether the outlet, or something in the headline, is decisive: that is over the line, whatever else is."""
        concepts = self.beat.concepts
        return piece.outlet.casefold() in self._decisive_outlets or any(
            tally.title and concepts[at].weight == "decisive" for at, tally in evidence.tallies.items()
        )

    def _alike(self, piece: Piece, vector: Vectors | None = None) -> Alike:
        return self._likeness.of(piece, vector) if self._likeness else Alike()

    def _shares(self, measures: Sequence[float]) -> dict[str, float]:
        """Return what each measure adds to the odds."""
        counted = zip(MEASURES, self._weights.counts, measures, strict=True)
        return {name: count * measure for name, count, measure in counted}

    def _score(self, measures: Sequence[float]) -> float:
        odds = self._weights.start + sum(
            count * measure for count, measure in zip(self._weights.counts, measures, strict=True)
        )
        return round(1 / (1 + math.exp(-odds)), 4)


def _measures(evidence: Evidence, alike: Alike) -> tuple[float, ...]:
    return (
        evidence.title,
        evidence.bare_title,
        evidence.lede,
        evidence.text,
        evidence.company,
        evidence.outlet,
        alike.about,
        alike.examples_for,
        alike.examples_against,
    )
