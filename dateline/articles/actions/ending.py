"""Ending what has lost its right: a piece goes, a picture is taken out of it, and both at the minute."""

import logging
import uuid
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.blocks import StreamValue

from dateline.agreements.models import Agreement
from dateline.articles import queries
from dateline.articles.actions.publishing import expire, withdraw
from dateline.articles.bodies import shown_pictures
from dateline.articles.gate import NotCleared
from dateline.articles.models import Article, Picture, PictureUse
from dateline.articles.signals import Going, ended_together, moment_came, ready_to_go
from dateline.lib.crash import crash_point
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.rights.actions import begin_withdrawal, renew_all
from dateline.rights.models import Ending, Permission, PicturePermission, Use, Withdrawal
from dateline.rights.standing import Due
from dateline.work.actions import enqueue_by_name

logger = logging.getLogger(__name__)


class NotAllEnded(RuntimeError):
    """Some pieces could not be ended; the others were. The job is tried again."""


class Paper:
    """What the rights ask of what stands before readers."""

    def endings_of(self, piece: uuid.UUID, *, now: datetime) -> list[Due] | None:
        """Return what ends for a piece; None where readers do not see it."""
        article = _judged().filter(uid=piece, live=True).first()
        if article is None:
            return None
        return [due for due in queries.ends_of(article, now=now) if _came_by_the_gate(article, due)]

    def pieces(self) -> Iterable[uuid.UUID]:
        """Return every piece that readers see."""
        return list(Article.objects.live().values_list("uid", flat=True))

    def originals_of(self, pieces: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
        """Return from which original each piece was made."""
        rows = Article.objects.filter(uid__in=pieces, original__isnull=False)
        return dict(rows.values_list("uid", "original_id"))

    def make_ready(self, pieces: Collection[uuid.UUID], *, at: datetime) -> None:
        """Have the pages made that will stand when what loses its right at `at` has gone."""
        found = [going for piece in pieces if (going := _going(piece, at=at))]
        if found:
            ready_to_go.send(sender=Article, going=found, at=at)

    def end(self, pieces: Collection[uuid.UUID], *, now: datetime) -> None:
        """Take down what has lost its right: first before readers at one stroke, then each in its own transaction.

        Raises NotAllEnded, after all the others were ended.
        """
        struck = self._struck(pieces, now=now)
        ended, trouble = [], None
        for piece in pieces:
            try:
                if _ended(piece, now=now):
                    ended.append(piece)
            except Exception as error:
                logger.exception("Piece %s could not be ended", piece)
                trouble = error
            crash_point("articles.one-ended")
        if ended or struck:
            ended_together.send(sender=Article, pieces=ended, struck=struck, now=now)
        if trouble is not None:
            raise NotAllEnded(f"Not every piece could be ended: {trouble}") from trouble

    def _struck(self, pieces: Collection[uuid.UUID], *, now: datetime) -> set[uuid.UUID]:
        """Have shown what was made ready for this moment; what was not is made ready now."""
        struck: set[uuid.UUID] = set()
        try:
            struck |= _shown(pieces, now=now)
            rest = [piece for piece in pieces if piece not in struck]
            if rest:
                self.make_ready(rest, at=now)
                struck |= _shown(rest, now=now)
        except Exception:  # what cannot be shown now is shown when the database has been written
            logger.exception("The pages that end together could not be changed first")
        crash_point("articles.struck")
        return struck


def _shown(pieces: Collection[uuid.UUID], *, now: datetime) -> set[uuid.UUID]:
    answers: list[tuple[Any, Any]] = moment_came.send(sender=Article, pieces=pieces, now=now)
    return {piece for _receiver, shown in answers for piece in shown}


def _going(piece: uuid.UUID, *, at: datetime) -> Going | None:
    """Return what a piece's address will say when it goes at a moment, None where it stays."""
    article = _judged().filter(uid=piece, live=True).first()
    if article is None:
        return None
    takedown = Ending.objects.filter(piece=piece, kind=Ending.Kind.TAKEDOWN, at__lte=at).first()
    if takedown is not None:
        return _told(article, ground=takedown.ground, reason=takedown.reason)
    due = {one.kind: one for one in Paper().endings_of(piece, now=at) or () if one.at <= at}
    lost = due.get(Ending.Kind.PERMISSION)
    if lost is not None:
        return _told(article, ground=Withdrawal.Ground.RIGHTS, reason=lost.reason)
    return _told(article, ground="", reason="") if Ending.Kind.EXPIRY in due else None


def _told(article: Article, *, ground: str, reason: str) -> Going:
    return Going(
        piece=article.uid,
        address=article.get_absolute_url(),
        title=article.headline,
        ground=str(ground),
        reason=reason,
    )


def _came_by_the_gate(article: Article, due: Due) -> bool:
    """What was made live past the gate is not ours to end: nothing of it is baked, and the audit has it."""
    if due.kind == Ending.Kind.PERMISSION:
        return Use.objects.filter(piece=article.uid, ended_at__isnull=True).exists()
    if due.kind == Ending.Kind.PICTURE:
        return PictureUse.objects.filter(article=article, picture=due.picture).exists()
    return True


def _judged() -> QuerySet[Article]:
    return Article.objects.select_related(
        "locale",
        "section",
        "original__outlet",
        "permission__agreement__outlet",
        "hero__permission__agreement",
    )


@transaction.atomic
def _ended(piece: uuid.UUID, *, now: datetime) -> bool:
    """Ask whether a piece may still stand, and do what the answer asks for. Returns whether readers see a change."""
    Article.objects.select_for_update().filter(uid=piece).first()
    article = _judged().filter(uid=piece).first()
    takedown = Ending.objects.filter(piece=piece, kind=Ending.Kind.TAKEDOWN, at__lte=now).first()
    if article is None:
        Ending.objects.filter(piece=piece).delete()
        return False
    if takedown is not None:
        return _taken_down(article, takedown, now=now)
    if not article.live:
        return False
    return _asked_again(article, now=now)


def _asked_again(article: Article, *, now: datetime) -> bool:
    due = {
        (one.kind, one.picture): one
        for one in Paper().endings_of(article.uid, now=now) or ()
        if one.at <= now
    }
    lost = due.get((Ending.Kind.PERMISSION, 0))
    if lost:
        _end_rights(article, lost.reason, now=now)
        return True
    if (Ending.Kind.EXPIRY, 0) in due:
        expire(article=article, now=now)
        return True
    numbers = {picture for kind, picture in due if kind == Ending.Kind.PICTURE}
    stale = [picture for picture, _alt in shown_pictures(article) if picture.pk in numbers]
    if stale:
        take_pictures_out(article=article, pictures=stale, by=None, now=now)
    return bool(stale)


def _taken_down(article: Article, takedown: Ending, *, now: datetime) -> bool:
    """Carry out what a person planned, also for a piece that went down before: its address says so."""
    ground, reason, by = Withdrawal.Ground(takedown.ground), takedown.reason, takedown.by
    takedown.delete()
    if article.live:
        withdraw(article=article, reason=reason, by=by, now=now, ground=ground)
    elif article.address_date and not Withdrawal.objects.standing().filter(piece=article.uid).exists():
        begin_withdrawal(
            piece=article.uid,
            address=article.get_absolute_url(),
            title=article.headline,
            ground=ground,
            reason=reason,
            by=by,
            now=now,
        )
    return True


def _end_rights(article: Article, reason: str, *, now: datetime) -> None:
    withdraw(article=article, reason=reason, by=None, now=now, ground=Withdrawal.Ground.RIGHTS)


@transaction.atomic
def take_pictures_out(
    *, article: Article, pictures: Collection[Picture], by: User | None, now: datetime
) -> None:
    """Take pictures out of a live article and out of its draft; the text stays. A revision keeps what was there.

    A piece that cannot stand without them is withdrawn.
    """
    numbers = {picture.pk for picture in pictures}
    titles = sorted({str(picture.title) for picture in pictures})
    draft = article.get_latest_revision_as_object() if article.has_unpublished_changes else None
    _strip(article, numbers)
    try:
        with transaction.atomic():
            revision = article.save_revision(user=by, log_action=True, changed=True)
            revision.publish(user=by, skip_permission_checks=True)
    except NotCleared as refusal:
        _end_rights(Article.objects.get(pk=article.pk), str(refusal), now=now)
    if draft is not None:
        _strip(draft, numbers)
        draft.save_revision(user=by, log_action=True)
    write_down(
        verb="take-pictures-out",
        subject=article,
        by=by,
        now=now,
        summary=", ".join(titles),
        before={"pictures": sorted(numbers)},
        after={"pictures": []},
    )
    for number in numbers:
        enqueue_by_name("articles.put_away_renditions", picture=number)


def _strip(article: Article, numbers: Collection[int]) -> None:
    if article.hero_id in numbers:
        article.hero, article.hero_alt, article.hero_caption = None, "", ""
    kept = [raw for raw in article.body.raw_data if not _is_picture_among(raw, numbers)]
    article.body = StreamValue(article.body.stream_block, kept, is_lazy=True)


def _is_picture_among(raw: dict[str, object], numbers: Collection[int]) -> bool:
    value = raw.get("value")
    return raw.get("type") == "picture" and isinstance(value, dict) and value.get("picture") in numbers


def put_away_renditions(*, picture: int) -> int:
    """Delete the files that showed a picture to readers, where no article may show it. Returns how many.

    Its old addresses then answer that there is nothing. The picture itself stays with the desk.
    """
    found = Picture.objects.select_related("permission__agreement").filter(pk=picture).first()
    if found is None or found.uses.exists():
        return 0
    renditions = list(found.renditions.all())
    for rendition in renditions:
        rendition.delete()
    return len(renditions)


def renew_under(*, model: str, number: int, now: datetime) -> int:
    """Follow a change of an agreement, a permission or a picture's: what stands under it has another end, or none.

    model: the row's class, by its lower-case name. What lost its right goes now, by a job that stands behind all
    changes that wait to be followed: what they end goes with it at one stroke. Returns how many pieces it concerned.
    """
    pieces = standing_under(model, number)
    renew_all(pieces=pieces, now=now)
    return len(pieces)


def standing_under(model: str, number: int) -> list[uuid.UUID]:
    """Return the live pieces that stand under a row, or show a picture that does. model: as for `renew_under`."""
    return list(_UNDER[model](number).values_list("uid", flat=True).distinct())


def _under_agreement(number: int) -> QuerySet[Article]:
    of_text = Q(permission__agreement=number)
    of_picture = Q(picture_uses__picture__permission__agreement=number)
    return Article.objects.live().filter(of_text | of_picture)


def _under_permission(number: int) -> QuerySet[Article]:
    return Article.objects.live().filter(permission=number)


def _with_picture_under(number: int) -> QuerySet[Article]:
    return Article.objects.live().filter(picture_uses__picture__permission=number)


def _with_picture(number: int) -> QuerySet[Article]:
    return Article.objects.live().filter(picture_uses__picture=number)


_UNDER = {
    Agreement.__name__.lower(): _under_agreement,
    Permission.__name__.lower(): _under_permission,
    PicturePermission.__name__.lower(): _with_picture_under,
    Picture.__name__.lower(): _with_picture,
}
