"""Laying one of our own pieces on the translation desk, to go out in another of our languages."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale

from dateline.articles.kinds import CreditRole
from dateline.articles.models import Article, Contributor, Credit, Section, Topic
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.translation.actions.source_reading import sentences_of_article
from dateline.translation.actions.starting import lay_sentences
from dateline.translation.models import Job


class HasVersion(ValueError):
    """The piece has a version in that language. `article` is that one."""

    def __init__(self, article: Article) -> None:
        self.article = article
        super().__init__(_("This piece has a version in this language already: go on with that."))


class NotOurLanguage(ValueError):
    """The publication is not written in that language."""

    def __init__(self, language: str) -> None:
        super().__init__(_("“%s” is not among the languages of this publication.") % language)


@transaction.atomic
def start_own_job(*, source: Article, language: str, by: User | None, now: datetime) -> Job:
    """Make the version of one of our pieces in another language, a draft, and lay it on the translation desk.

    What readers see of the piece is translated, or its latest draft where it was never out. The version shares its
    `translation_key`, genre, byline, pictures and, where they are kept in that language, section and topics; what
    rights a translation of somebody else's piece needs is the gate's business as ever. When the piece is published
    anew, what changed in it opens here (`source_changes.take_article`). Raises HasVersion, NotOurLanguage.
    """
    locale = Locale.objects.filter(language_code=language).first()
    if locale is None or language == source.language:
        raise NotOurLanguage(language)
    known = Article.objects.filter(translation_key=source.translation_key, locale=locale).first()
    if known is not None:
        raise HasVersion(known)
    told: Article = source if source.live else source.get_latest_revision_as_object()
    article = _version_of(told, locale)
    _credit(article, told, by)
    article.save_revision(user=by, log_action=True)
    job = Job(
        source_article=source,
        article=article,
        source_language=source.language,
        language=language,
        translator=by,
        started_at=now,
        proposed_slug=article.slug,
    )
    lay_sentences(job, sentences_of_article(told), now=now)
    write_down(verb="start-own-translation", subject=job, by=by, now=now, summary=str(job))
    return job


def _version_of(source: Article, locale: Locale) -> Article:
    article = Article(
        translation_key=source.translation_key,
        locale=locale,
        live=False,
        kind=source.kind,
        genre=source.genre,
        original=source.original,
        is_unsigned_at_source=source.is_unsigned_at_source,
        slugline=source.slugline,
        headline=source.headline,
        slug=source.slug,
        section=_in(locale, source.section),
        hero=source.hero,
        hero_alt=source.hero_alt,
        hero_caption=source.hero_caption,
        filed_from=source.filed_from,
        issued_by=source.issued_by,
        issued_on=source.issued_on,
        is_composed=True,
    )
    article.full_clean(exclude=["body"])
    article.save()
    topics = Topic.objects.filter(
        translation_key__in=[topic.translation_key for topic in source.topics.all()], locale=locale
    )
    article.topics.set(topics)
    return article


def _in(locale: Locale, section: Section | None) -> Section | None:
    if section is None:
        return None
    return Section.objects.filter(translation_key=section.translation_key, locale=locale).first()


def _credit(article: Article, source: Article, by: User | None) -> None:
    """Name who is on the byline of the source, and the translator where they have a page of their own."""
    named = [
        Credit(role=one.role, contributor=one.contributor, name=one.name)
        for one in source.credits.all()
        if one.role != CreditRole.TRANSLATOR
    ]
    person = Contributor.objects.filter(user=by).first() if by else None
    if person is not None:
        named.append(Credit(role=CreditRole.TRANSLATOR, contributor=person))
    for order, one in enumerate(named):
        one.sort_order = order
    article.credits.set(named)
    article.save()
