"""Pieces as machines take them: filled from what their pages need anyhow, so that nothing is read for it alone."""

from datetime import UTC, datetime, time
from typing import Any

from dateline.articles.addresses import corrections_path, republish_terms_path
from dateline.articles.kinds import USE_OF_KIND, Genre
from dateline.articles.models import Article, ArticleQuerySet
from dateline.publishing import rules
from dateline.publishing.leaf import record_path
from dateline.publishing.links import with_whole_addresses
from dateline.publishing.pages import ArticlePage, PictureView
from dateline.publishing.queries.bodies import blocks_of, words_of
from dateline.publishing.queries.cards import names, published_at, section_link
from dateline.publishing.queries.gathering import gathered_for
from dateline.publishing.queries.listed import OF_A_CARD
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.republish import licence_of
from dateline.publishing.queries.review import reviewed_help
from dateline.publishing.told import Original, Picture, Told


def told_piece(press: Press, article: Article, page: ArticlePage) -> Told:
    """Return a piece as its page tells it. Call it while the press is making the page."""
    base, href = press.base, press.absolute(article.get_absolute_url())
    is_whole = rules.feed_content(article.kind) == "full"
    markup = "\n".join(markup for _kind, markup in blocks_of(press, article)) if is_whole else ""
    licence = licence_of(press, article)
    known = gathered_for(press, article)
    record = record_path(article.get_absolute_url())
    return Told(
        **_core(press, article),
        genre=article.genre,
        genre_name="" if article.genre == Genre.REPORT else str(article.get_genre_display()),
        is_whole=is_whole,
        html=with_whole_addresses(markup, base=href),
        words=words_of(press, article) if is_whole else 0,
        located=article.filed_from,
        topics=tuple((topic.name, f"{base}{topic.href}") for topic in page.topics),
        picture=_picture(page.hero),
        credit_line=page.provenance.credit_line if page.provenance else "",
        licence_url=licence.url if licence else "",
        terms_url=press.absolute(republish_terms_path(language=article.language)),
        corrections_url=press.absolute(corrections_path(language=article.language)),
        record_url=press.absolute(record),
        machine_help=str(reviewed_help(article, known.reviews[article.pk])),
        expires_at=_expires_at(article),
        alike=tuple(
            (version.language, version.headline, press.absolute(version.get_absolute_url()))
            for version in known.versions.get(article.translation_key, ())
            if version.language != article.language and version.language in press.codes
        ),
        notes=tuple(f"{one.kind_name}: {f'{one.was_wrong} {one.said}'.strip()}" for one in page.corrections),
    )


def told_line(press: Press, article: Article) -> Told:
    """Return a piece as it stands in a list for machines."""
    press.note(article.uid)
    return Told(**_core(press, article), genre=article.genre, genre_name="", is_whole=False)


def for_lines(rows: ArticleQuerySet) -> ArticleQuerySet:
    """Return rows with what `told_line` reads: their bodies are left where they are."""
    return rows.select_related(*OF_A_CARD).prefetch_related("credits__contributor").defer("body")


def _core(press: Press, article: Article) -> dict[str, Any]:
    first = published_at(article)
    section = section_link(article.section, language=article.language)
    return {
        "uid": str(article.uid),
        "href": press.absolute(article.get_absolute_url()),
        "kind": article.kind,
        "kind_name": str(article.get_kind_display()),
        "language": article.language,
        "headline": article.headline,
        "kicker": article.kicker,
        "standfirst": article.standfirst,
        "published_at": press.local(first),
        "changed_at": press.local(max(first, article.last_published_at or first)),
        "names": tuple((name.role, name.name) for name in names(article)),
        "original": _original(press, article),
        "publisher": press.identity.name,
        "section": (section.name, press.absolute(section.href)) if section else None,
    }


def _original(press: Press, article: Article) -> Original | None:
    source = article.original
    if source is None or article.kind not in USE_OF_KIND:
        return None
    return Original(
        url=source.url,
        outlet=source.outlet.shown_name,
        outlet_home=source.outlet.home_url,
        headline=source.headline,
        language=source.language,
        authors=() if article.is_unsigned_at_source else tuple(source.author_names),
        published_at=press.local(source.published_at) if source.published_at else None,
    )


def _picture(view: PictureView | None) -> Picture | None:
    if view is None:
        return None
    best = max(
        (one for one in view.sources if one.mime == "image/jpeg"), key=lambda one: one.width, default=None
    )
    width = best.width if best else view.width
    return Picture(
        href=view.absolute,
        mime="image/jpeg",
        width=width,
        height=round(view.height * width / view.width) if view.width else view.height,
        alt=view.alt,
        caption=view.caption,
        credit=view.credit,
    )


def _expires_at(article: Article) -> datetime | None:
    """When the piece ends by its own time or its permission's, the earlier of both."""
    ends = article.permission.ends_on if article.permission else None
    ended = datetime.combine(ends, time.max, tzinfo=UTC).replace(microsecond=0) if ends else None
    known = [one for one in (article.expire_at, ended) if one]
    return min(known, default=None)
