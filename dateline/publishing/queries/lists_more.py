"""What we took from an outlet, and what came out on a day."""

from dataclasses import replace
from datetime import date
from itertools import groupby

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dateline.articles.addresses import archive_path, day_path, outlet_path
from dateline.articles.kinds import USE_OF_KIND
from dateline.articles.models import ArticleQuerySet
from dateline.lib.countries import country_name
from dateline.lib.scripts import in_digits_of
from dateline.lib.solar_hijri import MONTHS, solar_day
from dateline.publishing import rules, structured
from dateline.publishing.pages import Frame, Head, Link, ListPage, Pager
from dateline.publishing.pages_lists import ArchivePage, DayPage, Month, OutletPage
from dateline.publishing.paging import front, stretch
from dateline.publishing.queries.cards import cards
from dateline.publishing.queries.frames import frame
from dateline.publishing.queries.listed import in_language
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.tongues import language_link, name_here
from dateline.sources.models import Outlet

MOST_OF_A_DAY = 200


def day_in_full(day: date) -> str:
    """Return a day as its readers write it: 23 November 2026."""
    language = get_language() or "en"
    if language.split("-", maxsplit=1)[0] == "fa":
        solar = solar_day(day)
        return in_digits_of(language, f"{solar.day} {MONTHS[solar.month - 1]} {solar.year}")
    return in_digits_of(
        language, formats.date_format(day, "j F Y" if language.startswith("en") else "DATE_FORMAT")
    )


def of_outlet(outlet: int, *, language: str) -> ArticleQuerySet:
    """Return what stands here from an outlet."""
    return in_language(language).filter(original__outlet=outlet, kind__in=list(USE_OF_KIND))


def of_day(language: str, day: date) -> ArticleQuerySet:
    """Return what came out on a day, as its address has it."""
    return in_language(language).filter(address_date=day)


def days_of(language: str) -> list[date]:
    """Return the days on which something came out that still stands, the newest first."""
    rows = in_language(language).order_by("-address_date").values_list("address_date", flat=True)
    return [day for day in rows.distinct() if day is not None]


def outlet_page(press: Press, outlet: Outlet, language: str, number: int | None) -> OutletPage | None:
    """Return a page of an outlet in a language; None where nothing of it stands there."""
    press.rests_on(f"outlet:{outlet.pk}")
    rows = of_outlet(outlet.pk, language=language)
    total = rows.count()
    part = front(total) if number is None else stretch(number, total)
    if not total or part is None or (number is not None and part.is_front):
        return None
    path = outlet_path(language=language, slug=outlet.slug)
    here = path if number is None else f"{path}{number}/"
    versions = tuple(
        language_link(code, outlet_path(language=code, slug=outlet.slug))
        for code in press.codes
        if of_outlet(outlet.pk, language=code).exists()
    )
    held = frame(press, language, versions=versions if number is None else ())
    newer = part.number + 1
    page = OutletPage(
        frame=held,
        head=Head(title="", description="", canonical=""),
        name=outlet.shown_name,
        crumbs=(Link(name=held.site_name, href=held.home),),
        cards=cards(press, rows, start=part.start, end=part.end),
        pager=Pager(
            number=part.number,
            count=part.count,
            newer="" if part.is_front else path if newer == part.count else f"{path}{newer}/",
            older=f"{path}{part.number - 1}/" if part.number > 1 else "",
        ),
        language="" if outlet.name_here else outlet.language,
        own_name=outlet.name if outlet.name_here and outlet.name_here != outlet.name else "",
        kind_name=str(outlet.get_kind_display()),
        country=country_name(outlet.country, get_language() or "en") or outlet.country,
        languages=tuple(name_here(code) for code in (outlet.languages or [outlet.language]) if code),
        owner=outlet.owner,
        home=outlet.home_url,
        ground=_ground(rows),
        count=total,
    )
    said = _collection(press, page, here)
    head = _head(
        press,
        held,
        title=f"{page.name} | {held.site_name}",
        path=here,
        said=said,
        versions=versions if number is None else (),
    )
    return replace(page, head=replace(head, feed=f"{path}feed.xml", feed_title=head.title))


def _ground(rows: ArticleQuerySet) -> str:
    """By what right the newest of them stands here, in words."""
    newest = rows.select_related("permission__agreement").first()
    held = newest.permission if newest else None
    if held is None:
        return ""
    if held.agreement and held.agreement.licence:
        return _("Under the licence %(licence)s") % {"licence": held.agreement.licence}
    return _("By agreement with the publisher") if held.agreement else _("Granted by the publisher")


def _collection(press: Press, page: OutletPage | DayPage, href: str) -> str:
    shown = ListPage(
        frame=page.frame,
        head=page.head,
        name=page.name if isinstance(page, OutletPage) else day_in_full(page.day),
        blurb="",
        crumbs=page.crumbs,
        cards=page.cards,
        pager=Pager(1, 1),
    )
    return structured.as_json(structured.collection(shown, base=press.base, href=href))


def _head(
    press: Press, held: Frame, *, title: str, path: str, said: str = "", versions: tuple[Link, ...] = ()
) -> Head:
    pairs = [(link.language, press.absolute(link.href)) for link in versions]
    return Head(
        title=title,
        description="",
        canonical=press.absolute(path),
        alternates=rules.alternates("list", pairs, default=press.default),
        structured=said,
        feed=held.feed,
        feed_title=held.site_name,
    )


def day_page(press: Press, language: str, day: date) -> DayPage | None:
    """Return what came out on a day; None where nothing of it stands."""
    shown = cards(press, of_day(language, day), end=MOST_OF_A_DAY)
    if not shown:
        return None
    held = frame(press, language)
    before = in_language(language).filter(address_date__lt=day).order_by("-address_date").first()
    after = in_language(language).filter(address_date__gt=day).order_by("address_date").first()
    path = day_path(language=language, day=day)
    page = DayPage(
        frame=held,
        head=Head(title="", description="", canonical=""),
        crumbs=(
            Link(name=held.site_name, href=held.home),
            Link(name=_("Archive"), href=archive_path(language=language)),
        ),
        day=day,
        cards=shown,
        newer=_day_link(language, after.address_date) if after and after.address_date else None,
        older=_day_link(language, before.address_date) if before and before.address_date else None,
    )
    said = _collection(press, page, path)
    return replace(
        page, head=_head(press, held, title=f"{day_in_full(day)} | {held.site_name}", path=path, said=said)
    )


def _day_link(language: str, day: date) -> Link:
    return Link(name=day_in_full(day), href=day_path(language=language, day=day))


def archive_page(press: Press, language: str) -> ArchivePage:
    """Return the list of all days."""
    versions = tuple(language_link(code, archive_path(language=code)) for code in press.codes)
    held = frame(press, language, versions=versions)
    path = archive_path(language=language)
    return ArchivePage(
        frame=held,
        head=_head(press, held, title=f"{_('Archive')} | {held.site_name}", path=path, versions=versions),
        crumbs=(Link(name=held.site_name, href=held.home),),
        name=_("Archive"),
        months=tuple(
            Month(name=name, days=tuple(_day_link(language, day) for day in days))
            for name, days in groupby(days_of(language), key=_month_name)
        ),
    )


def _month_name(day: date) -> str:
    """Return the month of a day as its readers count it."""
    language = get_language() or "en"
    if language.split("-", maxsplit=1)[0] == "fa":
        solar = solar_day(day)
        return in_digits_of(language, f"{MONTHS[solar.month - 1]} {solar.year}")
    return formats.date_format(day, "F Y" if language.startswith("en") else "YEAR_MONTH_FORMAT")
