"""Home, sections, topics, contributors: the pages that list pieces."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from django.db.models import Q
from wagtail.models import TranslatableMixin

from dateline.articles.addresses import contributor_path, home_path, section_path, topic_path
from dateline.articles.models import ArticleQuerySet, Contributor, Section, Topic
from dateline.lib.text import cut, one_line
from dateline.publishing import rules, structured
from dateline.publishing.notes import tags_of
from dateline.publishing.pages import Block, Card, Frame, Head, HomePage, Link, ListPage, Pager
from dateline.publishing.pages_edition import DayOrder
from dateline.publishing.paging import Stretch, front, stretch
from dateline.publishing.queries.cards import cards, cards_of, picked, read_cards
from dateline.publishing.queries.edition import order_of_the_day
from dateline.publishing.queries.frames import frame
from dateline.publishing.queries.listed import (
    count_of_section,
    in_language,
    of_contributor,
    of_section,
    of_topic,
    opinion,
)
from dateline.publishing.queries.newest import Row
from dateline.publishing.queries.pictures import shown_picture
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.tongues import language_link

ALSO, BRIEF, OPINION, HUB, BLOCK, NEW = 4, 6, 4, 4, 4, 10
# Of so many more than a block holds it is looked whether they stand above.
LOOKED_PAST = 12
DESCRIPTION_LENGTH = 300


def home_page(press: Press, language: str) -> HomePage:
    """Return the front page of a language."""
    held = frame(press, language)
    press.until(press.today + timedelta(days=1))
    found = picked(in_language(language), end=max(NEW, 1 + ALSO + BRIEF))
    said = picked(opinion(language), end=OPINION)
    read_cards(press, [*found, *said])  # all at once
    newest = cards_of(press, found[: 1 + ALSO + BRIEF])
    page = HomePage(
        frame=held,
        head=_head(
            press,
            held,
            title=f"{held.site_name} | {held.tagline}" if held.tagline else held.site_name,
            description=held.tagline or held.blurb,
            path=held.home,
            versions=tuple(language_link(code, home_path(language=code)) for code in press.codes),
            said=structured.as_json(structured.home(held, base=press.base)),
        ),
        lead=newest[0] if newest else None,
        also=newest[1 : 1 + ALSO],
        brief=newest[1 + ALSO :],
        opinion=cards_of(press, said),
        new_articles=cards_of(press, found[:NEW]),
    )
    day = order_of_the_day(press, language)
    return _below(press, _ordered(page, day) if day else page, language)


def _below(press: Press, page: HomePage, language: str) -> HomePage:
    """The event and the sections of the front page: what leads it, and what a block shows, stands in no later block.

    The lists of words alone, what is new and in brief, may name again what has its picture elsewhere.
    """
    above = {card.href for card in (page.lead, *page.also, *page.opinion) if card}
    above |= {page.papers.href} if page.papers else set()
    taken: set[object] = {key[0] for key, (card, _notes) in press.cards.items() if card.href in above}
    hub, sections = _hub(press, language), _sections(language)
    about = _untaken(of_topic(hub), taken, HUB) if hub else []
    shelves = [_untaken(of_section(section), taken, BLOCK) for section in sections]
    read_cards(press, [row for rows in (about, *shelves) for row in rows])
    return replace(
        page,
        hub=Link(name=hub.name, href=topic_path(language=language, slug=hub.slug)) if hub else None,
        hub_cards=cards_of(press, about),
        blocks=_blocks(press, zip(sections, shelves, strict=True), language),
    )


def _untaken(rows: ArticleQuerySet, taken: set[object], most: int) -> list[Row]:
    """Return the first of some rows that stand nowhere above, and take them."""
    found = [row for row in picked(rows, end=most + LOOKED_PAST) if row[0] not in taken][:most]
    taken.update(row[0] for row in found)
    return found


def _ordered(page: HomePage, day: DayOrder) -> HomePage:
    """The front page as the day's edition orders it; what it leaves open is filled with the newest."""
    lead = day.lead or page.lead
    taken = {card.href for card in (lead, *day.also, *day.brief, *day.opinion) if card}
    taken |= {day.papers.href} if day.papers else set()
    newest = [card for card in (page.lead, *page.also, *page.brief) if card and card.href not in taken]
    also = (*day.also, *newest)[:ALSO]
    rest = [card for card in newest if card not in also]
    opinion = [card for card in page.opinion if card.href not in taken]
    return replace(
        page,
        frame=replace(page.frame, issue=day.edition),
        lead=lead,
        also=also,
        brief=day.brief or tuple(rest[:BRIEF]),
        brief_name=day.brief_name if day.brief else "",
        opinion=(*day.opinion, *opinion)[:OPINION],
        papers=day.papers,
    )


