"""What a page shows, as plain data: filled by `queries`, rendered by the templates in templates/pages.

Times carry a zone (the site's). `html` fields have passed the sanitiser or come from the desk's editor.
Addresses of ours are paths; `absolute` ones say so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from dateline.publishing.pages_beside import Elsewhere
from dateline.publishing.pages_voices import Papers, VoiceView


@dataclass(frozen=True)
class Link:
    """A named way to somewhere. `language` is set where the name is in another language than the page."""

    name: str
    href: str
    language: str = ""
    direction: str = ""
    is_current: bool = False
    children: tuple["Link", ...] = ()
    logo: "PictureView | None" = None


@dataclass(frozen=True)
class Source:
    """One size and format of a picture."""

    src: str
    width: int
    mime: str


@dataclass(frozen=True)
class PictureView:
    """A picture as a page shows it. `src` is the fallback; `sources` are listed small to large, best format first."""

    src: str
    width: int
    height: int
    alt: str
    caption: str = ""
    credit: str = ""
    absolute: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Name:
    """Somebody on a byline. `role` is the machine word: author, translator, editor, pictures; issuer of a statement.

    `href` is empty for somebody without a page here.
    """

    name: str
    role: str
    href: str = ""
    is_house: bool = False


@dataclass(frozen=True)
class Provenance:
    """Where a translation or reprint comes from.

    `language_name`, `machine_help` (empty for none) and `permission` are in the words of the page's reader.
    """

    outlet: str
    outlet_language: str
    outlet_direction: str
    outlet_home: str
    headline: str
    language: str
    language_name: str
    direction: str
    authors: tuple[str, ...]
    is_unsigned: bool
    href: str
    published_at: datetime | None
    translators: tuple[Name, ...]
    checkers: tuple[Name, ...]
    machine_help: str
    permission: str
    credit_line: str
    snapshot_at: datetime | None
    # What people did with a machine's draft, and who answers for it; empty where no machine drafted.
    review: str = ""
    # Our page of all that we took from the outlet; empty where there is none.
    outlet_page: str = ""


@dataclass(frozen=True)
class Statement:
    """A piece in a chain of statements, told without taking sides. `relation` is the reader's word: disputes."""

    relation: str
    headline: str
    href: str
    issuer: str
    day: date | None
    claim: str = ""
    language: str = ""
    direction: str = ""
    is_ours: bool = True
    # When the page of somebody else's was kept in which the claim stands.
    seen_at: datetime | None = None
    # A piece that stands no more: nothing of it is told.
    is_gap: bool = False


@dataclass(frozen=True)
class Correction:
    """What was put right. `kind` is the machine word, `kind_name` the reader's; no `href` where no piece stands."""

    kind: str
    kind_name: str
    said: str
    at: datetime
    was_wrong: str = ""
    headline: str = ""
    href: str = ""


@dataclass(frozen=True)
class Card:
    """An article in a list. `kind` is the machine word, `kind_name` the reader's.

    `from_language` is the original language's name as the reader says it, for translations.
    """

    href: str
    headline: str
    kind: str
    kind_name: str
    published_at: datetime
    section: Link | None
    kicker: str = ""
    standfirst: str = ""
    outlet: str = ""
    outlet_language: str = ""
    from_language: str = ""
    names: tuple[Name, ...] = ()
    reading_minutes: int = 1
    picture: PictureView | None = None
    # Its markup in the ways in which it was shown: made once for all pages of a run. See `once` in the templates.
    # A copy that says something else begins without any.
    parts: dict[Any, Any] = field(default_factory=dict, init=False, compare=False, repr=False)


