"""Letting others republish ours: under which licence, with which words, and a clean copy to take."""

from django.utils.html import escape, format_html, format_html_join
from django.utils.translation import gettext as _

from dateline.agreements.licences import Licence
from dateline.articles.addresses import republish_terms_path
from dateline.articles.bodies import shown_pictures
from dateline.articles.kinds import CreditRole, Genre
from dateline.articles.models import Article, Picture
from dateline.lib.sanitise import sanitise
from dateline.lib.scripts import direction
from dateline.publishing import pages, rules
from dateline.publishing.links import with_whole_addresses
from dateline.publishing.models import PlainPage
from dateline.publishing.notes import tags_of
from dateline.publishing.pages import Head, Link, RepublishPage, RepublishPicture
from dateline.publishing.queries.bodies import blocks_of
from dateline.publishing.queries.frames import frame
from dateline.publishing.queries.pictures import shown_picture
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.tongues import language_link
from dateline.publishing.republishing import known, licence_for, picture_licence

SLUG = "republish"


def licence_of(press: Press, article: Article) -> Licence | None:
    """Return the licence under which others may republish an article, None where they have to ask."""
    agreement = article.permission.agreement if article.permission else None
    return licence_for(
        article.kind,
        chosen=press.identity.republish_licence,
        source=agreement.licence if agreement else "",
        is_statement=article.genre == Genre.STATEMENT,
    )


def republish_page(press: Press, article: Article) -> RepublishPage | None:
    """Return the page beside an article that lets others take it; None where they have to ask."""
    terms = licence_of(press, article)
    if terms is None:
        return None
    press.note(article.uid)
    press.rests_on(
        *tags_of("contributor", (row.contributor_id for row in article.credits.all() if row.contributor_id))
    )
    language, own = article.language, press.absolute(article.get_absolute_url())
    held = frame(press, language)
    credit = _credit(press, article, terms)
    title = _("Republish: %s") % article.headline
    return RepublishPage(
        frame=held,
        head=Head(title=f"{title} | {held.site_name}", description="", canonical=own, robots=rules.NOINDEX),
        headline=article.headline,
        href=article.get_absolute_url(),
        own=own,
        licence=terms.name,
        licence_url=terms.url,
        terms=_terms(terms),
        terms_href=republish_terms_path(language=language),
        credit=credit,
        copy=_copy(press, article, credit),
        pictures=tuple(_pictures(press, article)),
        crumbs=(
            Link(name=held.site_name, href=held.home),
            Link(name=article.headline, href=article.get_absolute_url()),
        ),
    )


def terms_page(press: Press, language: str) -> pages.PlainPage | None:
    """Return what we say of republishing in a language; None where the owner wrote a page of their own there."""
    own = PlainPage.objects.live().filter(locale__language_code=language, slug=SLUG)
    if own.exists():
        return None
    versions = tuple(language_link(code, republish_terms_path(language=code)) for code in press.codes)
    held = frame(press, language, versions=versions)
    pairs = [(link.language, press.absolute(link.href)) for link in versions]
    name = _("Republishing our work")
    return pages.PlainPage(
        frame=held,
        head=Head(
            title=f"{name} | {held.site_name}",
            description="",
            canonical=press.absolute(republish_terms_path(language=language)),
            alternates=rules.alternates("page", pairs, default=press.default),
        ),
        name=name,
        html=_general_terms(press),
        crumbs=(Link(name=held.site_name, href=held.home),),
    )


