"""Does a piece fulfil a standing rule? Pure: rows are handed in as words."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from dateline.desk.folding import folded, sought


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What must all be so; what is empty or None asks nothing. words: a comma means “or”."""

    outlet: int | None = None
    language: str = ""
    words: str = ""
    person: str = ""
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """What a rule looks at. text: headline, standfirst and body, folded."""

    outlet: int
    language: str
    text: str
    persons: Collection[str]
    labels: Collection[str]


def fulfils(piece: Piece, rule: Rule) -> bool:
    """Return whether all that the rule asks is so; a rule that asks nothing is fulfilled by nothing."""
    asks: list[tuple[bool, Callable[[], bool]]] = [
        (rule.outlet is not None, lambda: piece.outlet == rule.outlet),
        (bool(rule.language), lambda: _speaks(piece.language, rule.language)),
        (bool(folded(rule.words)), lambda: _has_words(piece.text, rule.words)),
        (bool(folded(rule.person)), lambda: _is_by(piece.persons, rule.person)),
        (bool(rule.label), lambda: rule.label in piece.labels),
    ]
    asked = [holds for is_asked, holds in asks if is_asked]
    return bool(asked) and all(holds() for holds in asked)


def _speaks(language: str, wanted: str) -> bool:
    return language == wanted or language.startswith(f"{wanted}-")


def _has_words(text: str, words: str) -> bool:
    groups = [sought(group) for group in words.replace("،", ",").split(",")]
    return any(all(word in text for word in group) for group in groups if group)


def _is_by(persons: Collection[str], wanted: str) -> bool:
    return any(folded(wanted) in folded(person) for person in persons)
