"""What one run of the baker knows: the time, the publication, and what it has read already."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone, translation

from dateline.lib.formats.rss import Entry
from dateline.publishing.leaf import Leaf
from dateline.publishing.nearness import Told
from dateline.publishing.notes import Notes, turning_day
from dateline.publishing.pages import Card, Frame, PictureView
from dateline.site import queries as publication
from dateline.site.models import Identity, SiteLanguage

if TYPE_CHECKING:
    from dateline.articles.models import Article
    from dateline.publishing.queries.gathering import Gathered


@dataclass(kw_only=True)
class Press:
    """One run. Frames and cards are made once in it; which pieces a list holds is read anew each time.

    newest, told: the present as this run has first read it, which is what stands beside articles. gathered: what was
    read ahead for the pages of some articles, many at a time; cleared: those of them that the gate let through, as it
    read them. Which articles a page shows and
    which rows it has read is noted while it is made: `note`, `rests_on`, `until`.
    """

    now: datetime
    identity: Identity
    languages: tuple[SiteLanguage, ...]
    zone: ZoneInfo
    base: str
    frames: dict[str, Frame] = field(default_factory=dict)
    cards: dict[tuple[object, ...], tuple[Card, Notes]] = field(default_factory=dict)
    words: dict[tuple[object, ...], int] = field(default_factory=dict)
    pictures: dict[tuple[object, ...], PictureView | None] = field(default_factory=dict)
    entries: dict[tuple[object, ...], tuple[Entry, Notes]] = field(default_factory=dict)
    sheets: dict[tuple[str, bool], str] = field(default_factory=dict)
    newest: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    told: dict[int, Told] = field(default_factory=dict)
    gathered: "Gathered | None" = None
    cleared: "dict[uuid.UUID, Article] | None" = None
    _notes: Notes = field(default_factory=Notes)

    @property
    def codes(self) -> tuple[str, ...]:
        """The tags of the site's languages, the default first."""
        return tuple(language.code for language in self.languages)

    @property
    def default(self) -> str:
        """The tag of the site's first language."""
        return self.languages[0].code

    def absolute(self, path: str) -> str:
        """Return a path of ours as a whole address."""
        return f"{self.base}{path}"

    def local(self, moment: datetime) -> datetime:
        """Return a moment in the site's zone."""
        return moment.astimezone(self.zone)

    @property
    def today(self) -> date:
        """The day of this run in the site's zone."""
        return self.local(self.now).date()

    def note(self, piece: uuid.UUID) -> None:
        """Remember that the page being made says something of an article."""
        self._notes.shows.add(piece)

    def rests_on(self, *tags: str) -> None:
        """Remember what else the page being made has read: `section:3`, `outlet:12`. See notes.py."""
        self._notes.tags.update(tags)

    def until(self, day: date) -> None:
        """Remember that what the page being made says of days is so before this day, and not from it on."""
        self._notes.until(day)

    def shows_day_of(self, moment: datetime) -> None:
        """Remember that a day is told as seen from today: its hour on the day itself, its year in another year."""
        self._notes.until(turning_day(self.local(moment).date(), today=self.today))

    @contextmanager
    def making(self, language: str) -> Iterator[None]:
        """Make one page: in its language, in the site's zone, with a fresh note of what it shows and rests on."""
        self.begin()
        with self.speaking(language):
            yield

    @contextmanager
    def speaking(self, language: str) -> Iterator[None]:
        """Speak a language, in the site's zone."""
        with translation.override(language), timezone.override(self.zone):
            yield

    def begin(self) -> None:
        """Forget what the last page has noted."""
        self._notes = Notes()

    @contextmanager
    def noting_apart(self) -> Iterator[Notes]:
        """Make a part that stands on many pages: what it rests on is noted apart, to be added to each of them."""
        before, self._notes = self._notes, Notes()
        try:
            yield self._notes
        finally:
            self._notes = before

    def add(self, notes: Notes) -> None:
        """Let the page being made rest on what one of its parts rests on."""
        self._notes.add(notes)

    @contextmanager
    def showing_the_present(self) -> Iterator[None]:
        """Make what a page shows of the present: of it only a withdrawal makes the page again. Decision 027."""
        with self.noting_apart() as apart:
            yield
        self._notes.present |= apart.shows | apart.present

    @property
    def noted(self) -> frozenset[uuid.UUID]:
        """The articles that the page being made shows."""
        return frozenset(self._notes.shows)

    def signed(self, leaf: Leaf) -> Leaf:
        """Return a leaf that was just made, with all that was noted while it was."""
        if leaf.is_beside:
            return leaf
        notes = self._notes
        return replace(
            leaf,
            present=frozenset(notes.present - leaf.shows),
            tags=frozenset(notes.tags),
            stale_on=notes.stale_on,
        )


def open_press(*, now: datetime) -> Press:
    """Return a press that knows the publication as it is saved now."""
    identity = publication.identity()
    return Press(
        now=now,
        identity=identity,
        languages=publication.languages(identity),
        zone=publication.zone(identity),
        base=settings.DATELINE_URL,
    )
