"""An extraction and the answer it came from, fitted to what an original and a snapshot keep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from dateline.intake.identity import identity_of, text_hash
from dateline.lib.text import cut, one_line, without_controls
from dateline.lib.urls import untracked

LONGEST_HEADLINE: Final = 500
LONGEST_ADDRESS: Final = 2000
LONGEST_SECTION: Final = 200
UNDETERMINED: Final = "und"  # BCP 47's tag for a language that nobody could tell


class AddressTooLong(ValueError):
    """An address that is longer than what we keep. Cut, it would be another one."""


@dataclass(frozen=True, kw_only=True)
class Beforehand:
    """What we were told of a piece, and which language its outlet writes.

    rules: what its channel says of the articles' own pages (`page_rules.full_content`).
    """

    title: str = ""
    summary: str = ""
    authors: Sequence[dict[str, str]] = ()
    published_at: datetime | None = None
    language: str = ""
    rules: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A page as read. All of it fits the columns of an original; `text_sha256` is what a reader would notice."""

    identity: str
    url: str
    headline: str
    standfirst: str
    authors: list[dict[str, str]]
    language: str
    published_at: datetime | None
    body_html: str
    body_text: str
    image: dict[str, str] | None
    is_suspect: bool
    reasons: list[str]
    word_count: int
    section: str
    canonical_url: str
    pictures: list[dict[str, Any]]
    origins: dict[str, str]
    signals: list[dict[str, str]]
    is_paywalled: bool
    paywall_evidence: list[str]
    text_sha256: str


def reading_of(extract: Mapping[str, Any], *, url: str, final_url: str, before: Beforehand) -> Reading:
    """Return what to keep of the page at `final_url`, which was asked for at `url`.

    extract: the fields of an `Extract`. What the page does not say is taken from what we were told
    before. Raises AddressTooLong, NotAWebAddress.
    """
    headline = _headline(extract["headline"] or before.title or url)
    canonical = extract["canonical_url"] or ""
    identity = identity_of(final_url=final_url, canonical=canonical)
    _refuse_long(identity, final_url)
    published_at = _published(extract["published_at"], told=before.published_at)
    return Reading(
        identity=identity,
        url=untracked(final_url),
        headline=headline,
        standfirst=without_controls(extract["standfirst"]),
        authors=extract["authors"] or list(before.authors),
        language=(extract["language"] or before.language or UNDETERMINED)[:20],
        published_at=published_at,
        body_html=without_controls(extract["body_html"]),
        body_text=without_controls(extract["body_text"]),
        image=extract["image"],
        is_suspect=extract["suspect"],
        reasons=extract["reasons"],
        word_count=extract.get("word_count", 0),
        section=cut(one_line(extract.get("section", "")), LONGEST_SECTION),
        canonical_url=canonical if len(canonical) <= LONGEST_ADDRESS else "",
        pictures=extract.get("pictures", []),
        origins=_origins(extract, before, published_at),
        signals=extract.get("signals", []),
        is_paywalled=extract.get("is_paywalled", False),
        paywall_evidence=extract.get("paywall_evidence", []),
        text_sha256=text_hash(headline=headline, text=extract["body_text"]),
    )


def _origins(extract: Mapping[str, Any], before: Beforehand, published_at: datetime | None) -> dict[str, str]:
    """Return the witnesses of the page, and the feed or the outlet where they told what the page did not."""
    told = dict(extract.get("origins", {}))
    fallbacks = (
        ("headline", extract["headline"], before.title, "feed"),
        ("authors", extract["authors"], before.authors, "feed"),
        ("language", extract["language"], before.language, "outlet"),
        ("published_at", extract["published_at"], published_at, "feed"),
    )
    return told | {name: code for name, ours, theirs, code in fallbacks if theirs and not ours}


def _headline(text: str) -> str:
    return cut(one_line(text), LONGEST_HEADLINE)


def _refuse_long(*addresses: str) -> None:
    for address in addresses:
        if len(address) > LONGEST_ADDRESS:
            raise AddressTooLong(address)


def _published(text: str | None, *, told: datetime | None) -> datetime | None:
    """Return the page's moment. Where it names a day only, the feed's moment of that day, else the day's start."""
    moment = moment_of(text)
    if moment is None:
        return told
    if "T" in (text or ""):
        return moment
    is_that_day = told is not None and abs((told.date() - moment.date()).days) <= 1  # in whatever zone
    return told if is_that_day else moment


def moment_of(text: str | None) -> datetime | None:
    """Return the moment of an ISO 8601 text, or the start of the day that it names. None where it is neither."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
