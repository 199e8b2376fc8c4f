"""What an edition holds now: only what is live and what the gate would let through."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext, override

from dateline.articles.bodies import word_count
from dateline.articles.gate import lacks
from dateline.articles.kinds import USE_OF_KIND, CreditRole, Kind
from dateline.articles.models import Article, Correction
from dateline.editions import slots
from dateline.editions.contents import (
    EditionContents,
    EditionItem,
    ItemPicture,
    LateNote,
    SlotContents,
    VoiceLine,
)
from dateline.editions.models import Edition, EditionTemplate, LateChange, Placement, Voice
from dateline.lib.scripts import direction
from dateline.lib.text import one_line

_OF_AN_ITEM = (
    "locale",
    "section",
    "hero__permission__agreement",
    "original__outlet",
    "permission__agreement__outlet",
    "permission__original",
)


def contents_of(
    edition: Edition, *, now: datetime, cleared: Collection[UUID] | None = None
) -> EditionContents:
    """Return what readers may see of an edition at that moment, in its language.

    A piece that is not live, or that the gate would refuse now, is left out; it stays in its place on the desk.
    cleared: the pieces about which the gate was asked already, by who shows them; None asks it here.
    """
    with override(edition.language):
        return _contents(edition, now=now, cleared=cleared)


def placed(edition: Edition) -> list[Placement]:
    """Return everything in an edition, live or not, in the order of its slots."""
    order = {code: number for number, (code, _most) in enumerate(template_of(edition.run_id))}
    rows = (
        Placement.objects.filter(edition=edition)
        .select_related(*(f"article__{name}" for name in _OF_AN_ITEM))
        .prefetch_related("article__credits__contributor")
        .order_by("position", "pk")
    )
    return sorted(rows, key=lambda row: order.get(row.slot, len(order)))


def template_of(run: int) -> tuple[tuple[str, int], ...]:
    """Return the slots of a run's editions in order, each with how many pieces it holds at most."""
    own = EditionTemplate.objects.filter(run=run).values_list("slot", "most")
    return tuple(own) or slots.SHIPPED


def _contents(edition: Edition, *, now: datetime, cleared: Collection[UUID] | None) -> EditionContents:
    shown = [row for row in placed(edition) if _may_be_seen(row.article, now=now, cleared=cleared)]
    return EditionContents(
        uid=edition.uid,
        language=edition.language,
        direction=direction(edition.language),
        date=edition.date,
        number=edition.number,
        run=edition.run.code,
        run_name=gettext(edition.run.name),
        title=edition.title,
        foreword=tuple(part.strip() for part in edition.foreword.split("\n\n") if part.strip()),
        path=edition.path,
        closed_at=edition.closed_at,
        slots=tuple(_slots(edition, shown)),
        late=tuple(_late(edition.late_changes.select_related("article__locale"), now=now, cleared=cleared)),
    )


def _slots(edition: Edition, shown: list[Placement]) -> Iterator[SlotContents]:
    codes = dict.fromkeys(
        [*(code for code, _most in template_of(edition.run_id)), *(row.slot for row in shown)]
    )
    for code in codes:
        items = tuple(_item(row) for row in shown if row.slot == code)
        if items:
            yield SlotContents(code=code, name=str(slots.SLOTS[code].name), items=items)


def _may_be_seen(article: Article, *, now: datetime, cleared: Collection[UUID] | None) -> bool:
    if cleared is not None:
        return article.uid in cleared
    return article.live and not lacks(article, now=now)


def _item(row: Placement) -> EditionItem:
    article = row.article
    outlet = article.original.outlet if article.original and article.kind in USE_OF_KIND else None
    held = article.permission
    return EditionItem(
        uid=article.uid,
        headline=row.headline or article.headline,
        standfirst=article.standfirst,
        path=article.get_absolute_url(),
        kind=article.kind,
        kind_name=article.get_kind_display(),
        genre=article.genre,
        language=article.language,
        published_at=article.first_published_at or article.last_published_at,
        section=article.section.name if article.section else "",
        kicker=article.kicker,
        outlet=outlet.shown_name if outlet else "",
        outlet_language="" if outlet is None or outlet.name_here else outlet.language,
        outlet_country=outlet.country if outlet else "",
        authors=_named(article, CreditRole.AUTHOR),
        translators=_named(article, CreditRole.TRANSLATOR),
        credit=held.credit_line if outlet and held else "",
        note=_put_right(article) if row.slot == slots.CORRECTIONS else "",
        words=word_count(article),
        picture=_picture(article),
        voices=_voices(article),
        is_late=row.is_late,
    )


def _voices(article: Article) -> tuple[VoiceLine, ...]:
    if article.kind != Kind.PRESS_REVIEW:
        return ()
    return tuple(
        VoiceLine(
            headline=voice.headline,
            title=one_line(voice.original.headline),
            outlet=voice.original.outlet.shown_name,
            outlet_language="" if voice.original.outlet.name_here else voice.original.outlet.language,
            country=voice.original.outlet.country,
            language=voice.original.language,
            url=voice.original.url,
        )
        for voice in Voice.objects.of(article)
    )


def _named(article: Article, role: CreditRole) -> tuple[str, ...]:
    return tuple(credit.shown_name for credit in article.credits_of(role))


def _put_right(article: Article) -> str:
    last = Correction.objects.notes_of(article).last()
    return f"{last.was_wrong} {last.said}".strip() if last else ""


def _picture(article: Article) -> ItemPicture | None:
    if article.hero is None:
        return None
    return ItemPicture(
        number=article.hero.pk, alt=article.hero_alt, caption=article.hero_caption, credit=article.hero.credit
    )


def _late(
    changes: Iterable[LateChange], *, now: datetime, cleared: Collection[UUID] | None
) -> Iterator[LateNote]:
    for change in changes:
        article = change.article
        is_shown = article is not None and _may_be_seen(article, now=now, cleared=cleared)
        yield LateNote(
            kind=change.kind,
            kind_name=change.get_kind_display(),
            said=change.said,
            at=change.at,
            headline=article.headline if article and is_shown else "",
            path=article.get_absolute_url() if article and is_shown else "",
        )
