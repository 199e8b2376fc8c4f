"""Pages that list by outlet and by day, as plain data."""

from dataclasses import dataclass
from datetime import date

from dateline.publishing.pages import Card, Frame, Head, Link, Pager


@dataclass(frozen=True)
class OutletPage:
    """templates/pages/outlet.html: all that we took from an outlet, and its source card.

    `name` is in the outlet's own script where `language` is set; `kind_name`, `country` and `languages` are in the
    words of the page's reader; `ground` says by what right its pieces stand here.
    """

    frame: Frame
    head: Head
    name: str
    crumbs: tuple[Link, ...]
    cards: tuple[Card, ...]
    pager: Pager
    language: str
    own_name: str
    kind_name: str
    country: str
    languages: tuple[str, ...]
    owner: str
    home: str
    ground: str
    count: int
    blurb: str = ""
    children: tuple[Link, ...] = ()
    picture: None = None


@dataclass(frozen=True)
class DayPage:
    """templates/pages/day.html: what came out on a day, with the way to the days before and after."""

    frame: Frame
    head: Head
    crumbs: tuple[Link, ...]
    day: date
    cards: tuple[Card, ...]
    newer: Link | None = None
    older: Link | None = None


@dataclass(frozen=True)
class Month:
    """A month with the days on which something came out. `name`: the month as the page's reader says it."""

    name: str
    days: tuple[Link, ...]


@dataclass(frozen=True)
class ArchivePage:
    """templates/pages/archive.html: the days of all months, the newest first."""

    frame: Frame
    head: Head
    crumbs: tuple[Link, ...]
    name: str
    months: tuple[Month, ...]
