"""The archive of editions: a language's newest with its months, a month, a day; and the feed of editions."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from html import escape
from typing import Final

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import TruncMonth
from django.utils import formats
from django.utils.translation import gettext as _

from dateline.editions.addresses import day_path, editions_path, month_path
from dateline.editions.models import Edition
from dateline.editions.queries.contents import placed
from dateline.lib.formats.rss import Entry, Feed
from dateline.lib.text import one_line
from dateline.publishing import structured
from dateline.publishing.pages import Head, Link
from dateline.publishing.pages_edition import EditionLine, EditionsPage
from dateline.publishing.queries.edition import cleared_of
from dateline.publishing.queries.edition_numbers import numbered, out_in
from dateline.publishing.queries.frames import frame
from dateline.publishing.queries.press import Press

NEWEST: Final = 20
LEADS: Final = 3
FEED_ENTRIES: Final = 20


def keys_of(press: Press) -> Iterable[str]:
    """Yield the keys of all archive pages: a language, its months, its days."""
    for code in press.codes:
        days = set(out_in(code).values_list("date", flat=True))
        if days:
            yield code
        yield from sorted(
            {f"{code}/{day:%Y-%m}" for day in days} | {f"{code}/{day:%Y-%m-%d}" for day in days}
        )


def keys_around(edition: Edition) -> list[str]:
    """Return the keys of the archive pages that list an edition."""
    code, day = edition.language, edition.date
    return [code, f"{code}/{day:%Y-%m}", f"{code}/{day:%Y-%m-%d}"]


def editions_page(press: Press, language: str, span: str) -> EditionsPage | None:
    """Return a page of the archive. span: empty for the newest, a month, or a day. None where there is nothing."""
    rows = _within(out_in(language), span)
    found = list(rows if span else rows[:NEWEST])
    if not found:
        return None
    held = frame(press, language)
    path = _path(language, span)
    page = EditionsPage(
        frame=held,
        head=Head(title="", description="", canonical=""),
        crumbs=_crumbs(held.site_name, held.home, language, span),
        name=_name(span),
        lines=tuple(_line(press, one) for one in found),
        months=_months(language),
    )
    return _with_head(press, page, path)


def editions_feed(press: Press, language: str) -> Feed:
    """Return the newest editions of a language, each with its pieces in their order."""
    held = frame(press, language)
    path = editions_path(language=language)
    return Feed(
        href=press.absolute(f"{path}feed.xml"),
        page=press.absolute(path),
        title=_("Editions of %s") % held.site_name,
        summary=held.tagline,
        language=language,
        entries=tuple(_entry(press, one) for one in out_in(language)[:FEED_ENTRIES]),
        hubs=tuple(settings.DATELINE_HUBS),
        publisher=held.site_name,
    )


def _within(rows: QuerySet[Edition], span: str) -> QuerySet[Edition]:
    if not span:
        return rows
    year, month, *day = map(int, span.split("-"))
    rows = rows.filter(date__year=year, date__month=month)
    return rows.filter(date__day=day[0]) if day else rows


def _day(span: str) -> date:
    year, month, *day = map(int, span.split("-"))
    return date(year, month, day[0] if day else 1)


def _is_month(span: str) -> bool:
    return span.count("-") == 1


def _path(language: str, span: str) -> str:
    if not span:
        return editions_path(language=language)
    if _is_month(span):
        return month_path(language=language, month=_day(span))
    return day_path(language=language, day=_day(span))


def _name(span: str) -> str:
    if not span:
        return _("Editions")
    pattern = "YEAR_MONTH_FORMAT" if _is_month(span) else "DATE_FORMAT"
    return _("Editions of %s") % formats.date_format(_day(span), pattern)


def _crumbs(site: str, home: str, language: str, span: str) -> tuple[Link, ...]:
    crumbs = [Link(name=site, href=home)]
    if span:
        crumbs.append(Link(name=_("Editions"), href=editions_path(language=language)))
    if span and not _is_month(span):
        month = f"{_day(span):%Y-%m}"
        name = formats.date_format(_day(span), "YEAR_MONTH_FORMAT")
        crumbs.append(Link(name=name, href=_path(language, month)))
    return tuple(crumbs)


def _months(language: str) -> tuple[Link, ...]:
    rows = out_in(language).order_by().annotate(month=TruncMonth("date")).values_list("month", flat=True)
    return tuple(
        Link(
            name=formats.date_format(month, "YEAR_MONTH_FORMAT"),
            href=month_path(language=language, month=month),
        )
        for month in sorted(set(rows), reverse=True)
    )


def _line(press: Press, edition: Edition) -> EditionLine:
    return EditionLine(
        name=edition.title,
        href=edition.path,
        number=numbered(edition),
        run_name=_(edition.run.name),
        date=edition.date,
        leads=tuple(headline for headline, _path in _pieces(press, edition)[:LEADS]),
    )


def _pieces(press: Press, edition: Edition) -> list[tuple[str, str]]:
    """Headlines and addresses of what an edition holds, in order, and note them."""
    cleared = cleared_of(edition)
    rows = [row for row in placed(edition) if row.article.uid in cleared]
    for row in rows:
        press.note(row.article.uid)
    return [(row.headline or row.article.headline, row.article.get_absolute_url()) for row in rows]


def _entry(press: Press, edition: Edition) -> Entry:
    pieces = _pieces(press, edition)
    day = formats.date_format(edition.date, "DATE_FORMAT")
    rows = "".join(
        f'<li><a href="{escape(press.absolute(path))}">{escape(headline)}</a></li>'
        for headline, path in pieces
    )
    said = "".join(f"<p>{escape(part)}</p>" for part in edition.foreword.split("\n\n") if part.strip())
    changed = edition.late_changes.order_by("at").last()
    return Entry(
        href=press.absolute(edition.path),
        guid=f"urn:uuid:{edition.uid}",
        title=f"{numbered(edition)}, {day}" + (f": {edition.title}" if edition.title else ""),
        published_at=press.local(edition.closed_at or press.now),
        language=edition.language,
        summary=one_line(edition.foreword) or "; ".join(headline for headline, _path in pieces),
        html=f"{said}<ol>{rows}</ol>" if pieces else said,
        updated_at=press.local(changed.at) if changed else None,
        notes=tuple(change.said for change in edition.late_changes.all()),
    )


def _with_head(press: Press, page: EditionsPage, path: str) -> EditionsPage:
    feed = editions_path(language=page.frame.language)
    head = Head(
        title=f"{page.name} | {page.frame.site_name}",
        description=_("Every edition of %s, by its day.") % page.frame.site_name,
        canonical=press.absolute(path),
        structured=structured.as_json(structured.editions(page, base=press.base, href=path)),
        feed=f"{feed}feed.xml",
        feed_title=_("Editions of %s") % page.frame.site_name,
    )
    return replace(page, head=head)
