"""What a page notes while it is made: which articles it shows, which rows it has read, and till when its days hold.

A tag is a word for something that changes: `section:3`, `topic:4`, `contributor:9`, `outlet:12`, `picture:7`. Who
changes the thing raises the tag; the files that carry it are due. Articles have a table of their own, as there are so
many of them. Pure.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

NEVER: Final = date.max


@dataclass
class Notes:
    """What one page, or a part that stands on many pages, rests on. stale_on: None where it speaks of no day.

    present: articles shown among the newest of the moment and not for their own sake.
    """

    shows: set[uuid.UUID] = field(default_factory=set)
    present: set[uuid.UUID] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)
    stale_on: date | None = None

    def until(self, day: date) -> None:
        """What is said of days is so before this day."""
        if day != NEVER:
            self.stale_on = min(day, self.stale_on) if self.stale_on else day

    def add(self, other: "Notes") -> None:
        """Rest on what another rests on, too."""
        self.shows |= other.shows
        self.present |= other.present
        self.tags |= other.tags
        if other.stale_on:
            self.until(other.stale_on)


def turning_day(told: date, *, today: date) -> date:
    """Return the day from which a day is told otherwise: its hour till midnight, without its year till New Year.

    A day of another year that is past is told in full, and so for ever.
    """
    if told == today:
        return today + timedelta(days=1)
    if told > today:
        return told
    return date(told.year + 1, 1, 1) if told.year == today.year else NEVER


def tags_of(kind: str, keys: Iterable[object]) -> tuple[str, ...]:
    """Return the tags of some rows of one kind."""
    return tuple(f"{kind}:{key}" for key in keys)
