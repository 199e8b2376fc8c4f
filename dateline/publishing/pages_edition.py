"""What the pages of editions show, as plain data: filled by `queries/edition.py`, rendered by templates/pages."""

from dataclasses import dataclass
from datetime import date, datetime

from dateline.publishing.pages import Card, Frame, Head, Link
from dateline.publishing.pages_voices import Paper, Papers

__all__ = [
    "DayOrder",
    "EditionLine",
    "EditionPage",
    "EditionsPage",
    "Late",
    "Paper",
    "Papers",
    "Placed",
    "Slot",
]


@dataclass(frozen=True)
class Placed:
    """A piece in an edition. note: what was put right in it, in the slot of corrections."""

    card: Card
    note: str = ""
    is_late: bool = False
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True)
class Slot:
    """A slot of an edition, in order. code: its machine word."""

    code: str
    name: str
    placed: tuple[Placed, ...]


@dataclass(frozen=True)
class Late:
    """What changed after closing; no `href` where no piece stands."""

    kind: str
    kind_name: str
    said: str
    at: datetime
    headline: str = ""
    href: str = ""


@dataclass(frozen=True)
class EditionPage:
    """templates/pages/edition.html. number: as readers write it. newer, older: empty where there is none."""

    frame: Frame
    head: Head
    crumbs: tuple[Link, ...]
    name: str
    number: str
    run_name: str
    date: date
    closed_at: datetime
    foreword: tuple[str, ...]
    slots: tuple[Slot, ...]
    late: tuple[Late, ...]
    reading_minutes: int
    newer: Link | None = None
    older: Link | None = None
    days: Link | None = None


@dataclass(frozen=True)
class EditionLine:
    """An edition in a list. leads: the headlines of its first pieces."""

    name: str
    href: str
    number: str
    run_name: str
    date: date
    leads: tuple[str, ...] = ()


@dataclass(frozen=True)
class EditionsPage:
    """templates/pages/editions.html: the editions of a language, a month or a day."""

    frame: Frame
    head: Head
    crumbs: tuple[Link, ...]
    name: str
    lines: tuple[EditionLine, ...]
    months: tuple[Link, ...] = ()
    newer: Link | None = None
    older: Link | None = None


@dataclass(frozen=True)
class DayOrder:
    """How an edition orders the home page. Lists may be short: the page fills them."""

    edition: Link
    lead: Card | None
    also: tuple[Card, ...]
    brief: tuple[Card, ...]
    brief_name: str
    opinion: tuple[Card, ...]
    papers: Papers | None
