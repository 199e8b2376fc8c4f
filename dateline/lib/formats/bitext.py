"""The nouns that translators' files share: an entry with its words in several languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from dateline.lib.formats.inline import Parts, words_of

LONGEST_TEXT: Final = 20_000
MOST_CODES: Final = 500


@dataclass(frozen=True, kw_only=True)
class Variant:
    """The words of an entry in one language, with inline codes. `said` are facts by name, as the file has them."""

    language: str
    parts: Parts
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """The same words in several languages, the source first where the file says which that is.

    person: who translated it. at: when, None where nobody says. said: other facts by name.
    """

    variants: tuple[Variant, ...]
    id: str = ""
    person: str = ""
    at: datetime | None = None
    note: str = ""
    said: Mapping[str, str] = field(default_factory=dict)


def is_usable(parts: Parts) -> bool:
    """True for words that are there, and not endless."""
    text = words_of(parts)
    return bool(text.strip()) and len(text) <= LONGEST_TEXT and len(parts) <= MOST_CODES


def moment(told: str) -> datetime | None:
    """Return a time as TMX (20260314T093000Z) or ISO 8601 writes it, None for anything else; UTC without zone."""
    try:
        found = datetime.fromisoformat(told.strip())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
