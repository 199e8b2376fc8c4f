"""What every member of the family of search engines does: add pages, remove them, answer questions. Pure.

An engine knows no rights: it answers with pieces' numbers, and `queries.searching` shows those that readers may see.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

# Raised by one when the words of an index are made in another way: then every page is added again.
MAKE = 2


class SearchUnavailable(RuntimeError):
    """The index cannot be asked or written now; the message says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """A piece as it is searched. at: when readers first saw it, in seconds since 1970; day: in the site's zone."""

    uid: UUID
    language: str
    headline: str
    standfirst: str
    text: str
    kind: str
    genre: str
    section: str
    outlet: str
    day: date
    at: int


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a reader asks. Empty filters let everything through; languages: those in whose words the query may be."""

    query: str
    languages: tuple[str, ...]
    language: str = ""
    kind: str = ""
    section: str = ""
    outlet: str = ""
    since: date | None = None
    until: date | None = None
    newest_first: bool = False
    start: int = 0
    most: int = 10


@dataclass(frozen=True)
class Hit:
    """A page that was found, with the text of which an extract is made."""

    uid: UUID
    language: str
    headline: str
    text: str


@dataclass(frozen=True)
class Answer:
    """Hits of one page of answers, the best first. is_loose: not every word of the query is in each of them."""

    hits: tuple[Hit, ...] = ()
    count: int = 0
    is_loose: bool = False


class Engine(Protocol):
    """A search engine. Its verbs may be called from several threads and processes at once."""

    @property
    def name(self) -> str:
        """What operators call it."""

    def identity(self) -> str:
        """Return what names this one index: another one after it was lost or cleared. Raises SearchUnavailable."""

    def add(self, pages: Sequence[Page]) -> None:
        """Put pages in, in place of what is there of them; readers find them when it returns."""

    def remove(self, pieces: Collection[UUID]) -> None:
        """Take pages out; nobody finds them when it returns. Those that are not there are no error."""

    def ask(self, question: Question) -> Answer:
        """Answer a question. Raises SearchUnavailable."""

    def suggest(self, beginning: str, *, language: str, languages: tuple[str, ...], most: int) -> list[UUID]:
        """Return pieces whose headlines have the words so far, the last of which may be unfinished."""

    def count(self) -> int:
        """Return how many pages are in it."""

    def clear(self) -> None:
        """Take everything out; the index has another identity then."""
