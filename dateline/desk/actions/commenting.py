"""Verbs of what the desk says to itself: comment, answer, resolve, open again, see a mention."""

from datetime import datetime
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from dateline.articles.models import Article
from dateline.desk.mentions import mentioned
from dateline.desk.models import Comment, Mention
from dateline.desk.queries.given import articles_for, colleagues, originals_for
from dateline.intake.models import Original
from dateline.lib.text import cut, one_line
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.translation.models import Segment


class ThreadIsResolved(ValueError):
    """Who answers in a settled thread opens it again first."""


@transaction.atomic
def comment(
    *,
    text: str,
    by: User,
    now: datetime,
    article: Article | None = None,
    original: Original | None = None,
    segment: Segment | None = None,
) -> Comment:
    """Say something about a piece; those called with @name who may see it find it on their day's page.

    segment: of the translation that the article is, where it is about one sentence.

    Raises ValidationError where nothing is said.
    """
    if segment is not None:
        article = segment.job.article
    return _said(
        Comment(article=article, original=original, segment=segment, text=text.strip(), by=by, at=now)
    )


@transaction.atomic
def answer_comment(*, thread: Comment, text: str, by: User, now: datetime) -> Comment:
    """Answer in a thread. Raises ThreadIsResolved, ValidationError where nothing is said."""
    first = Comment.objects.select_for_update().get(pk=thread.parent_id or thread.pk)
    if first.resolved_at:
        raise ThreadIsResolved(_("The thread is resolved. Open it again to answer."))
    return _said(
        Comment(
            article=first.article,
            original=first.original,
            segment=first.segment,
            parent=first,
            text=text.strip(),
            by=by,
            at=now,
        )
    )


@transaction.atomic
def resolve_thread(*, thread: Comment, by: User, now: datetime) -> Comment:
    """Settle a thread; a second time changes nothing."""
    return _turn(thread, resolved_by=by, resolved_at=now, verb="resolve-thread", by=by, now=now)


@transaction.atomic
def open_thread(*, thread: Comment, by: User, now: datetime) -> Comment:
    """Take a settled thread up again; an open one stays as it is."""
    return _turn(thread, resolved_by=None, resolved_at=None, verb="open-thread", by=by, now=now)


@transaction.atomic
def see_mentions(*, of: User, now: datetime, comment: Comment | None = None) -> int:
    """Note that a person has seen where they are named, everywhere or in one comment; return how many were new."""
    waiting = Mention.objects.filter(who=of, seen_at=None)
    return (waiting.filter(comment=comment) if comment else waiting).update(seen_at=now)


def _said(row: Comment) -> Comment:
    row.full_clean()
    row.save()
    Mention.objects.bulk_create(Mention(comment=row, who=who) for who in _called(row))
    write_down(
        verb="comment",
        subject=row.article or row.original or row,
        by=row.by,
        now=row.at,
        summary=cut(one_line(row.text), 300),
        after={"comment": row.pk},
    )
    return row


def _called(row: Comment) -> list[User]:
    """Return who is named and may see the piece; a name that nobody has is only a word."""
    names = mentioned(row.text)
    if not names:
        return []
    called = colleagues().filter(reduce(or_, (Q(username__iexact=name) for name in names)))
    return [who for who in called if who != row.by and _may_see(who, row)]


def _may_see(who: User, row: Comment) -> bool:
    if row.article_id is not None:
        return articles_for(who).filter(pk=row.article_id).exists()
    return row.original is not None and originals_for(who).filter(pk=row.original.pk).exists()


def _turn(
    thread: Comment,
    *,
    resolved_by: User | None,
    resolved_at: datetime | None,
    verb: str,
    by: User,
    now: datetime,
) -> Comment:
    first = Comment.objects.select_for_update().get(pk=thread.parent_id or thread.pk)
    if bool(first.resolved_at) == bool(resolved_at):
        return first
    first.resolved_by, first.resolved_at = resolved_by, resolved_at
    first.save(update_fields=["resolved_by", "resolved_at"])
    write_down(
        verb=verb,
        subject=first.article or first.original or first,
        by=by,
        now=now,
        summary=cut(one_line(first.text), 300),
        after={"comment": first.pk},
    )
    return first
