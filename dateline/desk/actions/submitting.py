"""Verbs about the pictures of a piece that is handed in: laid with it, and taken into the library with it."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.core.files.images import ImageFile
from django.db import transaction
from django.utils.translation import gettext as _

from dateline.articles.models import Article
from dateline.desk.actions.pictures import take_picture
from dateline.desk.models import Submission, SubmittedPicture
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.rights.models import PicturePermission
from dateline.site.queries import identity, zone

MOST_PICTURES = 6


class TooManyPictures(ValueError):
    """More pictures than a piece may bring."""


@transaction.atomic
def lay_pictures(
    *, piece: Submission, given: Iterable[SubmittedPicture], left_out: Collection[int], now: datetime
) -> list[SubmittedPicture]:
    """Lay pictures with a piece, and take back some that lay there. Raises TooManyPictures, ValidationError."""
    SubmittedPicture.objects.filter(submission=piece, pk__in=left_out, picture=None).delete()
    laid = []
    for one in given:
        one.submission = piece
        one.full_clean()
        one.save()
        laid.append(one)
        after = {"credit": one.credit, "declared": one.declared, "evidence": one.evidence}
        write_down(
            verb="lay-picture", subject=piece, by=piece.by, now=now, summary=one.description, after=after
        )
    if SubmittedPicture.objects.filter(submission=piece).count() > MOST_PICTURES:
        raise TooManyPictures(_("A piece brings %s pictures at most: leave some out.") % MOST_PICTURES)
    return laid


@transaction.atomic
def take_submitted_pictures(*, piece: Submission, article: Article, by: User, now: datetime) -> Article:
    """Take a piece's pictures into the library, each with the right that was declared; the first leads the article."""
    taken = [
        _taken(one, by=by, now=now) for one in SubmittedPicture.objects.filter(submission=piece, picture=None)
    ]
    if taken:
        article.hero, article.hero_alt = taken[0].picture, taken[0].description
        article.save()
        article.save_revision(user=by)
    return article


def _taken(one: SubmittedPicture, *, by: User, now: datetime) -> SubmittedPicture:
    day = now.astimezone(zone(identity())).date()
    who = one.submission.by
    told = _("%(who)s declared on %(day)s: %(what)s.") % {
        "who": who,
        "day": day.isoformat(),
        "what": one.get_declared_display(),
    }
    permission = PicturePermission(
        ground=PicturePermission.Ground.GRANTED,
        holder=one.credit,
        starts_on=day,
        evidence=f"{told} {one.evidence}".strip(),
    )
    with one.file.open("rb") as content:
        one.picture = take_picture(
            content=ImageFile(content, name=one.file.name),
            width=one.width,
            height=one.height,
            title=one.description,
            description=one.description,
            credit=one.credit,
            permission=permission,
            by=by,
            now=now,
        )
    one.save(update_fields=["picture"])
    return one
