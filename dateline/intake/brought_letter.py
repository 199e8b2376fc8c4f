"""A newsletter as entries: itself the piece, or the pieces that it lists."""

import html
from typing import Final
from urllib.parse import quote

from dateline.intake.brought import BroughtEntry, Particular
from dateline.intake.feeds import FeedEntry
from dateline.lib.formats.letter import Letter
from dateline.lib.urls import gettext_noop

PIECE: Final = "piece"
LINKS: Final = "links"
WAYS: Final = {PIECE: gettext_noop("one piece"), LINKS: gettext_noop("a list of pieces")}


def is_list(letter: Letter, *, wanted: str) -> bool:
    """Whether its links are the pieces. wanted: what the channel says, empty where it says nothing."""
    return (wanted if wanted in WAYS else letter.letter_is) == LINKS


def entries_of(letter: Letter, *, wanted: str, sha256: str) -> list[BroughtEntry]:
    """Return what the letter brings. A link is a piece whose page is to be fetched; else the letter's text is one.

    sha256: of the letter as it came.
    """
    if is_list(letter, wanted=wanted):
        return [_linked(link, letter) for link in letter.links]
    return [_itself(letter, sha256)]


def remarks_of(letter: Letter, *, wanted: str) -> str:
    """Return why it was read as it was and what was left out, for the desk."""
    way = WAYS[LINKS if is_list(letter, wanted=wanted) else PIECE]
    why = "as the channel says" if wanted in WAYS else letter.because
    left = f" Left out: {', '.join(letter.attachments)}." if letter.attachments else ""
    return f"Read as {way}: {why}.{left}"


def _linked(link: dict[str, str], letter: Letter) -> BroughtEntry:
    entry = FeedEntry(
        guid=link["url"],
        url=link["url"],
        title=link["title"],
        summary=link["summary"],
        content_html="",
        authors=[],
        published_at=letter.published_at or None,
        language=None,
        image_url=None,
    )
    return BroughtEntry(entry=entry, particular=Particular())


def _itself(letter: Letter, sha256: str) -> BroughtEntry:
    entry = FeedEntry(
        guid=_name(letter, sha256),
        url="",
        title=letter.subject or letter.sender_name or letter.sender,
        summary="",
        content_html=letter.body_html or f"<p>{html.escape(letter.subject)}</p>",
        authors=[],
        published_at=letter.published_at or None,
        language=letter.language or None,
        image_url=None,
    )
    return BroughtEntry(entry=entry, particular=Particular(language=letter.language[:20]))


def _name(letter: Letter, sha256: str) -> str:
    """Return the letter's own identifier as an address (RFC 2392)."""
    own = letter.message_id.strip("<> ")
    return f"mid:{quote(own, safe='@.-_+=$')}" if own else f"urn:sha256:{sha256}"
