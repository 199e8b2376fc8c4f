"""A beat: what a digest is about, as its editors describe it, and the piece that is held against it."""

from dataclasses import dataclass, field
from typing import Final

# What an editor calls a weight, and what it counts.
WEIGHTS: Final = {"decisive": 3.0, "strong": 2.0, "usual": 1.0, "weak": 0.4}
KINDS: Final = ("name", "place", "term")
USUAL_LINE: Final = 0.5


@dataclass(frozen=True, kw_only=True)
class Concept:
    """A name, place or term of the subject, with its forms in each language.

    forms: by BCP 47 tag, in their basic form; endings are known. weight: one of WEIGHTS. needs_company: alone it
    says nothing, for the word means other things too. not_with: words in whose company it is something else.
    labels: what a piece is routed by where it names this.
    """

    name: str
    kind: str = "term"
    forms: dict[str, tuple[str, ...]]
    weight: str = "usual"
    needs_company: bool = False
    not_with: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Example:
    """A text that is of the subject, or that is not and might be taken for it. language: a tag, or empty."""

    text: str
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class Beat:
    """The description of a subject.

    about: a sentence or two of what it is, which an embedder reads. outlets: names or hosts of those whose pieces
    count by themselves, each with one of WEIGHTS. line: the score from which a piece is shown. labels: of every piece
    over the line.
    """

    name: str
    about: str = ""
    concepts: tuple[Concept, ...]
    outlets: dict[str, str] = field(default_factory=dict)
    examples_for: tuple[Example, ...] = ()
    examples_against: tuple[Example, ...] = ()
    line: float = USUAL_LINE
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Piece:
    """What is scored. outlet: its name or host, as the beat calls it."""

    title: str
    standfirst: str = ""
    text: str = ""
    language: str = ""
    outlet: str = ""


@dataclass(frozen=True)
class Reason:
    """Why a score is what it is: a code of `beat_words.SENTENCES`, and what its sentence names."""

    code: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judged:
    """A score from 0 to 1, whether it is over the beat's line, what routes it, and why: what weighs most first."""

    score: float
    is_over_the_line: bool
    labels: tuple[str, ...]
    reasons: tuple[Reason, ...]
