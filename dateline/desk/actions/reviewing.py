"""Picking several at once: one piece in several ways, or several pieces into one press review."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale

from dateline.agreements.models import Agreement
from dateline.articles.kinds import CreditRole, Kind
from dateline.articles.models import Article, Contributor, Credit
from dateline.desk import queries
from dateline.desk.actions.picking import (
    NoSuchLanguage,
    cover_by_permission,
    pick_as_excerpt,
    pick_as_reprint,
    pick_as_translation,
)
from dateline.desk.slugs import slug_for
from dateline.desk.ways import EXCERPT, TRANSLATION, Way
from dateline.editions.actions import add_voices
from dateline.editions.excerpts import MOST_VOICES
from dateline.intake.models import Original
from dateline.intake.queries import reading_for
from dateline.lib.text import cut, one_line
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.rights.models import Permission
from dateline.site.actions import speak


class NothingChosen(ValueError):
    """A press review needs a voice."""


def pick_one_way(*, original: Original, way: Way, by: User | None, now: datetime) -> Article:
    """Pick an original in one way under the first thing that covers it, or under nothing where nothing does.

    Raises AlreadyPicked, NoSuchLanguage, DoesNotCover, translation's AlreadyStarted.
    """
    agreement, permission = _cover(original, way, now=now)
    if way.kind == TRANSLATION:
        article = pick_as_translation(
            original=original, language=way.language, agreement=agreement, by=by, now=now
        )
    elif way.kind == EXCERPT:
        article = pick_as_excerpt(original=original, agreement=agreement, by=by, now=now)
    else:
        article = pick_as_reprint(original=original, agreement=agreement, by=by, now=now)
    return cover_by_permission(article=article, permission=permission, by=by) if permission else article


@transaction.atomic
def pick_in_ways(*, original: Original, ways: Sequence[Way], by: User | None, now: datetime) -> list[Article]:
    """Pick an original in several ways at once: all of them or none. Raises what `pick_one_way` raises."""
    return [pick_one_way(original=original, way=way, by=by, now=now) for way in ways]


def _cover(original: Original, way: Way, *, now: datetime) -> tuple[Agreement | None, Permission | None]:
    choices = queries.choices(original, on=now.date())
    choice = next((one for one in choices if one.way == way), None)
    if choice is None:
        raise NoSuchLanguage(_("The original cannot be picked in this way."))
    if choice.fitting:
        return choice.fitting[0].agreement, None
    return None, next(iter(choice.grants), None)


@transaction.atomic
def review(*, originals: Sequence[Original], language: str, by: User | None, now: datetime) -> Article:
    """Make a draft of a press review: each original a voice, eight at most, with what its quota has room for.

    Raises NothingChosen, NoSuchLanguage.
    """
    if not originals:
        raise NothingChosen(_("Choose the pieces of the press review first."))
    if language not in queries.site_codes():
        raise NoSuchLanguage(_("The site has no pages in that language."))
    speak([language])
    headline = _("Press review: %s") % one_line(reading_for(originals[0]).headline)
    article = Article(
        kind=Kind.PRESS_REVIEW,
        locale=Locale.objects.get(language_code=language),
        headline=cut(headline, 300),
        slug=_slug(headline, language),
        live=False,
    )
    author = Contributor.objects.filter(user=by).first() if by else None
    article.credits = [Credit(role=CreditRole.AUTHOR, contributor=author, sort_order=0)] if author else []
    article.full_clean()
    article.save()
    article.save_revision(user=by)
    add_voices(article=article, originals=originals[:MOST_VOICES], by=by, now=now)
    _note(article, originals, by=by, now=now)
    made: Article = Article.objects.get(pk=article.pk)
    return made


def _slug(headline: str, language: str) -> str:
    return slug_for(
        headline,
        keeps_script=True,
        is_taken=lambda slug: Article.objects.in_language(language).filter(slug=slug).exists(),
    )


def _note(article: Article, originals: Sequence[Original], *, by: User | None, now: datetime) -> None:
    summary = ", ".join(str(one) for one in originals)
    write_down(verb="review", subject=article, by=by, now=now, summary=cut(summary, 500))
