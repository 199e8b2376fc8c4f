"""Editions as pages: one with its slots, and the order that the latest gives to the home page."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dateline.articles.models import Article
from dateline.editions import slots
from dateline.editions.addresses import day_path, editions_path
from dateline.editions.contents import EditionContents, EditionItem
from dateline.editions.models import Edition
from dateline.editions.queries.contents import contents_of
from dateline.lib.countries import country_name
from dateline.lib.scripts import direction, in_digits_of
from dateline.lib.text import cut, one_line
from dateline.publishing import rules, structured
from dateline.publishing.pages import Card, Head, Link
from dateline.publishing.pages_edition import DayOrder, EditionPage, Late, Paper, Papers, Placed, Slot
from dateline.publishing.queries.cards import cards
from dateline.publishing.queries.edition_numbers import numbered
from dateline.publishing.queries.frames import frame
from dateline.publishing.queries.listed import listed
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.tongues import language_link, name_here
from dateline.publishing.reading_time import reading_minutes

# How long after its closing an edition orders the home page; what is older has had its day.
DAY_OF_AN_EDITION: Final = timedelta(hours=36)
DESCRIPTION_LENGTH: Final = 300
PAPERS_SHOWN: Final = 5
# Where a page shows pictures: an edition is read, not looked at.
PICTURED: Final = frozenset({slots.LEAD, slots.LONG_READ, slots.CHART})
_ALSO: Final = (slots.LONG_READ, slots.CHART, slots.ARCHIVE)
Cards = dict[UUID, Card]


def edition_by_key(press: Press, key: str) -> Edition | None:
    """Return an edition that readers may see, of one of the site's languages."""
    rows = Edition.objects.out().filter(language__in=press.codes).select_related("run")
    return rows.filter(uid=key).first()


def edition_page(press: Press, edition: Edition) -> EditionPage:
    """Return the page of an edition. Call it while the press is making the page."""
    held = contents_of(edition, now=press.now, cleared=cleared_of(edition))
    found = _cards(press, held)
    versions = _versions(press, edition)
    around = frame(press, edition.language, versions=versions)
    page = EditionPage(
        frame=replace(around, issue=Link(name=numbered(edition), href=edition.path)),
        head=Head(title="", description="", canonical=""),
        crumbs=(
            Link(name=around.site_name, href=around.home),
            Link(name=_("Editions"), href=editions_path(language=edition.language)),
        ),
        name=edition.title or _("The day’s edition"),
        number=numbered(edition),
        run_name=held.run_name,
        date=edition.date,
        closed_at=press.local(edition.closed_at or press.now),
        foreword=held.foreword,
        slots=tuple(_slots(held, found)),
        late=tuple(
            Late(one.kind, one.kind_name, one.said, press.local(one.at), one.headline, one.path)
            for one in held.late
        ),
        reading_minutes=reading_minutes(
            sum(item.words for item in held.items if item.uid in found), language=edition.language
        ),
        newer=_beside(edition, is_newer=True),
        older=_beside(edition, is_newer=False),
        days=Link(
            name=_("All editions of the day"), href=day_path(language=edition.language, day=edition.date)
        ),
    )
    return replace(page, head=_head(press, edition, page, versions))


def order_of_the_day(press: Press, language: str) -> DayOrder | None:
    """Return how the latest daily edition orders the home page; None where it has had its day, or there is none."""
    since = press.now - DAY_OF_AN_EDITION
    rows = Edition.objects.out().in_language(language).filter(closed_at__gt=since, closed_at__lte=press.now)
    edition = rows.exclude(run__rhythm="weekly").select_related("run").order_by("-closed_at").first()
    if edition is None:
        return None
    held = contents_of(edition, now=press.now, cleared=cleared_of(edition))
    found = _cards(press, held)
    by_slot = {slot.code: [one for one in slot.items if one.uid in found] for slot in held.slots}
    lead = next(iter(by_slot.get(slots.LEAD, [])), None)
    brief = by_slot.get(slots.FIVE, [])
    return DayOrder(
        edition=Link(name=numbered(edition), href=edition.path),
        lead=_card(lead, found) if lead else None,
        also=tuple(_card(one, found) for code in _ALSO for one in by_slot.get(code, [])),
        brief=tuple(_card(one, found) for one in brief),
        brief_name=str(slots.SLOTS[slots.FIVE].name),
        opinion=tuple(_card(one, found) for one in by_slot.get(slots.OPINION, [])),
        papers=_papers(next(iter(by_slot.get(slots.VOICES, [])), None)),
    )


