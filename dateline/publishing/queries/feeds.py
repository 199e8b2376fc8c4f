"""Lists of pieces as feeds."""

from collections.abc import Iterable
from datetime import date

from dateline.articles.addresses import home_path, section_path, topic_path
from dateline.articles.kinds import USE_OF_KIND, CreditRole
from dateline.articles.models import Article, ArticleQuerySet, Correction, Section, Topic
from dateline.lib.formats.rss import Entry, Feed, Picture
from dateline.lib.text import one_line
from dateline.publishing import rules
from dateline.publishing.leaf import record_path
from dateline.publishing.links import with_whole_addresses
from dateline.publishing.queries.bodies import body_markup
from dateline.publishing.queries.cards import nouns_on_card, published_at
from dateline.publishing.queries.corrections import told_in_feed
from dateline.publishing.queries.frames import frame
from dateline.publishing.queries.gathering import gather
from dateline.publishing.queries.listed import OF_A_CARD, in_language, of_section, of_topic
from dateline.publishing.queries.pictures import shown_picture
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.record import hashes_of

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


def _feed(
    press: Press, rows: ArticleQuerySet, language: str, *, title: str, path: str, summary: str = ""
) -> Feed:
    held = frame(press, language)
    found = rows.select_related(*OF_A_CARD, "permission__agreement").prefetch_related(
        "credits__contributor", "hero__renditions"
    )
    articles = list(found[:ENTRIES])
    facts = press.gathered = gather(articles)
    press.until(date(press.today.year + 1, 1, 1))
    hashes = hashes_of([article.uid for article in articles])
    return Feed(
        href=press.absolute(f"{path}feed.xml"),
        page=press.absolute(path),
        title=title,
        summary=one_line(summary) or held.tagline,
        language=language,
        entries=tuple(
            _entry(press, article, hashes.get(article.uid), facts.notes.get(article.pk, ()))
            for article in articles
        ),
        rights=f"© {held.founded_year}–{held.year} {held.site_name}" if held.founded_year else "",
    )


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
    )


def _named(article: Article, role: CreditRole) -> tuple[str, ...]:
    return tuple(credit.shown_name for credit in article.credits_of(role))


def _body(press: Press, article: Article, *, base: str) -> str:
    return with_whole_addresses("\n".join(body_markup(press, article)), base=base)


def _picture(press: Press, article: Article) -> Picture | None:
    view = shown_picture(press, article.hero, alt=article.hero_alt)
    if view is None:
        return None
    width = max(source.width for source in view.sources if source.mime == "image/jpeg")
    return Picture(href=view.absolute, mime="image/jpeg", width=width, alt=view.alt, credit=view.credit)