@dataclass(frozen=True)
class Frame:
    """What stands around every page: masthead, menus, foot."""

    site_name: str
    tagline: str
    blurb: str
    email: str
    founded_year: int | None
    year: int
    today: date
    language: str
    direction: str
    home: str
    languages: tuple[Link, ...]
    main_menu: tuple[Link, ...]
    side_menu: tuple[Link, ...]
    sections: tuple[Link, ...]
    pages: tuple[Link, ...]
    social: tuple[Link, ...]
    useful: tuple[Link, ...]
    feed: str
    logo_light: PictureView | None = None
    logo_dark: PictureView | None = None
    logo_small: PictureView | None = None
    icon: str = ""
    # The latest edition, by its number as readers write it.
    issue: Link | None = None
    # The bar: empty, notice or consent.
    notice: str = ""
    # What the letter in this language is called; empty where none is on offer.
    letter: str = ""
    # Privacy, terms and cookies, as far as they stand; `licence`: under which others may take our own pieces.
    policies: tuple[Link, ...] = ()
    licence: Link | None = None
    # The pages that Python answers: searching, what a reader keeps, signing in.
    search: str = ""
    saved: str = ""
    account: str = ""
    # The markup of what is alike on all pages, by what it was made of. A copy begins without any, but for those that
    # differ in the languages alone.
    parts: dict[Any, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def leading_to(self, languages: tuple[Link, ...]) -> "Frame":
        """Return this frame with another language switch, which is in no component that is made once."""
        copy = replace(self, languages=languages)
        object.__setattr__(copy, "parts", self.parts)
        return copy


@dataclass(frozen=True)
class Head:
    """What machines read of a page. `canonical` and `alternates` are absolute; `structured` is JSON-LD."""

    title: str
    description: str
    canonical: str
    robots: str = ""
    alternates: tuple[tuple[str, str], ...] = ()
    structured: str = ""
    feed: str = ""
    feed_title: str = ""
    picture: PictureView | None = None
    kind: str = "website"
    published_at: datetime | None = None
    modified_at: datetime | None = None
    # Where the signed record of an article stands.
    record: str = ""
    # Whether the page says by itself that it may not be mined: where the site as a whole may be.
    is_reserved: bool = False
    # The same page in text alone.
    lite: str = ""
    # The piece as servers of the fediverse read it, and by which account of ours; empty where it is not told there.
    activity: str = ""
    creator: str = ""

    @property
    def other_feeds(self) -> tuple[tuple[str, str], ...]:
        """The feed in its other formats: type and address. The press makes all of them together."""
        base = self.feed.removesuffix("feed.xml")
        if not self.feed or base == self.feed:
            return ()
        return (("application/atom+xml", f"{base}atom.xml"), ("application/feed+json", f"{base}feed.json"))


@dataclass(frozen=True)
class ArticlePage:
    """templates/pages/article.html"""

    frame: Frame
    head: Head
    uid: str
    kind: str
    kind_name: str
    genre: str
    genre_name: str
    kicker: str
    headline: str
    standfirst: str
    filed_from: str
    names: tuple[Name, ...]
    published_at: datetime
    updated_at: datetime | None
    reading_minutes: int
    crumbs: tuple[Link, ...]
    section: Link | None
    topics: tuple[Link, ...]
    hero: PictureView | None
    # Blocks of the body, rendered one by one with templates/components/body/*.html.
    body: object
    provenance: Provenance | None
    issued_by: str
    issued_on: date | None
    answers: tuple[Statement, ...]
    answered_by: tuple[Statement, ...]
    versions: tuple[Link, ...]
    new_articles: tuple[Card, ...]
    related: tuple[Card, ...]
    # Who issued a statement; an organisation is a house.
    issuers: tuple[Name, ...] = ()
    corrections: tuple[Correction, ...] = ()
    # Where others find a clean copy; empty where they may not take the piece.
    republish: str = ""
    # Where a reader writes to us about it.
    post: str = ""
    # Of a press review.
    voices: tuple[VoiceView, ...] = ()
    # Titles that end the body; none of them is in `related`.
    reads_on: tuple[Card, ...] = ()
    # The same story as others tell it.
    elsewhere: tuple[Elsewhere, ...] = ()
    # The page of original and translation beside each other; empty where that may not be shown.
    side_by_side: str = ""
    # The whole address of the page, to be handed on.
    own: str = ""


@dataclass(frozen=True)
class RepublishPicture:
    """A picture that may go along, under a licence of its own."""

    picture: PictureView
    licence: str
    licence_url: str


@dataclass(frozen=True)
class RepublishPage:
    """templates/pages/republish.html. own: the whole address of the piece. credit, copy: markup."""

    frame: Frame
    head: Head
    headline: str
    href: str
    own: str
    licence: str
    licence_url: str
    terms: tuple[str, ...]
    terms_href: str
    credit: str
    copy: str
    pictures: tuple[RepublishPicture, ...]
    crumbs: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Block:
    """A section on the home page with its newest pieces."""

    section: Link
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class HomePage:
    """templates/pages/home.html"""

    frame: Frame
    head: Head
    lead: Card | None
    also: tuple[Card, ...]
    brief: tuple[Card, ...]
    opinion: tuple[Card, ...]
    new_articles: tuple[Card, ...]
    hub: Link | None = None
    hub_cards: tuple[Card, ...] = ()
    blocks: tuple[Block, ...] = ()
    # Of the day’s edition, where it orders the page: what its briefs are called, and one story in several papers.
    brief_name: str = ""
    papers: Papers | None = None


@dataclass(frozen=True)
class Pager:
    """Where one is in a list of several pages. Page 1 is the front; older ones follow."""

    number: int
    count: int
    newer: str = ""
    older: str = ""


@dataclass(frozen=True)
class ListPage:
    """templates/pages/section.html, topic.html, contributor.html: a heading, an introduction and cards."""

    frame: Frame
    head: Head
    name: str
    blurb: str
    crumbs: tuple[Link, ...]
    cards: tuple[Card, ...]
    pager: Pager
    children: tuple[Link, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    is_over: bool = False
    picture: PictureView | None = None
    is_house: bool = False


@dataclass(frozen=True)
class CorrectionsPage:
    """templates/pages/corrections.html: what was put right in a language, the newest first."""

    frame: Frame
    head: Head
    name: str
    crumbs: tuple[Link, ...]
    entries: tuple[Correction, ...]
    pager: Pager


@dataclass(frozen=True)
class PlainPage:
    """templates/pages/plain.html. `html` is the desk's rich text, expanded."""

    frame: Frame
    head: Head
    name: str
    html: str
    crumbs: tuple[Link, ...] = ()


@dataclass(frozen=True)
class GonePage:
    """templates/pages/gone.html: 404, 410 or 451, with the way back."""

    frame: Frame
    head: Head
    status: int
    title: str = ""
    withdrawn_on: date | None = None
    # The public note of a piece that was recalled.
    note: str = ""
    new_articles: tuple[Card, ...] = field(default=())


@dataclass(frozen=True)
class NewestPage:
    """templates/pages/newest.html: no page of its own, see recipes/newest.py"""

    frame: Frame
    new_articles: tuple[Card, ...]


@dataclass(frozen=True)
class LitePage:
    """templates/pages/lite.html: what stands around the text of a page. full: the address of the page itself.

    is_headed: the text begins with its own first heading.
    """

    frame: Frame
    title: str
    canonical: str
    full: str
    home: str
    sections: tuple[Link, ...]
    languages: tuple[Link, ...]
    style: str
    robots: str = ""
    is_headed: bool = True


@dataclass(frozen=True)
class DressedPage:
    """A page that is not baked, made on request by another room. shows: what its template reads."""

    frame: Frame
    head: Head
    shows: Mapping[str, Any]
    crumbs: tuple[Link, ...] = ()
