"""An article as its own page."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from django.utils.translation import gettext as _

from dateline.agreements.licences import Licence
from dateline.articles.addresses import (
    outlet_path,
    readers_post_path,
    republish_path,
    republish_terms_path,
    section_path,
    side_by_side_path,
    topic_path,
)
from dateline.articles.bodies import block_text
from dateline.articles.kinds import USE_OF_KIND, CreditRole, Genre, Kind, MachineHelp
from dateline.articles.models import Article, Section
from dateline.intake.models import Original
from dateline.lib.scripts import direction
from dateline.lib.text import cut, one_line
from dateline.publishing import rules, structured
from dateline.publishing.leaf import record_path
from dateline.publishing.notes import tags_of
from dateline.publishing.pages import ArticlePage, Head, Link, Name, Provenance
from dateline.publishing.queries import chain
from dateline.publishing.queries.beside import also_like, elsewhere
from dateline.publishing.queries.bodies import body_markup, words_of
from dateline.publishing.queries.card import card_view
from dateline.publishing.queries.cards import names, nouns_on_card, published_at, section_link
from dateline.publishing.queries.corrections import notes_on
from dateline.publishing.queries.fediverse import head_of as fediverse_head
from dateline.publishing.queries.frames import frame
from dateline.publishing.queries.gathering import gathered_for
from dateline.publishing.queries.newest import new_articles
from dateline.publishing.queries.pictures import shown_picture
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.republish import licence_of
from dateline.publishing.queries.review import in_words, reviewed_help
from dateline.publishing.queries.tongues import language_link, name_here
from dateline.publishing.queries.voices import voices_of
from dateline.publishing.reading_time import reading_minutes
from dateline.publishing.reviewing import Review
from dateline.rights.models import Permission

DESCRIPTION_LENGTH = 300
# A change within the first minute is the same press of the button.
AT_ONCE = timedelta(minutes=1)


def article_page(press: Press, article: Article) -> ArticlePage:
    """Return everything that the page of an article shows. Call it while the press is making the page."""
    press.note(article.uid)
    press.rests_on(*_nouns_on(article))
    language, here = article.language, article.get_absolute_url()
    versions = _versions(press, article)
    first = published_at(article)
    voices = voices_of(press, article)
    words = words_of(press, article) + sum(len(voice.excerpt.split()) for voice in voices)
    last = article.last_published_at
    notes = notes_on(press, article)
    licence = licence_of(press, article)
    review = gathered_for(press, article).reviews[article.pk]
    with press.showing_the_present():
        newest, (reads_on, related) = new_articles(press, article), also_like(press, article)
        told_elsewhere = elsewhere(press, article)
    page = ArticlePage(
        frame=frame(press, language, versions=versions),
        head=Head(title="", description="", canonical=""),
        uid=str(article.uid),
        kind=article.kind,
        kind_name=article.get_kind_display(),
        genre=article.genre,
        genre_name="" if article.genre == Genre.REPORT else article.get_genre_display(),
        kicker=article.kicker,
        headline=article.headline,
        standfirst=article.standfirst,
        filed_from=article.filed_from,
        names=names(article),
        published_at=press.local(first),
        updated_at=press.local(last) if last and (notes or last - first > AT_ONCE) else None,
        reading_minutes=reading_minutes(words, language=language, said=article.reading_minutes),
        crumbs=_crumbs(press, article),
        section=section_link(article.section, language=language),
        topics=_topics(article),
        hero=shown_picture(press, article.hero, alt=article.hero_alt, caption=article.hero_caption),
        body=body_markup(press, article),
        provenance=_provenance(press, article, review),
        issued_by=", ".join(article.issuer_names),
        issued_on=article.issued_on,
        issuers=chain.issuers(article),
        corrections=notes,
        answers=chain.answers(press, article),
        answered_by=chain.answered_by(press, article),
        versions=tuple(link for link in versions if link.language != language),
        new_articles=newest,
        reads_on=reads_on,
        related=related,
        elsewhere=told_elsewhere,
        republish=republish_path(here) if licence else "",
        post=readers_post_path(here),
        own=press.absolute(here),
        side_by_side=side_by_side_path(here) if shows_both(article) else "",
        voices=voices,
    )
    facts = _facts(
        press, article, words=words, licence=licence, machine_help=str(reviewed_help(article, review))
    )
    return replace(page, head=_head(press, article, page, versions, facts))


def _facts(
    press: Press, article: Article, *, words: int, licence: Licence | None, machine_help: str
) -> structured.Facts:
    """Return what machines are told and the page does not show."""
    terms = press.absolute(republish_terms_path(language=article.language))
    return structured.Facts(
        base=press.base,
        own=press.absolute(article.get_absolute_url()),
        words=words,
        machine_help=machine_help,
        licence_url=licence.url if licence else "",
        usage_url=terms if licence else "",
        steps=_steps(article),
    )


def _topics(article: Article) -> tuple[Link, ...]:
    return tuple(
        Link(name=topic.name, href=topic_path(language=article.language, slug=topic.slug))
        for topic in article.topics.all()
    )


def _steps(article: Article) -> tuple[tuple[str, str], ...]:
    """Return what machines are told apart of a piece that is told while it happens."""
    if article.genre != Genre.LIVE:
        return ()
    return structured.steps_of((block.block_type, block_text(block)) for block in article.body)


def _nouns_on(article: Article) -> Iterator[str]:
    """Yield tags of all that its page names and does not hold itself."""
    yield from nouns_on_card(article)
    yield from tags_of("topic", (topic.pk for topic in article.topics.all()))
    section: Section | None = article.section
    while section is not None:
        yield f"section:{section.pk}"
        section = section.parent
    for issuer in article.issuers.all():
        if issuer.contributor_id:
            yield f"contributor:{issuer.contributor_id}"
        if issuer.outlet_id:
            yield f"outlet:{issuer.outlet_id}"


def terms_of(article: Article) -> rules.Terms:
    """Return what the agreement behind an article says of search engines; silence where there is none."""
    agreement = article.permission.agreement if article.permission else None
    if agreement is None:
        return rules.SILENCE
    return rules.Terms(
        is_canonical_ours=agreement.canonical == agreement.Canonical.SELF, is_noindex=agreement.is_noindex
    )


def _head(
    press: Press, article: Article, page: ArticlePage, versions: tuple[Link, ...], facts: structured.Facts
) -> Head:
    terms = terms_of(article)
    pairs = [(link.language, press.absolute(link.href)) for link in versions]
    return Head(
        title=f"{article.headline} | {page.frame.site_name}",
        description=cut(one_line(article.standfirst), DESCRIPTION_LENGTH),
        canonical=rules.canonical(
            article.kind,
            own=facts.own,
            original=article.original.url if article.original else "",
            terms=terms,
        ),
        robots=rules.robots(article.kind, terms),
        alternates=rules.alternates(article.kind, pairs, default=press.default),
        structured=structured.as_json(structured.article(page, facts)),
        feed=page.frame.feed,
        feed_title=page.frame.site_name,
        picture=card_view(press, article) or page.hero,
        kind="article",
        published_at=page.published_at,
        modified_at=page.updated_at,
        record=record_path(article.get_absolute_url()),
        is_reserved=article.kind in USE_OF_KIND and not press.identity.is_mining_reserved,
        **fediverse_head(press, article),
    )


def _crumbs(press: Press, article: Article) -> tuple[Link, ...]:
    language = article.language
    found: list[Link] = []
    section: Section | None = article.section
    while section is not None:
        found.insert(0, Link(name=section.name, href=section_path(language=language, slug=section.slug)))
        section = section.parent
    held = frame(press, language)
    return (Link(name=held.site_name, href=held.home), *found)


def _versions(press: Press, article: Article) -> tuple[Link, ...]:
    """The piece in each language of the site in which it is listed, in the site's order."""
    rows = gathered_for(press, article).versions.get(article.translation_key, ())
    found = {version.language: version for version in rows}
    found[article.language] = article
    for version in found.values():
        press.note(version.uid)
    return tuple(
        language_link(code, found[code].get_absolute_url(), is_current=code == article.language)
        for code in press.codes
        if code in found
    )


