"""Who we are, as the small texts at the root tell it. They rest on the tag of the whole site."""

from django.utils.translation import gettext as _

from dateline.articles.addresses import republish_terms_path
from dateline.publishing.notices import About, Place
from dateline.publishing.queries.due import SITE
from dateline.publishing.queries.frames import frame
from dateline.publishing.queries.press import Press
from dateline.publishing.republishing import known
from dateline.site.queries import own_name


def about(press: Press) -> About:
    """Return who publishes the site, in the words of its first language."""
    press.rests_on(SITE)
    held, who = frame(press, press.default), press.identity
    chosen = known(who.republish_licence)
    return About(
        base=press.base,
        name=held.site_name,
        tagline=held.tagline,
        blurb=held.blurb,
        email=who.email,
        languages=press.codes,
        is_mining_reserved=who.is_mining_reserved,
        licence=chosen.name if chosen else "",
        licence_url=chosen.url if chosen else "",
        terms=tuple(
            Place(name=own_name(code), href=press.absolute(republish_terms_path(language=code)))
            for code in press.codes
        ),
        social=tuple(link.href for link in held.social if link.href.startswith("https://")),
        years=f"{held.founded_year}–{held.year}" if held.founded_year else "",
    )


def sections_told(press: Press) -> list[Place]:
    """Return the home and the sections of each language."""
    found = []
    for code in press.codes:
        held = frame(press, code)
        found.append(Place(name=held.site_name, href=press.absolute(held.home), note=own_name(code)))
        found += [Place(name=one.name, href=press.absolute(one.href)) for one in held.sections]
    return found


def pages_told(press: Press) -> list[Place]:
    """Return our own pages in the first language: who we are, policies."""
    held = frame(press, press.default)
    shown = [one for one in (*held.pages, *held.policies) if not one.href.startswith("/-/")]
    return [Place(name=one.name, href=press.absolute(one.href)) for one in shown]


def data_told(press: Press) -> list[Place]:
    """Return what machines read best: the interface as files, feeds, the pages without anything but text."""
    found = [Place(name=_("Interface as files"), href=press.absolute("/api/index.json"), note="ninjs 3.1")]
    for code in press.codes:
        held = frame(press, code)
        found.append(Place(name=_("News feed (RSS)"), href=press.absolute(held.feed), note=own_name(code)))
    return found
