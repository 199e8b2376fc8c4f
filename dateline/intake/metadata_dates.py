"""When an article was published: what the page says to machines, and what it prints for readers.

Machines are mostly told in UTC, readers in the outlet's own zone; the day of a piece is the outlet's. Where both
agree on the instant, the answer is in the outlet's zone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from lxml import etree

from dateline.intake.extract_blocks import inner_text
from dateline.intake.extract_page import Page, elements, text_of
from dateline.intake.metadata_printed import Printed, dates_in_address, in_zone_of, printed_dates
from dateline.intake.origins import first_told
from dateline.lib.dates import iso, parse_moment
from dateline.lib.text import one_line, words

_META: Final = (
    "article:published_time", "og:article:published_time", "datepublished", "date_published", "parsely-pub-date",
    "sailthru.date", "article.published", "published_time", "publishdate", "publish_date", "publish-date", "pubdate",
    "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.date", "dcterms.created", "dcterms.issued", "dc.date",
    "dc.date.created", "article:published", "og:pubdate", "article_date_original", "originalpublicationdate",
    "citation_publication_date", "citation_date", "bt:pubdate", "rnews:datepublished", "date",
)  # fmt: skip
_MODIFIED_META: Final = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "last-modified",
)
_MARKED: Final = etree.XPath(".//*[@itemprop='datePublished']")
_UNREAD: Final = ("script", "style", "noscript", "template", "svg", "select", "option")
_BEFORE_HEADLINE: Final = 250
_JUST_BELOW: Final = 350
_AFTER_HEADLINE: Final = 900
_MOST_NODES: Final = 20_000
_MOST_TIMES: Final = 60
_MINUTE: Final = timedelta(minutes=1)
_ALIKE: Final = 0.7
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Published:
    """moment: with its zone, a day where no more is told, None where nothing is. origin: a code of `origins`."""

    moment: datetime | date | None
    origin: str

    @property
    def iso(self) -> str | None:
        """As ISO 8601."""
        return iso(self.moment)


def published_at(page: Page, *, headline: str = "") -> Published:
    """Return when the article was published, by the page's word for machines and for readers."""
    told = _machine(page)
    printed = _printed(page, headline) if headline else []
    if told.moment is None:
        fresh = [one for one in printed if not one.is_update]
        return Published((fresh or printed)[0].day, "printed") if printed else told
    told = Published(_same_instant(page, told.moment) or told.moment, told.origin)
    return _settled(told, printed, _modified(page), list(dates_in_address(page.url)))


def _same_instant(page: Page, moment: datetime | date | None) -> datetime | None:
    """Return an instant told in UTC as another place of the page tells it in the outlet's zone, else None."""
    if not isinstance(moment, datetime) or not _is_in_utc(moment):
        return None
    others = [e.get("datetime") or "" for e in page.tree.iter("time")] + [page.first(key) for key in _META]
    read = (parse_moment(text) for text in others[:_MOST_TIMES] if text)
    zoned = (one for one in read if isinstance(one, datetime) and not _is_in_utc(one))
    return next((one for one in zoned if abs(one - moment) < _MINUTE), None)


def _settled(
    told: Published, printed: list[Printed], modified: datetime | date | None, named: list[date]
) -> Published:
    """Weigh the printed dates against the machine's: its zone, or that the outlet dated the piece anew."""
    moment = told.moment
    days = [one.day for one in printed if not one.is_update]
    if isinstance(moment, datetime):
        for one in printed:
            if not one.is_update and abs(one.day - moment.astimezone(UTC).date()) <= _DAY:
                return Published(in_zone_of(moment, one) if _is_in_utc(moment) else moment, told.origin)
    if _day_of(moment) in days:
        return told
    if days and isinstance(modified, date) and _is_redated(days[0], modified, moment):
        again = in_zone_of(modified, printed[0]) if isinstance(modified, datetime) else modified
        return Published(again, "printed")
    if isinstance(moment, datetime) and _is_in_utc(moment) and not printed:
        near = [day for day in named if abs(day - moment.date()) == _DAY]
        return (
            Published(in_zone_of(moment, Printed(near[0], None, is_update=False)), told.origin)
            if near
            else told
        )
    return told


def _is_redated(day: date, modified: date, moment: date | None) -> bool:
    """True where the only date that readers see is that of the last change: the outlet publishes it as new."""
    first = _day_of(moment)
    return first is not None and day > first and abs(day - (_day_of(modified) or day)) <= _DAY


def _is_in_utc(moment: datetime) -> bool:
    return moment.utcoffset() == timedelta(0)


def _day_of(moment: datetime | date | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment


def _machine(page: Page) -> Published:
    read = ((parse_moment(text), origin) for text, origin in _told_to_machines(page) if text)
    return next((Published(moment, origin) for moment, origin in read if moment), Published(None, ""))


def _told_to_machines(page: Page) -> Iterator[tuple[str, str]]:
    yield text_of(page.article.get("datePublished")), "json-ld"
    for key in _META:
        yield page.first(key), "meta"
    yield text_of(page.article.get("dateCreated")), "json-ld"
    for element in elements(_MARKED, page.tree):
        yield element.get("datetime") or element.get("content") or "", "markup"
    times = list(page.tree.iter("time"))
    named = [e for e in times if e.get("pubdate") is not None or "publish" in (e.get("class") or "").lower()]
    for element in (*named, *times[:1]):
        yield element.get("datetime") or "", "markup"


def _modified(page: Page) -> datetime | date | None:
    told = first_told(
        (text_of(page.article.get("dateModified")), "json-ld"), (page.first(*_MODIFIED_META), "meta")
    )
    return parse_moment(told.value) if told.value else None


def _printed(page: Page, headline: str) -> list[Printed]:
    """Return the dates that stand near the headline: below it within the head of the piece, else just above it.

    Above it stands also the day of the reader's visit, on some sites.
    """
    tag = (page.tree.getroottree().getroot().get("lang") or "").lower()
    month_first = tag in ("en-us", "en_us")
    before, after = _around(page, headline)
    places = (after[: _JUST_BELOW + len(headline)], before, after)
    return next(filter(None, (printed_dates(text, month_first=month_first) for text in places)), [])


def _around(page: Page, headline: str) -> tuple[str, str]:
    """Return the readable text just above the headline, and from it on."""
    heading = _heading(page, headline)
    if heading is None:
        return "", ""
    inside = set(heading.iter())
    before: list[str] = []
    after: list[str] = []
    length, longest = 0, _AFTER_HEADLINE + len(headline)
    for text, holder in _readable(page.tree):
        if after or holder in inside:
            after.append(text)
            length += len(text)
        else:
            before.append(text)
        if length > longest:
            break
    return one_line(" ".join(before))[-_BEFORE_HEADLINE:], one_line(" ".join(after))[:longest]


def _heading(page: Page, headline: str) -> etree._Element | None:
    wanted = set(words(headline))
    elements: Iterator[etree._Element] = page.tree.iter("h1", "h2")
    for element in elements:
        found = set(words(inner_text(element)))
        if found and wanted and 2 * len(found & wanted) >= _ALIKE * (len(found) + len(wanted)):
            return element
    return None


def _readable(tree: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Yield the texts that people may read, each with the element that holds it, in document order."""
    walk = etree.iterwalk(tree, events=("start", "end"))
    skipped = 0
    for count, (event, element) in enumerate(walk):
        if count > _MOST_NODES:
            return
        if element.tag in _UNREAD:
            skipped += 1 if event == "start" else -1
        text, holder = (element.text, element) if event == "start" else (element.tail, element.getparent())
        if text and text.strip() and not skipped and holder is not None:
            yield text, holder