def shows_both(article: Article) -> bool:
    """May readers see the original beside the translation? Where the agreement behind it says so."""
    agreement = article.permission.agreement if article.permission else None
    is_translation = article.kind == Kind.TRANSLATION and article.original is not None
    return is_translation and agreement is not None and agreement.may_show_original


def provenance_of(press: Press, article: Article) -> Provenance | None:
    """Return where a piece comes from; None for one of our own."""
    return _provenance(press, article, gathered_for(press, article).reviews[article.pk])


def _provenance(press: Press, article: Article, review: Review) -> Provenance | None:
    source = article.original
    if source is None or article.kind not in USE_OF_KIND:
        return None
    outlet = source.outlet
    agreement = article.permission.agreement if article.permission else None
    snapshot = next(iter(source.snapshots.all()), None)  # the newest
    return Provenance(
        outlet=outlet.shown_name,
        outlet_language="" if outlet.name_here else outlet.language,
        outlet_direction="" if outlet.name_here else direction(outlet.language),
        outlet_home=outlet.home_url,
        headline=source.headline,
        language=source.language,
        language_name=name_here(source.language) if source.language != article.language else "",
        direction=direction(source.language),
        authors=_original_authors(article, source),
        is_unsigned=article.is_unsigned_at_source,
        href=source.url,
        published_at=press.local(source.published_at) if source.published_at else None,
        translators=_names(article, CreditRole.TRANSLATOR),
        checkers=_names(article, CreditRole.EDITOR),
        machine_help=_machine_help(article, review),
        review=in_words(review),
        permission=_permission(article.permission),
        credit_line=(article.permission.credit_line if article.permission else "")
        or (agreement.credit_line if agreement else ""),
        snapshot_at=press.local(snapshot.fetched_at) if snapshot else None,
        outlet_page=outlet_path(language=article.language, slug=outlet.slug),
    )


def _original_authors(article: Article, source: Original) -> tuple[str, ...]:
    """Who signed it at its source; where extraction found nobody, whom the desk named."""
    if article.is_unsigned_at_source:
        return ()
    return tuple(source.author_names) or tuple(name.name for name in _names(article, CreditRole.AUTHOR))


def _names(article: Article, role: CreditRole) -> tuple[Name, ...]:
    return tuple(name for name in names(article) if name.role == role)


def _machine_help(article: Article, review: Review) -> str:
    shown = reviewed_help(article, review)
    if shown == MachineHelp.NONE:
        return ""
    said = str(shown.label)
    return f"{said} ({article.machine_name})" if article.machine_name else said


def _permission(held: Permission | None) -> str:
    if held is None:
        return ""
    if held.agreement and held.agreement.licence:
        return _("Under the licence %(licence)s") % {"licence": held.agreement.licence}
    if held.agreement:
        return _("By agreement with the publisher")
    return _("Granted by the publisher")
