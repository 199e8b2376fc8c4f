"""What this process remembers of the stories' window, so that one piece does not read them all again."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Final
from uuid import UUID

from django.conf import settings

from dateline.intake.embeddings.base import Embedder, Traits
from dateline.intake.embeddings.choice import chosen
from dateline.intake.models import Gathering, LanguageMean, Original, Vector
from dateline.intake.stories import WINDOW, Heard, Stories, Telling, first_words, hear
from dateline.intake.stories_means import LanguageMeans
from dateline.intake.stories_packing import packed_sum, read, unpacked, unpacked_sum
from dateline.lib.scripts import primary

# How far back of a piece others are remembered: the window, and a day for those that come in late.
REMEMBERED: Final = WINDOW + timedelta(days=1)
# How long what is remembered serves, before what is too old is let go.
SERVES: Final = timedelta(days=1)


@dataclass
class Memory:
    """The stories of some days as of one state of the tables. since, until: when what is remembered was told."""

    stories: Stories
    since: datetime
    until: datetime
    written: UUID | None = None
    moved: UUID | None = None
    last: int = 0

    def serves(self, told: datetime) -> bool:
        """Return whether all that a piece of this time could join is remembered, and not much besides."""
        return (
            self.since <= told - WINDOW
            and told + WINDOW <= self.until
            and told - self.since <= REMEMBERED + SERVES
        )


@dataclass
class _Desk:
    memories: dict[str, Memory] = field(default_factory=dict)
    is_warm: bool = False


_desk = _Desk()


@cache
def embedder() -> Embedder:
    """Return the embedder of this installation, loaded once a process."""
    return chosen(getattr(settings, "DATELINE_STORIES_ENGINE", ""))


def told_at(original: Original) -> datetime:
    """Return when a piece came out; a time that had not come when it was taken is none."""
    return min(original.published_at or original.taken_at, original.taken_at)


def telling_of(original: Original) -> Telling:
    """Return an original as the stories read it."""
    return Telling(
        id=str(original.pk),
        title=original.headline,
        text=original.body_text,
        language=original.language,
        published_at=told_at(original),
    )


def heard_from(vector: Vector, *, told: datetime) -> Heard:
    """Return a piece as it was heard when it came in."""
    return Heard(
        id=str(vector.original_id),
        vector=unpacked(vector.packed),
        said=read(vector.said),
        language=primary(vector.language) if vector.language else "",
        has_text=vector.has_text,
        time=told.timestamp(),
    )


def remembered(gathering: Gathering, traits: Traits, *, told: datetime) -> Memory:
    """Return the stories around a time as the tables have them. Call it holding the row `gathering`."""
    memory = _desk.memories.get(traits.name)
    if memory is None or memory.moved != gathering.moved or not memory.serves(told):
        memory = Memory(
            Stories(traits),
            since=told - REMEMBERED,
            until=told + WINDOW + SERVES,
            moved=gathering.moved,
        )
        _desk.memories[traits.name] = memory
        _catch_up(memory, traits)
    elif memory.written != gathering.written:
        _catch_up(memory, traits)
    memory.written = gathering.written
    return memory


def forget() -> None:
    """Remember nothing; the tables are read anew."""
    _desk.memories.clear()
    _desk.is_warm = False
    embedder.cache_clear()


def _catch_up(memory: Memory, traits: Traits) -> None:
    _read_means(memory.stories.means, engine=traits.name)
    rows = (
        Vector.objects.filter(
            engine=traits.name,
            pk__gt=memory.last,
            original__membership__told_at__range=(memory.since, memory.until),
        )
        .select_related("original__membership")
        .defer("original__body_html", "original__body_text", "original__standfirst")
        .order_by("pk")
    )
    for vector in rows.iterator():
        membership = vector.original.membership
        heard = heard_from(vector, told=membership.told_at)
        memory.stories.put(heard, story=membership.story_id)
        memory.last = vector.pk


def warm(*, told: datetime) -> None:
    """Have an embedder that learns from texts read those of the days before, once a process."""
    if _desk.is_warm or not embedder().traits.learns:
        return
    _desk.is_warm = True
    recent = Original.objects.filter(membership__told_at__range=(told - REMEMBERED, told)).order_by("pk")
    for original in recent.only("headline", "body_text", "language", "published_at", "taken_at").iterator():
        embedder().embed([first_words(telling_of(original))])


def _read_means(means: LanguageMeans, *, engine: str) -> None:
    for row in LanguageMean.objects.filter(engine=engine).order_by("pk"):
        means.put(row.language, total=unpacked_sum(row.packed), pieces=row.pieces)


def keep_mean(means: LanguageMeans, *, engine: str, language: str) -> None:
    """Write down the running mean of a language."""
    total, pieces = means.of(language)
    LanguageMean.objects.update_or_create(
        engine=engine, language=language, defaults={"packed": packed_sum(total), "pieces": pieces}
    )


__all__ = [
    "Memory",
    "embedder",
    "forget",
    "hear",
    "heard_from",
    "keep_mean",
    "remembered",
    "telling_of",
    "told_at",
    "warm",
]