def _hub(press: Press, language: str) -> Topic | None:
    """The event of these days that began last."""
    today = press.local(press.now).date()
    events = Topic.objects.filter(locale__language_code=language, starts_on__lte=today)
    found = (
        events.filter(Q(ends_on__gte=today) | Q(ends_on__isnull=True)).order_by("-starts_on", "pk").first()
    )
    if found:
        press.rests_on(f"topic:{found.pk}")
    return found


def _sections(language: str) -> list[Section]:
    """The departments of a language with those that are part of them."""
    rows = Section.objects.filter(locale__language_code=language, parent__isnull=True)
    return list(rows.prefetch_related("children__children"))


def _blocks(press: Press, shelves: Iterable[tuple[Section, list[Row]]], language: str) -> tuple[Block, ...]:
    made = (
        Block(section=_block_of(press, section, language), cards=cards_of(press, rows))
        for section, rows in shelves
    )
    return tuple(block for block in made if block.cards)


def _block_of(press: Press, section: Section, language: str) -> Link:
    press.rests_on(*tags_of("section", _within(section)))
    return Link(name=section.name, href=section_path(language=language, slug=section.slug))


def section_page(press: Press, section: Section, number: int | None) -> ListPage | None:
    """Return a page of a section; None stands for its front. None where there is no such page."""
    language = str(section.locale.language_code)
    press.rests_on(*tags_of("section", _within(section)))
    page = _list_page(
        press,
        of_section(section),
        number,
        name=section.name,
        blurb=section.blurb,
        path=section_path(language=language, slug=section.slug),
        language=language,
        versions=_versions(press, section, section_path),
        has_feed=True,
        total=count_of_section(section),
    )
    if page is None:
        return None
    children = tuple(
        Link(name=child.name, href=section_path(language=language, slug=child.slug))
        for child in section.children.all()
    )
    above = section.parent
    crumbs = (
        (*page.crumbs, Link(name=above.name, href=section_path(language=language, slug=above.slug)))
        if above
        else page.crumbs
    )
    return replace(page, children=children, crumbs=crumbs)


def topic_page(press: Press, topic: Topic, number: int | None) -> ListPage | None:
    """Return a page of a topic; None stands for its front. None where there is no such page."""
    language = str(topic.locale.language_code)
    press.rests_on(f"topic:{topic.pk}")
    page = _list_page(
        press,
        of_topic(topic),
        number,
        name=topic.name,
        blurb=topic.blurb,
        path=topic_path(language=language, slug=topic.slug),
        language=language,
        versions=_versions(press, topic, topic_path),
        has_feed=True,
    )
    if page is None:
        return None
    today = press.today
    if topic.ends_on and topic.ends_on >= today:
        press.until(topic.ends_on + timedelta(days=1))
    return replace(
        page,
        starts_on=topic.starts_on,
        ends_on=topic.ends_on,
        is_over=bool(topic.ends_on and topic.ends_on < today),
        picture=shown_picture(press, topic.picture, alt=topic.name),
    )


