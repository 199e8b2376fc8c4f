"""What in a piece speaks for a beat, as numbers from 0 to 1, and why, in codes."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from dateline.intake.beat import WEIGHTS, Beat, Concept, Piece, Reason
from dateline.intake.beat_finding import Finder, Found, Mention
from dateline.lib.scripts import primary

# The first so many words of a text are its beginning.
LEDE: Final = 60
_MOST_TIMES: Final = 6
_HEARD: Final = 0.6
_LEAST_SPECIFIC: Final = 0.3
_COMMON: Final = 0.02
_ONLY_ONCE: Final = 1
_DENSE: Final = 3.0


@dataclass(frozen=True)
class Background:
    """How often a concept was found without any other of its beat, among so many pieces: what that makes common.

    A word that stands alone in every tenth piece says little; what an editor calls decisive keeps its weight.
    """

    pieces: int = 0
    alone: Mapping[str, int] = field(default_factory=dict)

    def specificity(self, concept: Concept) -> float:
        """Return from 0.3, where it is found alone everywhere, to 1."""
        if concept.weight == "decisive" or not self.pieces:
            return 1.0
        share = self.alone.get(concept.name, 0) / self.pieces
        return 1.0 if share <= _COMMON else max(_LEAST_SPECIFIC, math.log(share) / math.log(_COMMON))


@dataclass
class Tally:
    """Where one concept is named: times in the headline, in the beginning, and in all of the text."""

    title: int = 0
    lede: int = 0
    text: int = 0
    is_heard: bool = False

    @property
    def is_passing(self) -> bool:
        """Whether it is named once, late."""
        return not self.title and not self.lede and self.text == _ONLY_ONCE


@dataclass(frozen=True)
class Evidence:
    """The measures that are weighed, each from 0 to 1, and what they rest on.

    tallies: by concept's place in the beat, without those that were told apart. said: reasons that are known here.
    """

    title: float
    bare_title: float
    lede: float
    text: float
    company: float
    outlet: float
    tallies: dict[int, Tally]
    said: tuple[Reason, ...]


class Weigher:
    """A beat made ready: give it pieces. The same piece always weighs the same."""

    def __init__(self, beat: Beat, background: Background | None = None) -> None:
        self.beat = beat
        self._finder = Finder(beat.concepts)
        self._strangers = Finder([_stranger(concept) for concept in beat.concepts])
        self._has_strangers = any(concept.not_with for concept in beat.concepts)
        background = background or Background()
        self._weights = [WEIGHTS[c.weight] * background.specificity(c) for c in beat.concepts]
        self._outlets = {name.casefold(): WEIGHTS[weight] for name, weight in beat.outlets.items()}

    def weigh(self, piece: Piece) -> Evidence:
        """Return what speaks for the beat in a piece."""
        body = f"{piece.standfirst}\n{piece.text}" if piece.standfirst else piece.text
        title = self._finder.find(piece.title, language=piece.language)
        text = self._finder.find(body, language=piece.language)
        tallies = _tallies(title, text)
        said = [*self._told_apart(tallies, piece, body), *self._without_company(tallies)]
        in_title = _full(sum(self._worth(at, t) for at, t in tallies.items() if t.title))
        return Evidence(
            title=in_title,
            bare_title=0.0 if text.words else in_title,
            lede=_full(sum(self._worth(at, t) for at, t in tallies.items() if t.lede)),
            text=_full(self._density(tallies, text.words)),
            company=_full((sum(sorted(self._worth(at, t) for at, t in tallies.items())[:-1])) / 2),
            outlet=_full(self._outlets.get(piece.outlet.casefold(), 0.0)),
            tallies=tallies,
            said=tuple(said),
        )

    def _worth(self, at: int, tally: Tally) -> float:
        return self._weights[at] * (_HEARD if tally.is_heard else 1.0)

    def _density(self, tallies: dict[int, Tally], words: int) -> float:
        """Return how much is said of it in a hundred words; a long text is asked for less."""
        times = sum(self._worth(at, t) * min(t.text, _MOST_TIMES) for at, t in tallies.items())
        return _DENSE * times / math.sqrt(max(words, LEDE))

    def _told_apart(self, tallies: dict[int, Tally], piece: Piece, body: str) -> list[Reason]:
        """Take out what is something else in this company, and say so."""
        if not self._has_strangers or not tallies:
            return []
        strangers = self._strangers.find(f"{piece.title}\n{body}", language=piece.language)
        met = {mention.concept for mention in strangers.mentions} & tallies.keys()
        for at in met:
            del tallies[at]
        concepts = self.beat.concepts
        return [Reason("told-apart", (concepts[at].name,)) for at in sorted(met)]

    def _without_company(self, tallies: dict[int, Tally]) -> list[Reason]:
        """Take out what says nothing here: its only company are weak words that need company themselves."""
        gone: list[int] = []
        while lonely := [at for at in tallies if not self._has_company(at, tallies)]:
            gone += lonely
            for at in lonely:
                del tallies[at]
        return [Reason("alone", (self.beat.concepts[at].name,)) for at in sorted(gone)]

    def _has_company(self, at: int, tallies: dict[int, Tally]) -> bool:
        concepts = self.beat.concepts
        return not concepts[at].needs_company or any(
            not concepts[other].needs_company or concepts[other].weight != "weak"
            for other in tallies
            if other != at
        )


def learn_background(beat: Beat, pieces: list[Piece]) -> Background:
    """Return how often each concept stands alone in these pieces, which are of all kinds."""
    finder, alone = Finder(beat.concepts), Counter[str]()
    for piece in pieces:
        found = finder.find(f"{piece.title}\n{piece.standfirst}\n{piece.text}", language=piece.language)
        named = {mention.concept for mention in found.mentions}
        if len(named) == 1:
            alone[beat.concepts[named.pop()].name] += 1
    return Background(len(pieces), dict(alone))


def _tallies(title: Found, text: Found) -> dict[int, Tally]:
    tallies: dict[int, Tally] = {}
    for mention in title.mentions:
        tally = _of(tallies, mention)
        tally.title += 1
    for mention in text.mentions:
        tally = _of(tallies, mention)
        tally.text += 1
        tally.lede += mention.place < LEDE
    return tallies


def _of(tallies: dict[int, Tally], mention: Mention) -> Tally:
    tally = tallies.setdefault(mention.concept, Tally(is_heard=True))
    tally.is_heard = tally.is_heard and mention.is_heard
    return tally


def _stranger(concept: Concept) -> Concept:
    languages = tuple(primary(language) for language in concept.forms) or ("en",)
    return Concept(name=concept.name, forms=dict.fromkeys(languages, concept.not_with))


def _full(amount: float) -> float:
    return 1.0 - math.exp(-amount)
