"""Verbs of the desk's work: give it to somebody, take steps, hold a piece and hand it over."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dateline.articles.models import Article
from dateline.articles.queries import second_eyes
from dateline.desk.models import Assignment, DeskStep
from dateline.desk.queries.board import card_of
from dateline.desk.queries.given import colleagues
from dateline.desk.stages import Move
from dateline.intake.models import Original
from dateline.people.actions import write_down
from dateline.people.models import User


class NotOurs(ValueError):
    """Work can only be given to somebody who can come to the desk."""


class CannotMove(ValueError):
    """The piece does not stand where this step begins; somebody may have moved it."""


class HeldBySomebody(ValueError):
    """Somebody else works on the piece. `holder` is who."""

    def __init__(self, article: Article, holder: User) -> None:
        self.article, self.holder = article, holder
        super().__init__(
            _("%(who)s works on “%(article)s”. Ask, or take it over.") % {"who": holder, "article": article}
        )


@transaction.atomic
def assign(
    *,
    who: User,
    task: str,
    by: User | None,
    now: datetime,
    article: Article | None = None,
    original: Original | None = None,
    idea: str = "",
    due_at: datetime | None = None,
    note: str = "",
) -> Assignment:
    """Give somebody one thing to do. Raises NotOurs, ValidationError (nothing to do it to; has it already)."""
    if not colleagues().filter(pk=who.pk).exists():
        raise NotOurs(_("%s has no way to the desk. Give them a role first.") % who)
    row = Assignment(
        who=who,
        task=task,
        article=article,
        original=original,
        idea=idea.strip(),
        due_at=due_at,
        note=note.strip(),
        given_by=by,
        given_at=now,
    )
    row.full_clean()
    row.save()
    write_down(
        verb="assign",
        subject=article or original or row,
        by=by,
        now=now,
        summary=f"{who}: {row}",
        after={
            "assignment": row.pk,
            "who": who.pk,
            "task": task,
            "due_at": due_at.isoformat() if due_at else "",
        },
    )
    return row


@transaction.atomic
def finish_assignment(*, assignment: Assignment, by: User | None, now: datetime) -> Assignment:
    """Note that it is done; a second time changes nothing."""
    row = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if row.done_at is None:
        row.done_at = now
        row.save(update_fields=["done_at"])
        _tell("finish-assignment", row, by=by, now=now)
    return row


@transaction.atomic
def reopen_assignment(*, assignment: Assignment, by: User | None, now: datetime) -> Assignment:
    """Have it done again. Raises ValidationError where the person was given the same in the meantime."""
    row = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if row.done_at is not None:
        row.done_at = None
        row.full_clean()
        row.save(update_fields=["done_at"])
        _tell("reopen-assignment", row, by=by, now=now)
    return row


@transaction.atomic
def take_back_assignment(*, assignment: Assignment, by: User | None, now: datetime) -> None:
    """Take an assignment from somebody, as if it had never been given. The audit keeps it."""
    _tell("take-back-assignment", assignment, by=by, now=now)
    assignment.delete()


def _tell(verb: str, row: Assignment, *, by: User | None, now: datetime) -> None:
    subject = row.article or row.original or row
    write_down(
        verb=verb,
        subject=subject,
        by=by,
        now=now,
        summary=f"{row.who}: {row}",
        before={"assignment": row.pk, "who": row.who_id, "task": row.task},
    )


@transaction.atomic
def move(*, article: Article, step: Move, by: User | None, now: datetime) -> None:
    """Take one step with a piece: accept it, call it ready, send it back to be edited. Raises CannotMove."""
    locked = Article.objects.select_for_update().get(pk=article.pk)
    card = card_of(locked, now=now)
    if step not in card.moves:
        raise CannotMove(
            _("“%(article)s” stands at “%(stage)s” now, so this step is not open. Look at the board again.")
            % {"article": card.title, "stage": card.stage}
        )
    if step == Move.READY:
        _refuse_unread(locked, now=now)
    if step == Move.BACK:
        DeskStep.objects.filter(article=article, kind=DeskStep.Kind.READY).delete()
    else:
        kind = DeskStep.Kind.ACCEPTED if step == Move.ACCEPT else DeskStep.Kind.READY
        DeskStep.objects.update_or_create(article=article, kind=kind, defaults={"by": by, "at": now})
    write_down(
        verb=f"{step}-piece",
        subject=article,
        by=by,
        now=now,
        summary=card.title,
        before={"stage": card.stage},
        after={"stage": card_of(locked, now=now).stage},
    )


def _refuse_unread(article: Article, *, now: datetime) -> None:
    """Where the site demands two pairs of eyes, a piece is ready when the gate would say that both have read it."""
    draft = article.get_latest_revision_as_object()
    for lack in second_eyes(draft, now):
        raise CannotMove(
            _("“%(article)s” is not ready yet. %(why)s") % {"article": draft, "why": lack.message}
        )


@transaction.atomic
def hold_piece(*, article: Article, by: User, now: datetime) -> Article:
    """Let one person alone edit the piece. Raises HeldBySomebody."""
    row = Article.objects.select_for_update().get(pk=article.pk)
    if row.locked and row.locked_by and row.locked_by != by:
        raise HeldBySomebody(row, row.locked_by)
    return _hold(row, by=by, now=now, verb="hold-piece")


@transaction.atomic
def take_over(*, article: Article, by: User, now: datetime) -> Article:
    """Take a piece from who holds it; ask first, nothing of theirs that is saved is lost."""
    row = Article.objects.select_for_update().get(pk=article.pk)
    return _hold(row, by=by, now=now, verb="take-over")


@transaction.atomic
def let_go(*, article: Article, by: User, now: datetime) -> Article:
    """Let others edit the piece again. Raises HeldBySomebody where it is not theirs to let go."""
    row = Article.objects.select_for_update().get(pk=article.pk)
    if not row.locked:
        return row
    if row.locked_by and row.locked_by != by:
        raise HeldBySomebody(row, row.locked_by)
    row.locked, row.locked_by, row.locked_at = False, None, None
    row.save(update_fields=["locked", "locked_by", "locked_at"])
    write_down(verb="let-go", subject=row, by=by, now=now, summary=row.headline)
    return row


def _hold(row: Article, *, by: User, now: datetime, verb: str) -> Article:
    before = {"held_by": row.locked_by_id}
    row.locked, row.locked_by, row.locked_at = True, by, now
    row.save(update_fields=["locked", "locked_by", "locked_at"])
    write_down(
        verb=verb, subject=row, by=by, now=now, summary=row.headline, before=before, after={"held_by": by.pk}
    )
    return row
