"""The sample newsroom's editions of today, and its press reviews."""

from uuid import uuid5

from django.contrib.contenttypes.models import ContentType

from dateline.articles.actions import publish
from dateline.articles.kinds import CreditRole, Kind
from dateline.articles.models import Article, Credit
from dateline.editions.actions import (
    VoiceWords,
    add_voices,
    close,
    open_edition,
    version_of,
    write_review,
    write_run,
)
from dateline.editions.excerpts import Quoted
from dateline.editions.models import Placement, Run
from dateline.editions.models import Voice as VoiceRow
from dateline.editions.queries.reviewing import sentences_of
from dateline.exchange.actions.sample_loading import FAMILY, Loading, locale_of, note
from dateline.exchange.models import SampleRow
from dateline.exchange.sample import editions as told_of
from dateline.exchange.sample.shapes import SampleBroken
from dateline.rights.models import Permission


def editions(loading: Loading) -> None:
    """Bring the runs, the reviews and the editions of today, closed."""
    told = told_of.read_editions()
    for place, one in enumerate(told.runs):
        _run(loading, one, place)
    for review in told.reviews:
        _review(loading, review)
    for edition in told.editions:
        _edition(loading, edition)


def _run(loading: Loading, told: told_of.Run, place: int) -> None:
    run = Run(
        code=told.code,
        name=told.name,
        rhythm=told.rhythm,
        weekday=told.weekday,
        closes=told.closes,
        position=place,
    )
    write_run(run=run, template=told.most, by=None, now=loading.now)
    note(run)


def _review(loading: Loading, told: told_of.Review) -> None:
    language = told.language
    article = Article(
        kind=Kind.PRESS_REVIEW,
        locale=locale_of(language),
        translation_key=uuid5(FAMILY, f"review {told.key}"),
        headline=told.headline,
        standfirst=told.standfirst,
        slug=told.key,
        section=loading.sections[told.section, language],
        live=False,
    )
    author = loading.newsroom.contributors[told.author]
    article.credits = [
        Credit(
            role=CreditRole.AUTHOR,
            contributor=loading.contributors[told.author],
            name=author.name[language],
            sort_order=0,
        )
    ]
    article.full_clean()
    article.save()
    article.save_revision()
    _voices(loading, article, told)
    note(article)  # after what it rests on: it is taken away before that
    publish(article=Article.objects.get(pk=article.pk), by=None, now=loading.now)
    loading.articles[told.key, language] = Article.objects.get(pk=article.pk)


def _voices(loading: Loading, article: Article, told: told_of.Review) -> None:
    originals = [loading.originals[one.original] for one in told.voices]
    rows = add_voices(article=article, originals=originals, by=None, now=loading.now)
    write_review(
        article=article,
        version=version_of(article),
        headline=told.headline,
        standfirst=told.standfirst,
        words=[_words(row, one) for row, one in zip(rows, told.voices, strict=True)],
        by=None,
        now=loading.now,
    )
    kind = ContentType.objects.get_for_model(Permission)
    for row in VoiceRow.objects.filter(article=article, permission__isnull=False):
        held = row.permission
        if held and not SampleRow.objects.filter(kind=kind, key=held.pk).exists():
            note(held)


def _words(row: VoiceRow, told: told_of.Voice) -> VoiceWords:
    offered = sentences_of(row.original)
    return VoiceWords(
        voice=row.pk,
        position=row.position,
        headline=told.headline,
        quoted=tuple(_number(offered, begins, told.original) for begins in told.quoted),
        excerpt=told.excerpt,
    )


def _number(offered: list[Quoted], begins: str, original: str) -> int:
    found = next((one.number for one in offered if one.text.startswith(begins)), None)
    if found is None:
        raise SampleBroken(
            file="editions.json", field="quoted", reason=f"{original} has no sentence that begins “{begins}”."
        )
    return int(found)


def _edition(loading: Loading, told: told_of.Edition) -> None:
    run = Run.objects.get(code=told.run)
    today = loading.now.astimezone(loading.zone).date()
    edition = open_edition(run=run, language=told.language, day=today, by=None, now=loading.now)
    edition.number, edition.title, edition.foreword = told.number, told.title, told.foreword
    edition.save()
    note(edition)
    for slot, keys in told.slots.items():
        for position, key in enumerate(keys):
            article = loading.articles[key, told.language]
            Placement.objects.create(edition=edition, slot=slot, position=position, article=article)
    close(edition=edition, by=None, now=loading.now)
