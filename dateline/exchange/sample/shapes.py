"""The shapes of the sample newsroom: what its files say, as frozen dataclasses without a database.

A text in several languages is a mapping from language tag to text. Days are counted back from the day of
loading (`days_ago`), so that the sample is never old news.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

Texts = Mapping[str, str]


class SampleBroken(ValueError):
    """A file of the sample newsroom is wrong; the message names the file and the field."""

    def __init__(self, *, file: str, field: str, reason: str) -> None:
        super().__init__(f"{file}: {field}: {reason}")
        self.file = file
        self.field = field


@dataclass(frozen=True, slots=True)
class Paragraph:
    """HTML with em, strong and a."""

    html: str


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A pulled quotation; `attribution` may be empty."""

    text: str
    attribution: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list; each line is HTML as in a paragraph."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TranslatorsNote:
    html: str


@dataclass(frozen=True, slots=True)
class PictureUse:
    """A picture where it stands, with the words that go with it in the language of the piece."""

    name: str
    alt: str
    caption: str
    credit: str


Block = Paragraph | Heading | Quote | Points | TranslatorsNote | PictureUse


@dataclass(frozen=True, slots=True)
class Picture:
    name: str
    alt: Texts
    credit: Texts


@dataclass(frozen=True, slots=True)
class Credit:
    """A contributor's part in a piece; role is author, translator, editor or pictures."""

    role: str
    contributor: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a statement answers: an original or one of our articles (one of the keys is empty).

    relation: disputes, replies_to, supports or corrects. claim: the words that it answers, as quoted.
    """

    relation: str
    original: str
    article: str
    url: str
    claim: str


@dataclass(frozen=True, slots=True)
class Original:
    """A piece as it stood at its outlet, whole. `authors` is empty exactly where it is unsigned."""

    key: str
    outlet: str
    language: str
    url: str
    headline: str
    standfirst: str
    authors: tuple[str, ...]
    unsigned: bool
    days_ago: int
    time: time
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One language version of a piece; versions share `key`. A reprint's blocks are its original's.

    kind: exclusive, translation or reprint. state: published or draft.
    """

    key: str
    language: str
    kind: str
    genre: str
    state: str
    kicker: str
    headline: str
    standfirst: str
    section: str
    other_sections: tuple[str, ...]
    topics: tuple[str, ...]
    filed_from: str
    days_ago: int
    time: time
    credits: tuple[Credit, ...]
    picture: PictureUse | None
    blocks: tuple[Block, ...]
    original: str
    issuers: tuple[str, ...]
    answers: Answer | None

    def by(self, role: str) -> tuple[str, ...]:
        """Return the slugs of the contributors who have this role, in byline order."""
        return tuple(credit.contributor for credit in self.credits if credit.role == role)


@dataclass(frozen=True, slots=True)
class Page:
    """A plain page in one language."""

    slug: str
    language: str
    title: str
    summary: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Section:
    slug: str
    parent: str
    name: Texts
    about: Texts


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic; a hub for a dated event has its first and last day."""

    slug: str
    name: Texts
    about: Texts
    starts_date: date | None
    ends_date: date | None


@dataclass(frozen=True, slots=True)
class Contributor:
    slug: str
    name: Texts
    bio: Texts
    house: bool
    outlet: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet; `name` as it writes itself. kind: newspaper, magazine, institution or association."""

    key: str
    name: str
    english_name: str
    place: str
    languages: tuple[str, ...]
    url: str
    mail: str
    kind: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """What an outlet allows. `languages` empty means all; `ends_in_days` None means no end.

    uses: reprint, translation, excerpt, headline, letter, archive, picture. canonical: original or self.
    """

    key: str
    outlet: str
    uses: tuple[str, ...]
    languages: tuple[str, ...]
    licence: str
    starts_days_ago: int
    ends_in_days: int | None
    credit_line: str
    canonical: str
    noindex: bool
    show_original: bool
    note: str


@dataclass(frozen=True, slots=True)
class NamedLink:
    """An address with its name in each language; `kind` is a social network's name or "useful"."""

    kind: str
    name: Texts
    url: str


@dataclass(frozen=True, slots=True)
class Identity:
    name: Texts
    tagline: Texts
    blurb: Texts
    founded: int
    mail: str
    zone: str
    default_language: str
    languages: tuple[str, ...]
    commercial: bool
    notice: str
    accounts: bool
    social: tuple[NamedLink, ...]
    useful: tuple[NamedLink, ...]


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """What a menu points at. kind: home, section, topic or page; `children` is one level deep."""

    kind: str
    slug: str
    children: tuple["MenuEntry", ...] = ()


@dataclass(frozen=True, slots=True)
class Newsroom:
    """The whole sample newsroom; mappings are by key, slug or name, articles and pages by (key, language)."""

    identity: Identity
    main_menu: tuple[MenuEntry, ...]
    side_menu: tuple[MenuEntry, ...]
    sections: Mapping[str, Section]
    topics: Mapping[str, Topic]
    contributors: Mapping[str, Contributor]
    outlets: Mapping[str, Outlet]
    agreements: tuple[Agreement, ...]
    pictures: Mapping[str, Picture]
    originals: Mapping[str, Original]
    articles: Mapping[tuple[str, str], Article]
    pages: Mapping[tuple[str, str], Page]

    def unpicked(self) -> tuple[Original, ...]:
        """Return the originals that no article uses or answers: the newslist, newest first."""
        used = {piece.original for piece in self.articles.values()}
        used |= {piece.answers.original for piece in self.articles.values() if piece.answers}
        rest = (original for original in self.originals.values() if original.key not in used)
        return tuple(sorted(rest, key=lambda piece: (piece.days_ago, -piece.time.hour, piece.key)))

    def answered_by(self, *, article: str = "", original: str = "") -> tuple[Article, ...]:
        """Return the statements that answer this article or original, the other end of `answers`."""
        return tuple(
            piece
            for piece in self.articles.values()
            if piece.answers
            and (
                (article and piece.answers.article == article)
                or (original and piece.answers.original == original)
            )
        )
