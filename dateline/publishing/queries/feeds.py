"""Lists of pieces as feeds."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.conf import settings

from dateline.articles.addresses import (
    contributor_path,
    home_path,
    kind_path,
    outlet_path,
    section_path,
    topic_path,
)
from dateline.articles.kinds import USE_OF_KIND, CreditRole, Kind
from dateline.articles.models import Article, ArticleQuerySet, Contributor, Correction, Section, Topic
from dateline.lib.formats.rss import Entry, Feed, Picture
from dateline.lib.text import one_line
from dateline.publishing import rules
from dateline.publishing.leaf import record_path
from dateline.publishing.links import with_whole_addresses
from dateline.publishing.queries.bodies import body_markup
from dateline.publishing.queries.cards import VERSION, nouns_on_card, published_at
from dateline.publishing.queries.corrections import told_in_feed
from dateline.publishing.queries.frames import frame
from dateline.publishing.queries.gathering import corrections_on, read_for_feeds
from dateline.publishing.queries.listed import (
    in_language,
    of_contributor,
    of_kind,
    of_section,
    of_topic,
)
from dateline.publishing.queries.lists_more import of_outlet
from dateline.publishing.queries.newest import Row
from dateline.publishing.queries.pictures import shown_picture
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.record import hashes_of
from dateline.publishing.queries.republish import licence_of
from dateline.publishing.queries.voices import voices_markup
from dateline.sources.models import Outlet

ENTRIES = 20


def site_feed(press: Press, language: str) -> Feed:
    """Return the newest pieces of a language."""
    held = frame(press, language)
    return _feed(
        press, in_language(language), language, title=held.site_name, path=home_path(language=language)
    )


def section_feed(press: Press, section: Section) -> Feed:
    """Return the newest pieces of a section."""
    language = str(section.locale.language_code)
    press.rests_on(f"section:{section.pk}")
    path = section_path(language=language, slug=section.slug)
    title = f"{section.name} | {frame(press, language).site_name}"
    return _feed(press, of_section(section), language, title=title, path=path, summary=section.blurb)


def topic_feed(press: Press, topic: Topic) -> Feed:
    """Return the newest pieces about a topic."""
    language = str(topic.locale.language_code)
    press.rests_on(f"topic:{topic.pk}")
    path = topic_path(language=language, slug=topic.slug)
    title = f"{topic.name} | {frame(press, language).site_name}"
    return _feed(press, of_topic(topic), language, title=title, path=path, summary=topic.blurb)


def contributor_feed(press: Press, contributor: Contributor, language: str) -> Feed | None:
    """Return the newest pieces of somebody in a language; None where there is none."""
    press.rests_on(f"contributor:{contributor.pk}")
    path = contributor_path(language=language, slug=contributor.slug)
    rows = of_contributor(contributor, language=language)
    title = f"{contributor.name} | {frame(press, language).site_name}"
    return _unless_empty(_feed(press, rows, language, title=title, path=path, summary=contributor.bio))


def outlet_feed(press: Press, outlet: Outlet, language: str) -> Feed | None:
    """Return the newest of what we took from an outlet; None where nothing of it stands in the language."""
    press.rests_on(f"outlet:{outlet.pk}")
    path = outlet_path(language=language, slug=outlet.slug)
    title = f"{outlet.shown_name} | {frame(press, language).site_name}"
    return _unless_empty(
        _feed(press, of_outlet(outlet.pk, language=language), language, title=title, path=path)
    )


def kind_feed(press: Press, kind: Kind, language: str) -> Feed | None:
    """Return the newest pieces of a kind in a language; None where there is none. It follows the home page."""
    title = f"{kind.label} | {frame(press, language).site_name}"
    return _unless_empty(
        _feed(
            press,
            of_kind(kind, language=language),
            language,
            title=title,
            path=home_path(language=language),
            place=kind_path(language=language, kind=kind),
        )
    )


def _unless_empty(feed: Feed) -> Feed | None:
    return feed if feed.entries else None


def _feed(
    press: Press,
    rows: ArticleQuerySet,
    language: str,
    *,
    title: str,
    path: str,
    summary: str = "",
    place: str = "",
) -> Feed:
    """place: the folder of the feed, where it is not that of the page at `path`."""
    held = frame(press, language)
    press.until(date(press.today.year + 1, 1, 1))
    return Feed(
        href=press.absolute(f"{place or path}feed.xml"),
        page=press.absolute(path),
        title=title,
        summary=one_line(summary) or held.tagline,
        language=language,
        entries=_entries(press, list(rows.values_list(*VERSION)[:ENTRIES])),
        rights=f"© {held.founded_year}–{held.year} {held.site_name}" if held.founded_year else "",
        hubs=tuple(settings.DATELINE_HUBS),
        publisher=held.site_name,
    )


def _entries(press: Press, found: Sequence[Row]) -> tuple[Entry, ...]:
    """Return pieces as they stand in all feeds of their language: each is made once in a run, as it is now.

    found: their VERSION each. Only those that this run has not made yet are read whole.
    """
    hashes, notes = hashes_of([row[3] for row in found]), corrections_on([row[0] for row in found])
    versions = {
        row[0]: (*row[:3], hashes.get(row[3]), tuple(notes.get(row[0], ())))
        for row in found
    }  # fmt: skip
    missing = [key for key, version in versions.items() if version not in press.entries]
    for article in read_for_feeds(press, missing):
        with press.noting_apart() as rests_on:
            entry = _entry(press, article, hashes.get(article.uid), notes.get(article.pk, ()))
        version = article.pk, article.live_revision_id, article.last_published_at, *versions[article.pk][3:]
        press.entries[version] = entry, rests_on
    made = [press.entries[version] for version in versions.values() if version in press.entries]
    for _entry_of, rests_on in made:
        press.add(rests_on)
    return tuple(entry for entry, _rests_on in made)


def _entry(
    press: Press, article: Article, record_sha256: str | None, corrected: Iterable[Correction]
) -> Entry:
    press.note(article.uid)
    press.rests_on(*nouns_on_card(article))
    href = press.absolute(article.get_absolute_url())
    source = article.original if article.kind in USE_OF_KIND else None
    is_full = rules.feed_content(article.kind) == "full"
    outlet = source.outlet if source else None
    notes = told_in_feed(press, corrected)
    licence = licence_of(press, article)
    return Entry(
        href=href,
        guid=f"urn:uuid:{article.uid}",
        title=article.headline,
        published_at=press.local(published_at(article)),
        language=article.language,
        summary=article.standfirst,
        html=_body(press, article, base=href) if is_full else "",
        authors=_named(article, CreditRole.AUTHOR) or ((outlet.shown_name,) if outlet else ()),
        contributors=_named(article, CreditRole.TRANSLATOR),
        source=(outlet.shown_name, outlet.home_url) if outlet else None,
        categories=(article.section.name,) if article.section else (),
        via=source.url if source else "",
        picture=_picture(press, article) if is_full else None,
        updated_at=press.local(article.last_published_at) if notes and article.last_published_at else None,
        notes=notes,
        record=(press.absolute(record_path(article.get_absolute_url())), record_sha256)
        if record_sha256
        else None,
        licence=licence.url if licence else "",
    )


def _named(article: Article, role: CreditRole) -> tuple[str, ...]:
    return tuple(credit.shown_name for credit in article.credits_of(role))


def _body(press: Press, article: Article, *, base: str) -> str:
    parts = (*body_markup(press, article), voices_markup(press, article))
    return with_whole_addresses("\n".join(filter(None, parts)), base=base)


def _picture(press: Press, article: Article) -> Picture | None:
    view = shown_picture(press, article.hero, alt=article.hero_alt)
    if view is None:
        return None
    width = max(source.width for source in view.sources if source.mime == "image/jpeg")
    return Picture(href=view.absolute, mime="image/jpeg", width=width, alt=view.alt, credit=view.credit)
