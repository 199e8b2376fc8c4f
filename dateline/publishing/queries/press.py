"""What one run of the baker knows: the time, the publication, and what it has read already."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone, translation

from dateline.publishing.pages import Card, Frame
from dateline.site import queries as publication
from dateline.site.models import Identity, SiteLanguage


@dataclass(kw_only=True)
class Press:
    """One run. Frames and cards are made once in it; which pieces a list holds is read anew each time."""

    now: datetime
    identity: Identity
    languages: tuple[SiteLanguage, ...]
    zone: ZoneInfo
    base: str
    frames: dict[str, Frame] = field(default_factory=dict)
    cards: dict[tuple[object, ...], Card] = field(default_factory=dict)
    _shown: set[uuid.UUID] = field(default_factory=set)

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

    def note(self, piece: uuid.UUID) -> None:
        """Remember that the page being made says something of an article."""
        self._shown.add(piece)

    @contextmanager
    def making(self, language: str) -> Iterator[None]:
        """Make one page: in its language, in the site's zone, with a fresh note of what it shows."""
        self._shown = set()
        with translation.override(language), timezone.override(self.zone):
            yield

    @property
    def noted(self) -> frozenset[uuid.UUID]:
        """The articles that the page being made shows."""
        return frozenset(self._shown)


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
