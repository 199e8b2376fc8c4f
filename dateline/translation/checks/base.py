"""What a check is given, and what it finds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from dateline.translation.glossary.matching import Glossary


class Severity(StrEnum):
    """What a finding does: it blocks, it warns, or it only informs."""

    BLOCK = "block"
    WARN = "warn"
    INFORM = "inform"


@dataclass(frozen=True)
class Finding:
    """Something about a translation that a person should see.

    code: which sentence of `words.SENTENCES` says it, with `values`. start, end: characters of the translation; where
    something is missing, all of it. Two findings of one check with the same code and values are the same one.
    """

    check: str
    code: str
    severity: Severity
    start: int
    end: int
    values: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A source text with its translation: a sentence, a paragraph, or several with blank lines between them.

    kind: of block, such as `headline`. is_untouched: a machine wrote the words and nobody changed or approved them.
    credit: what the credit line must name, by role; empty where this is none. glossary: terms to keep to.
    """

    source: str
    text: str
    source_language: str
    language: str
    kind: str = "paragraph"
    is_untouched: bool = False
    credit: Mapping[str, str] = field(default_factory=dict)
    glossary: "Glossary | None" = None
    longest_headline: int = 110


class Check(Protocol):
    """One check: its name and what it finds, in the order of the text."""

    name: str

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield what is wrong with `pair`."""
        ...


def whole(pair: Pair) -> tuple[int, int]:
    """Return the place of something that is missing: all of the translation."""
    return 0, len(pair.text)
