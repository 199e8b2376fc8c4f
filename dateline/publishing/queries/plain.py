"""Pages without articles of their own: plain pages, what is gone, the choice of a language."""

from datetime import timedelta

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from dateline.articles.addresses import home_path
from dateline.lib.scripts import direction
from dateline.lib.text import cut, one_line
from dateline.publishing import pages, rules
from dateline.publishing.models import PlainPage
from dateline.publishing.pages import Card, GonePage, Head, Link, NewestPage
from dateline.publishing.queries.cards import cards
from dateline.publishing.queries.corrections import recall_of
from dateline.publishing.queries.frames import frame
from dateline.publishing.queries.listed import in_language
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.render import expanded
from dateline.publishing.queries.tongues import language_link
from dateline.rights.models import Withdrawal

NEW_ARTICLES = 10
DESCRIPTION_LENGTH = 300


def plain_page(press: Press, page: PlainPage) -> pages.PlainPage:
    """Return a plain page."""
    language = str(page.locale.language_code)
    versions = _versions(press, page)
    held = frame(press, language, versions=versions)
    pairs = [(link.language, press.absolute(link.href)) for link in versions]
    return pages.PlainPage(
        frame=held,
        head=Head(
            title=f"{page.seo_title or page.title} | {held.site_name}",
            description=cut(one_line(page.search_description), DESCRIPTION_LENGTH),
            canonical=press.absolute(page.path_here),
            alternates=rules.alternates("page", pairs, default=press.default),
            feed=held.feed,
            feed_title=held.site_name,
        ),
        name=page.title,
        html=expanded(page.body),
        crumbs=(Link(name=held.site_name, href=held.home),),
    )


def _versions(press: Press, page: PlainPage) -> tuple[Link, ...]:
    rows = PlainPage.objects.live().filter(translation_key=page.translation_key).select_related("locale")
    found = {str(row.locale.language_code): row for row in rows}
    return tuple(language_link(code, found[code].path_here) for code in press.codes if code in found)


def gone_page(
    press: Press, language: str, *, status: int = 404, withdrawal: Withdrawal | None = None
) -> GonePage:
    """Return what stands where there is nothing, or nothing any more, with the way back."""
    held = frame(press, language)
    recalled = recall_of(withdrawal.piece) if withdrawal else None
    is_silent = recalled is not None and recalled.kind == recalled.Kind.KILL
    title = withdrawal.title if withdrawal and not is_silent else ""
    names = {404: _("Page not found"), 410: _("No longer here"), 451: _("Unavailable for legal reasons")}
    return GonePage(
        frame=held,
        head=Head(
            title=f"{names[status]} | {held.site_name}", description="", canonical="", robots=rules.NOINDEX
        ),
        status=status,
        title=title,
        withdrawn_on=press.local(withdrawal.at).date() if withdrawal and not is_silent else None,
        note=recalled.said if recalled and not is_silent else "",
        new_articles=_newest(press, language) if withdrawal is None else _of_the_moment(press, language),
    )


def _newest(press: Press, language: str) -> tuple[Card, ...]:
    return cards(press, in_language(language), end=NEW_ARTICLES)


def _of_the_moment(press: Press, language: str) -> tuple[Card, ...]:
    with press.showing_the_present():
        return _newest(press, language)


def newest_page(press: Press, language: str) -> NewestPage:
    """Return the present of a language: one piece more than pages show, as each leaves itself out."""
    press.until(press.today + timedelta(days=1))
    return NewestPage(
        frame=frame(press, language), new_articles=cards(press, in_language(language), end=NEW_ARTICLES + 1)
    )


def chooser_page(press: Press) -> pages.PlainPage:
    """Return the page at the root: the languages, each under its own name."""
    held = frame(press, press.default)
    pairs = [(code, press.absolute(home_path(language=code))) for code in press.codes]
    rows = format_html_join(
        "",
        '<li><a href="{}" lang="{}" hreflang="{}" dir="{}">{}</a></li>',
        (
            (home_path(language=code), code, code, direction(code), link.name)
            for code in press.codes
            for link in (language_link(code, ""),)
        ),
    )
    return pages.PlainPage(
        frame=held,
        head=Head(
            title=held.site_name,
            description=held.tagline,
            canonical=press.absolute("/"),
            alternates=(*pairs, ("x-default", press.absolute("/"))) if len(pairs) > 1 else (),
        ),
        name=held.site_name,
        html=format_html("<ul>{}</ul>", rows),
    )