def _general_terms(press: Press) -> str:
    chosen = known(press.identity.republish_licence)
    if chosen is None:
        said = [_("Please ask us before you republish anything of ours.")]
    else:
        said = [
            _("What we wrote ourselves you may republish under the licence %s.") % chosen.name,
            *_terms(chosen),
            _("Of our translations, those whose originals are under an open licence too."),
            _("Each piece that you may take has a link to a clean copy. What has none you have to ask for."),
            _("Pictures may go along only where the page says so."),
            _("If we correct or withdraw a piece, please do so too."),
        ]
    paragraphs = format_html_join("", "<p>{}</p>", ((one,) for one in said))
    address = format_html('<p><a href="{}">{}</a></p>', chosen.url, chosen.name) if chosen else ""
    email = press.identity.email
    ask = format_html('<p>{} <a href="mailto:{}">{}</a></p>', _("Ask us:"), email, email) if email else ""
    return format_html("{}{}{}", paragraphs, address, ask)


def _terms(terms: Licence) -> tuple[str, ...]:
    """Return what a licence asks for, a sentence each."""
    said = []
    if terms.needs_credit:
        said.append(_("Name us and the authors, link to the piece here and to the licence."))
    if terms.is_noncommercial:
        said.append(_("Not for commercial use."))
    if terms.forbids_derivatives:
        said.append(_("Unchanged: no translation, no shortening."))
    if terms.must_share_alike:
        said.append(_("What you make of it has to be under the same licence."))
    return tuple(said)


def _credit(press: Press, article: Article, terms: Licence) -> str:
    """Return the line that has to stand with the copy: whose it is, where it first stood, and under what."""
    held = frame(press, article.language)
    words = press.identity.republish_credit or _("First published by %s:") % held.site_name
    own = press.absolute(article.get_absolute_url())
    line = format_html(
        '{} <a href="{}" rel="canonical">{}</a> (<a href="{}" rel="license">{}</a>).',
        words,
        own,
        article.headline,
        terms.url,
        terms.name,
    )
    return format_html("{} {}", line, theirs) if (theirs := _their_credit(article)) else line


def _their_credit(article: Article) -> str:
    """Return whose original a translation is made from: their line goes along."""
    held, source = article.permission, article.original
    if held is None or source is None:
        return ""
    line = held.credit_line or (held.agreement.credit_line if held.agreement else "")
    agreed = known(held.agreement.licence) if held.agreement else None
    licensed = format_html(' (<a href="{}">{}</a>)', agreed.url, agreed.name) if agreed else ""
    return format_html(
        '{} <a href="{}">{}</a>{}. {}', _("Translated from:"), source.url, source.headline, licensed, line
    )


def _copy(press: Press, article: Article, credit: str) -> str:
    """Return the text as plain HTML, as somebody would put it into a page of theirs: nothing of ours is called."""
    own = press.absolute(article.get_absolute_url())
    names = [one.shown_name for one in article.credits_of(CreditRole.AUTHOR)]
    names += [one.shown_name for one in article.credits_of(CreditRole.TRANSLATOR)]
    # Markup to be shown as text, in a box to copy from: it is put together here, and escaped by the page.
    lines = [
        f'<article lang="{escape(article.language)}" dir="{direction(article.language)}">',
        f"<h1>{escape(article.headline)}</h1>",
        *(f"<p>{escape(words)}</p>" for words in (article.standfirst, ", ".join(names)) if words),
        _text(press, article, base=own),
        f"<p>{credit}</p>",
        "</article>\n",
    ]
    return "\n".join(lines)


def _text(press: Press, article: Article, *, base: str) -> str:
    words = [
        str(markup) for kind, markup in blocks_of(press, article) if kind not in {"picture", "row", "pull"}
    ]
    return with_whole_addresses(sanitise("\n".join(words)), base=base).strip()


def _pictures(press: Press, article: Article) -> list[RepublishPicture]:
    today = press.local(press.now).date()
    found = []
    for picture, alt in shown_pictures(article):
        terms = _licence_of_picture(picture)
        view = shown_picture(press, picture, alt=alt)
        if terms and view and picture.permission and picture.permission.holds(on=today):
            found.append(RepublishPicture(picture=view, licence=terms.name, licence_url=terms.url))
    return found


def _licence_of_picture(picture: Picture) -> Licence | None:
    held = picture.permission
    return picture_licence(held.ground, held.licence) if held else None
