"""Articles as cards."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time
from typing import Any

from django.utils import timezone

from dateline.articles.addresses import contributor_path, section_path
from dateline.articles.kinds import USE_OF_KIND
from dateline.articles.models import Article, ArticleQuerySet, Section
from dateline.publishing.notes import tags_of
from dateline.publishing.pages import Card, Link, Name
from dateline.publishing.queries.bodies import words_of
from dateline.publishing.queries.listed import OF_A_CARD
from dateline.publishing.queries.pictures import shown_picture
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.tongues import name_here
from dateline.publishing.reading_time import reading_minutes

# What tells a card from another of the same piece.
VERSION = ("pk", "live_revision_id", "last_published_at", "uid")


def cards(press: Press, rows: ArticleQuerySet, *, start: int = 0, end: int) -> tuple[Card, ...]:
    """Return cards for a stretch of rows, in order, and note them.

    Which rows these are is read now; a card that this run has made of the same version is used again.
    """
    return cards_of(press, picked(rows, start=start, end=end))


def picked(rows: ArticleQuerySet, *, start: int = 0, end: int) -> list[tuple[Any, ...]]:
    """Return which rows a list holds now (their VERSION each), in order; their cards are made of them."""
    return list(rows.values_list(*VERSION)[start:end])


def cards_of(press: Press, found: Sequence[tuple[Any, ...]]) -> tuple[Card, ...]:
    """Return cards for rows that were read already (their VERSION each), in order, and note them."""
    read_cards(press, found)
    shown = [press.cards[row[:3]] for row in found if row[:3] in press.cards]
    for _card, notes in shown:
        press.add(notes)
    return tuple(one for one, _notes in shown)


def read_cards(press: Press, found: Iterable[tuple[Any, ...]]) -> None:
    """Let the press have the cards of some rows (their VERSION each), those that it lacks read at once."""
    missing = [row[0] for row in found if row[:3] not in press.cards]
    for article in _with_their_cards(missing):
        with press.noting_apart() as notes, press.speaking(article.language):
            made = card(press, article)
        press.cards[article.pk, article.live_revision_id, article.last_published_at] = made, notes


def _with_their_cards(keys: list[int]) -> list[Article]:
    if not keys:
        return []
    rows = Article.objects.filter(pk__in=keys).select_related(*OF_A_CARD)
    return list(rows.prefetch_related("credits__contributor", "hero__renditions"))


def card(press: Press, article: Article) -> Card:
    """Return an article as it stands in lists of its language."""
    press.note(article.uid)
    press.rests_on(*nouns_on_card(article))
    press.shows_day_of(published_at(article))
    outlet = article.original.outlet if article.original and article.kind in USE_OF_KIND else None
    is_translated = bool(article.original and article.original.language != article.language)
    return Card(
        href=article.get_absolute_url(),
        headline=article.headline,
        kind=article.kind,
        kind_name=article.get_kind_display(),
        published_at=press.local(published_at(article)),
        section=section_link(article.section, language=article.language),
        kicker=article.kicker,
        standfirst=article.standfirst,
        outlet=outlet.shown_name if outlet else "",
        outlet_language="" if outlet is None or outlet.name_here else outlet.language,
        from_language=name_here(article.original.language)
        if outlet and is_translated and article.original
        else "",
        names=names(article),
        reading_minutes=reading_minutes(
            words_of(press, article), language=article.language, said=article.reading_minutes
        ),
        picture=shown_picture(press, article.hero, alt=article.hero_alt, caption=article.hero_caption),
    )


def nouns_on_card(article: Article) -> Iterator[str]:
    """Yield tags of what a card names beside its piece: section, outlet, who signed it, its picture."""
    if article.section_id:
        yield f"section:{article.section_id}"
    if article.original and article.kind in USE_OF_KIND:
        yield f"outlet:{article.original.outlet_id}"
    if article.hero_id:
        yield f"picture:{article.hero_id}"
    yield from tags_of(
        "contributor", (row.contributor_id for row in article.credits.all() if row.contributor_id)
    )


def names(article: Article) -> tuple[Name, ...]:
    """Return everybody on the byline, in order."""
    return tuple(
        Name(
            name=credit.shown_name,
            role=credit.role,
            href=contributor_path(language=article.language, slug=credit.contributor.slug)
            if credit.contributor
            else "",
            is_house=bool(credit.contributor and credit.contributor.is_house),
        )
        for credit in article.credits.all()
    )


def section_link(section: Section | None, *, language: str = "") -> Link | None:
    """Return the way to a section's front."""
    if section is None:
        return None
    tag = language or str(section.locale.language_code)
    return Link(name=section.name, href=section_path(language=tag, slug=section.slug))


def published_at(article: Article) -> datetime:
    """Return when readers first saw it."""
    known: datetime | None = article.first_published_at or article.last_published_at
    if known or article.address_date is None:
        return known or timezone.now()
    return datetime.combine(article.address_date, time.min, tzinfo=UTC)
