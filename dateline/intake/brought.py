"""Pieces that came with their text: made into entries of a channel, and read as pages are."""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from dateline.intake.counting import count_words
from dateline.intake.detector import Witnesses, reasons_to_doubt
from dateline.intake.extract import Extract, NoArticle
from dateline.intake.extract_blocks import Block, from_markup, html_of, key_of, text_of
from dateline.intake.feeds import FeedEntry
from dateline.intake.language import detect, primary
from dateline.intake.metadata_authors import from_byline
from dateline.intake.reading import Beforehand, Reading, moment_of, reading_of
from dateline.lib.formats.pieces import Piece
from dateline.lib.sanitise import sanitise
from dateline.lib.text import cut

_SUMMARY: Final = 500


@dataclass(frozen=True, kw_only=True)
class Particular:
    """What a publisher says of a piece besides its text; see models.Particulars."""

    version: str = ""
    status: str = "usable"
    embargo_until: datetime | None = None
    language: str = ""
    rights: str = ""
    note: str = ""
    via_name: str = ""
    via_url: str = ""
    pictures: list[dict[str, str]] = field(default_factory=list)

    @property
    def says_something(self) -> bool:
        """Whether there is anything to be kept."""
        return self != Particular()


@dataclass(frozen=True, kw_only=True)
class BroughtEntry:
    """An entry that came with its text. raw: its part of what came, empty where it is all of it."""

    entry: FeedEntry
    particular: Particular
    raw: str = ""


def entry_of(piece: Piece) -> BroughtEntry:
    """Return a delivered piece as an entry."""
    authors = [asdict(author) for byline in piece.bylines for author in from_byline(byline)]
    return BroughtEntry(
        entry=FeedEntry(
            guid=piece.guid,
            url=piece.url,
            title=piece.headline,
            summary=piece.standfirst,
            content_html=piece.body_html,
            authors=authors,
            published_at=piece.published_at or None,
            language=piece.language or None,
            image_url=piece.pictures[0].href if piece.pictures else None,
        ),
        particular=Particular(
            version=cut(piece.version, 100),
            status=piece.status,
            embargo_until=moment_of(piece.embargo_until),
            language=piece.language[:20],
            rights=piece.rights,
            note=piece.note,
            via_name=cut(piece.source_name, 200),
            via_url=piece.source_url[:2000],
            pictures=[asdict(picture) for picture in piece.pictures],
        ),
        raw=piece.raw,
    )


def particular_of(entry: FeedEntry) -> Particular:
    """Return what an entry of a feed says besides its text: where it first stood."""
    return Particular(via_name=cut(entry.via_name, 200), via_url=entry.via_url[:2000])


def extract_brought(
    markup: str,
    *,
    headline: str,
    standfirst: str = "",
    language: str = "",
    published_at: str = "",
    base: str = "",
    pictures: list[dict[str, str]] | None = None,
) -> Extract:
    """Return the article in `markup`, which is all article: by the detector and the language as a page's.

    language: as its publisher or an editor says; published_at: ISO 8601. Raises NoArticle where there is no text.
    """
    blocks = _without_headline(from_markup(markup), headline)
    text = text_of(blocks)
    if not text:
        raise NoArticle("It came without any text.")
    found = detect(text, declared=language or None)
    candidates = [_candidate(picture) for picture in pictures or ()]
    given = {
        "headline": headline,
        "standfirst": standfirst,
        "published_at": published_at,
        "language": language,
    }
    reasons = list(_doubts(blocks, headline=headline, standfirst=standfirst))
    return Extract(
        headline=headline,
        standfirst=standfirst,
        authors=[],
        published_at=published_at or None,
        language=found.language if found else primary(language),
        body_text=text,
        body_html=sanitise(html_of(blocks), base=base or None),
        image=candidates[0] if candidates else None,
        canonical_url="",
        suspect=bool(reasons),
        reasons=reasons,
        pictures=candidates,
        origins={name: "delivery" for name, told in given.items() if told}
        | ({"language": "text"} if found else {}),
        word_count=count_words(text),
    )


def _doubts(blocks: list[Block], *, headline: str, standfirst: str) -> Iterator[str]:
    yield from reasons_to_doubt(blocks, Witnesses(headline=headline, summary=standfirst))
    if not headline:
        yield "headline: It does not say what it is called."


def _without_headline(blocks: list[Block], headline: str) -> list[Block]:
    """Leave out a first block that only repeats the headline."""
    if blocks and headline and key_of(blocks[0].text) == key_of(headline):
        return blocks[1:]
    return blocks


def _candidate(picture: dict[str, str]) -> dict[str, Any]:
    return {
        "url": picture["href"],
        "alt": picture["alt"],
        "caption": picture["caption"],
        "credit": picture["credit"],
        "width": None,
        "height": None,
        "origin": "delivery",
    }


def reading_of_brought(
    extract: Extract, *, url: str, home_url: str, key: str, before: Beforehand, language: str = ""
) -> Reading:
    """Return what is kept of a piece that came with its text.

    url: its page, empty where it has none; then its address is the outlet's, and its identity is made from `key`.
    language: as an editor said; it is believed. Raises NotAWebAddress, AddressTooLong.
    """
    address = url or home_url
    reading = reading_of(extract.as_dict(), url=address, final_url=address, before=before)
    if language:
        reading = replace(reading, language=language[:20])
    return reading if url else replace(reading, identity=identity_of_brought(key))


def identity_of_brought(key: str) -> str:
    """Return the identity of a piece without a page. key: what tells it from all others, as its publisher counts."""
    return f"urn:dateline:{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()}"


def name_of_evidence(guid: str, *, sha256: str) -> str:
    """Return the address-like name of what was brought: a letter's own, else one of its hash."""
    return (
        guid if guid.startswith("mid:") and guid.isascii() and guid.isprintable() else f"urn:sha256:{sha256}"
    )


def content_type_of(raw: bytes, *, guid: str) -> str:
    """Return the media type of what was brought, as it looks."""
    if guid.startswith("mid:"):
        return "message/rfc822"
    start = raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start in (b"{", b"["):
        return "application/json"
    return "application/xml" if start == b"<" and b"<html" not in raw[:200] else "text/html; charset=utf-8"