def contributor_page(
    press: Press, contributor: Contributor, language: str, number: int | None
) -> ListPage | None:
    """Return a contributor's page in a language; None where nothing of theirs is listed in it."""
    press.rests_on(f"contributor:{contributor.pk}")
    rows = of_contributor(contributor, language=language)
    if not rows.exists():
        return None
    page = _list_page(
        press,
        rows,
        number,
        name=contributor.name,
        blurb=contributor.bio,
        path=contributor_path(language=language, slug=contributor.slug),
        language=language,
        versions=tuple(
            language_link(code, contributor_path(language=code, slug=contributor.slug))
            for code in press.codes
            if of_contributor(contributor, language=code).exists()
        ),
        has_feed=True,
    )
    return page and replace(
        page,
        is_house=contributor.is_house,
        picture=shown_picture(press, contributor.portrait, alt=contributor.name),
    )


def _within(section: Section) -> Iterator[int]:
    """Yield a section and all that is part of it: their pieces stand on its pages, and their names."""
    yield section.pk
    if section.parent_id:
        yield section.parent_id
    for child in section.children.all():
        yield child.pk
        yield from (one.pk for one in child.children.all())


def page_address(path: str, number: int | None) -> str:
    """Return the address of a page of a list; None stands for its front."""
    return path if number is None else f"{path}{number}/"


def _list_page(
    press: Press,
    rows: ArticleQuerySet,
    number: int | None,
    *,
    name: str,
    blurb: str,
    path: str,
    language: str,
    versions: tuple[Link, ...],
    has_feed: bool,
    total: int | None = None,
) -> ListPage | None:
    total = rows.count() if total is None else total
    part = front(total) if number is None else stretch(number, total)
    if part is None or (number is not None and part.is_front):
        return None
    held = frame(press, language, versions=versions if number is None else ())
    shown: tuple[Card, ...] = cards(press, rows, start=part.start, end=part.end)
    page = ListPage(
        frame=held,
        head=Head(title="", description="", canonical=""),
        name=name,
        blurb=blurb,
        crumbs=(Link(name=held.site_name, href=held.home),),
        cards=shown,
        pager=_pager(part, path),
    )
    address = page_address(path, number)
    head = _head(
        press,
        held,
        title=f"{name} | {held.site_name}",
        description=blurb,
        path=address,
        versions=versions if number is None else (),
        said=structured.as_json(structured.collection(page, base=press.base, href=address)),
    )
    if has_feed:
        head = replace(head, feed=f"{path}feed.xml", feed_title=f"{name} | {held.site_name}")
    return replace(page, head=head)


def _pager(part: Stretch, path: str) -> Pager:
    newer = part.number + 1
    return Pager(
        number=part.number,
        count=part.count,
        newer="" if part.is_front else page_address(path, None if newer == part.count else newer),
        older=page_address(path, part.number - 1) if part.number > 1 else "",
    )


def _head(
    press: Press,
    held: Frame,
    *,
    title: str,
    description: str,
    path: str,
    versions: tuple[Link, ...],
    said: str,
) -> Head:
    pairs = [(link.language, press.absolute(link.href)) for link in versions]
    return Head(
        title=title,
        description=cut(one_line(description), DESCRIPTION_LENGTH),
        canonical=press.absolute(path),
        alternates=rules.alternates("list", pairs, default=press.default),
        structured=said,
        feed=held.feed,
        feed_title=held.site_name,
    )


def _versions(press: Press, noun: TranslatableMixin, address: Callable[..., str]) -> tuple[Link, ...]:
    rows = type(noun).objects.filter(translation_key=noun.translation_key).select_related("locale")
    found = {str(row.locale.language_code): row for row in rows}
    press.rests_on(*tags_of(noun._meta.model_name, (row.pk for row in rows)))
    return tuple(
        language_link(code, address(language=code, slug=found[code].slug))
        for code in press.codes
        if code in found
    )
