"""What an edition holds, as plain data: the page, the letter and the feed are made of it. Pure.

Addresses are paths of ours. Times carry a zone. Only what readers may see at that moment is in it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class ItemPicture:
    """A piece's lead picture, by its number; who shows it makes the size that it needs."""

    number: int
    alt: str
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, kw_only=True)
class VoiceLine:
    """A voice of a press review, told in a line: our headline, and the original's own title. No word of its excerpt."""

    headline: str
    title: str
    outlet: str
    outlet_language: str
    country: str
    language: str
    url: str


@dataclass(frozen=True, kw_only=True)
class EditionItem:
    """A piece as it stands in an edition. `kind` is the machine word, `kind_name` the reader's.

    headline: the edition's own short one where the editor wrote one. credit: the source's line in its words, where
    its permission asks for one. note: of the slot of corrections, what was put right. words: of the whole piece.
    """

    uid: UUID
    headline: str
    standfirst: str
    path: str
    kind: str
    kind_name: str
    genre: str
    language: str
    published_at: datetime
    section: str = ""
    kicker: str = ""
    outlet: str = ""
    outlet_language: str = ""
    outlet_country: str = ""
    authors: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()
    credit: str = ""
    note: str = ""
    words: int = 0
    picture: ItemPicture | None = None
    voices: tuple[VoiceLine, ...] = ()
    is_late: bool = False


@dataclass(frozen=True, kw_only=True)
class SlotContents:
    """A slot and its pieces, in order; an empty slot is left out."""

    code: str
    name: str
    items: tuple[EditionItem, ...]


@dataclass(frozen=True, kw_only=True)
class LateNote:
    """What changed after the edition had closed. kind: update or correction. path: empty where no piece stands."""

    kind: str
    kind_name: str
    said: str
    at: datetime
    headline: str = ""
    path: str = ""


@dataclass(frozen=True, kw_only=True)
class EditionContents:
    """An edition as readers may see it now. path and number: empty and None while it is open."""

    uid: UUID
    language: str
    direction: str
    date: date
    number: int | None
    run: str
    run_name: str
    title: str
    foreword: tuple[str, ...]
    path: str
    closed_at: datetime | None
    slots: tuple[SlotContents, ...]
    late: tuple[LateNote, ...] = ()

    @property
    def items(self) -> tuple[EditionItem, ...]:
        """All pieces, in order."""
        return tuple(item for slot in self.slots for item in slot.items)