def cleared_of(edition: Edition) -> set[UUID]:
    """Return the pieces of an edition that the gate cleared when the baker asked."""
    late = edition.late_changes.filter(article__isnull=False).values_list("article", flat=True)
    rows = listed().filter(Q(placements__edition=edition) | Q(pk__in=list(late)))
    return set(rows.values_list("uid", flat=True))


def _cards(press: Press, held: EditionContents) -> Cards:
    """The cards of what an edition holds."""
    rows = listed().filter(uid__in=[item.uid for item in held.items])
    made = {card.href: card for card in cards(press, rows, end=len(held.items))}
    by_path = {item.path: item.uid for item in held.items}
    return {uid: made[path] for path, uid in by_path.items() if path in made}


def _card(item: EditionItem, found: Cards) -> Card:
    return replace(found[item.uid], headline=item.headline)


def _slots(held: EditionContents, found: Cards) -> list[Slot]:
    made = [
        Slot(
            code=slot.code,
            name=slot.name,
            placed=tuple(
                Placed(
                    _card(item, found)
                    if slot.code in PICTURED
                    else replace(_card(item, found), picture=None),
                    note=item.note,
                    is_late=item.is_late,
                    papers=_voices(item),
                )
                for item in slot.items
                if item.uid in found
            ),
        )
        for slot in held.slots
    ]
    return [slot for slot in made if slot.placed]


def _papers(item: EditionItem | None) -> Papers | None:
    if item is None or not item.voices:
        return None
    count = len(item.voices)
    name = ngettext("One story, %(number)s paper", "One story, %(number)s papers", count) % {
        "number": in_digits_of(item.language, str(count))
    }
    return Papers(
        name=name,
        headline=item.headline,
        href=item.path,
        standfirst=item.standfirst,
        papers=_voices(item)[:PAPERS_SHOWN],
    )


def _voices(item: EditionItem) -> tuple[Paper, ...]:
    return tuple(
        Paper(
            outlet=one.outlet,
            outlet_language=one.outlet_language,
            outlet_direction=direction(one.outlet_language) if one.outlet_language else "",
            place=country_name(one.country, item.language) if one.country else "",
            language=one.language,
            direction=direction(one.language),
            language_name=name_here(one.language),
            said=one.title if one.language != item.language else "",
            headline=one.headline,
        )
        for one in item.voices
    )


def _versions(press: Press, edition: Edition) -> tuple[Link, ...]:
    """The edition of the same run and day in each language in which it is out, in the site's order."""
    rows = Edition.objects.out().filter(run=edition.run_id, date=edition.date)
    found = {row.language: row for row in rows}
    found[edition.language] = edition
    return tuple(
        language_link(code, found[code].path, is_current=code == edition.language)
        for code in press.codes
        if code in found
    )


def _beside(edition: Edition, *, is_newer: bool) -> Link | None:
    rows = Edition.objects.out().in_language(edition.language)
    found = (
        rows.filter(number__gt=edition.number).order_by("number").first()
        if is_newer
        else rows.filter(number__lt=edition.number).order_by("-number").first()
    )
    return Link(name=numbered(found), href=found.path) if found else None


def _head(press: Press, edition: Edition, page: EditionPage, versions: tuple[Link, ...]) -> Head:
    day = formats.date_format(edition.date, "DATE_FORMAT")
    name = f"{page.number}, {day}"
    said = " ".join(edition.foreword.split()) or "; ".join(
        placed.card.headline for slot in page.slots for placed in slot.placed
    )
    pairs = [(link.language, press.absolute(link.href)) for link in versions]
    lead = page.slots[0].placed[0].card.picture if page.slots else None
    path = editions_path(language=edition.language)
    return Head(
        title=f"{edition.title or name} | {page.frame.site_name}",
        description=cut(one_line(said), DESCRIPTION_LENGTH),
        canonical=press.absolute(edition.path),
        alternates=rules.alternates("list", pairs, default=press.default),
        structured=structured.as_json(structured.edition(page, base=press.base, href=edition.path)),
        feed=f"{path}feed.xml",
        feed_title=_("Editions of %s") % page.frame.site_name,
        picture=lead,
        published_at=page.closed_at,
    )


def editions_with(articles: Collection[Article]) -> list[Edition]:
    """Return the editions out in which one of some pieces has its place, seen or not."""
    return list(Edition.objects.out().filter(placements__article__in=articles).distinct())
