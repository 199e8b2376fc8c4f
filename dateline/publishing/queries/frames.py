"""What stands around every page of a language: masthead, menus, foot."""

from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Page

from dateline.articles.addresses import (
    archive_path,
    corrections_path,
    home_path,
    readers_post_path,
    section_path,
    topic_path,
)
from dateline.articles.models import Section, Topic
from dateline.editions.queries.readers import letters_on_offer
from dateline.lib.scripts import direction
from dateline.publishing.models import PlainPage
from dateline.publishing.pages import Frame, Link
from dateline.publishing.queries.around_pages import POLICIES, around
from dateline.publishing.queries.pictures import logo_view
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.tongues import language_link
from dateline.rights.actions import mail_is_set_up
from dateline.site.menus import MenuLine
from dateline.site.models import MenuItem, SiteLanguage
from dateline.site.queries import menu


def frame(press: Press, language: str, *, versions: tuple[Link, ...] = ()) -> Frame:
    """Return what stands around a page. `versions` are the same page in other languages.

    The language switch leads to them where they are, else to the home of the language.
    """
    if language not in press.frames:
        press.frames[language] = _made(press, language)
    held = press.frames[language]
    places = {link.language: link.href for link in versions}
    if not places:
        return held
    switch = tuple(replace(link, href=places.get(link.language, link.href)) for link in held.languages)
    return held.leading_to(switch)


def _made(press: Press, language: str) -> Frame:
    words = _words(press, language)
    identity = press.identity
    today = press.local(press.now).date()
    name = words.name or identity.name
    return Frame(
        site_name=name,
        letter=_letter(language),
        tagline=words.tagline,
        blurb=words.blurb,
        email=identity.email,
        founded_year=identity.founded_year,
        year=today.year,
        today=today,
        language=language,
        direction=direction(language),
        home=home_path(language=language),
        languages=tuple(
            language_link(code, home_path(language=code), is_current=code == language) for code in press.codes
        ),
        main_menu=_lines(menu(identity, MenuItem.Menu.MAIN, language)),
        side_menu=_lines(menu(identity, MenuItem.Menu.SIDE, language)),
        sections=_sections(language),
        pages=_pages(language),
        social=tuple(Link(name=link.name, href=link.link) for link in identity.social_links.all()),
        useful=tuple(
            Link(name=link.name, href=link.link, logo=logo_view(link.logo, alt=link.alt))
            for link in identity.useful_links.all()
        ),
        feed=f"/{language}/feed.xml",
        logo_light=logo_view(identity.logo_light, alt=name),
        logo_dark=logo_view(identity.logo_dark, alt=name),
        logo_small=logo_view(identity.logo_small, alt=name),
        icon=identity.icon.url if identity.icon else "",
        **around(press, language),
    )


def _letter(language: str) -> str:
    """Return what the letter is called that readers can sign up for, empty where none goes out."""
    offered = letters_on_offer(language) if mail_is_set_up() else []
    return offered[0].shown_name if offered else ""


def _words(press: Press, language: str) -> SiteLanguage:
    return next((row for row in press.languages if row.code == language), SiteLanguage(code=language))


def _lines(lines: tuple[MenuLine, ...]) -> tuple[Link, ...]:
    return tuple(Link(name=line.label, href=line.href, children=_lines(line.children)) for line in lines)


def _sections(language: str) -> tuple[Link, ...]:
    """The departments of a language with those that are part of them, two levels deep, in their order."""
    rows = list(Section.objects.filter(locale__language_code=language))
    return tuple(
        _section(
            row, language, tuple(_section(child, language) for child in rows if child.parent_id == row.pk)
        )
        for row in rows
        if row.parent_id is None
    )


def _section(section: Section, language: str, children: tuple[Link, ...] = ()) -> Link:
    return Link(name=section.name, href=section_path(language=language, slug=section.slug), children=children)


def _pages(language: str) -> tuple[Link, ...]:
    rows = PlainPage.objects.live().filter(locale__language_code=language).order_by("path")
    rows = rows.exclude(slug__in=POLICIES)  # they stand in a column of their own
    pages = [Link(name=page.title, href=page.path_here) for page in rows.select_related("locale")]
    corrections = corrections_path(language=language)
    if corrections not in {page.href for page in pages}:
        with translation.override(language):
            pages.append(Link(name=gettext("Corrections"), href=corrections))
    with translation.override(language):
        pages.append(Link(name=gettext("Archive"), href=archive_path(language=language)))
        pages.append(Link(name=gettext("Write to us"), href=readers_post_path(language=language)))
    return tuple(pages)


def menu_place_of_section(section: Section, language: str) -> tuple[str, str] | None:
    """Return name and path of a section in a language, for a menu."""
    found = Section.objects.filter(
        translation_key=section.translation_key, locale__language_code=language
    ).first()
    return (found.name, section_path(language=language, slug=found.slug)) if found else None


def menu_place_of_topic(topic: Topic, language: str) -> tuple[str, str] | None:
    """Return name and path of a topic in a language, for a menu."""
    found = Topic.objects.filter(
        translation_key=topic.translation_key, locale__language_code=language
    ).first()
    return (found.name, topic_path(language=language, slug=found.slug)) if found else None


def menu_place_of_page(page: Page, language: str) -> tuple[str, str] | None:
    """Return name and path of a plain page in a language, for a menu."""
    rows = PlainPage.objects.live().filter(
        translation_key=page.translation_key, locale__language_code=language
    )
    found = rows.select_related("locale").first()
    return (found.title, found.path_here) if found else None
