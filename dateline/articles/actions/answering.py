"""Verbs about statements: the right of reply, and publishing though the gate warns."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from dateline.articles.actions.cautioning import NotShown, note_overridden
from dateline.articles.actions.publishing import publish
from dateline.articles.gate import cautions
from dateline.articles.models import Article, ReplyTask
from dateline.people.actions import write_down
from dateline.people.models import User


@transaction.atomic
def publish_despite(
    *, article: Article, seen: Collection[str], by: User | None, now: datetime, reason: str = ""
) -> Article:
    """Put the latest draft before readers though the gate warns; the audit keeps of what, and who overrode it.

    seen: the messages that the person was shown. Where the draft is scheduled it goes out at its time.
    Raises NotShown where there is another, gate.NotCleared.
    """
    draft: Article = article.get_latest_revision_as_object()
    found = cautions(draft, now=now)
    if {one.message for one in found} - set(seen):
        raise NotShown(article, found)
    if found:
        note_overridden(article=article, found=found, by=by, now=now, reason=reason)
    return publish(article=article, by=by, now=now)


@transaction.atomic
def plan_reply(
    *,
    article: Article,
    of_whom: str,
    by: User | None,
    now: datetime,
    contact: str = "",
    due_on: date | None = None,
) -> ReplyTask:
    """Note that somebody is to be asked for a reply. Raises ValidationError, also where that is noted already."""
    task = ReplyTask(article=article, of_whom=of_whom.strip(), contact=contact, due_on=due_on, by=by, at=now)
    task.full_clean()
    task.save()
    write_down(verb="plan-reply", subject=article, by=by, now=now, summary=task.of_whom)
    return task


@transaction.atomic
def note_reply(
    *,
    task: ReplyTask,
    state: ReplyTask.State,
    by: User | None,
    now: datetime,
    note: str = "",
    reply: Article | None = None,
) -> ReplyTask:
    """Note that they were asked, answered, or declined; or open the task again. Raises ValidationError."""
    before = task.state
    task.state, task.by, task.at = state, by, now
    task.note = note or task.note
    task.reply = reply or task.reply
    task.full_clean()
    task.save()
    write_down(
        verb="note-reply",
        subject=task.article,
        by=by,
        now=now,
        summary=str(task),
        before={"state": before},
        after={"state": task.state, "note": task.note},
    )
    return task
