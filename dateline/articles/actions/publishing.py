"""Verbs about articles: publish, schedule, take down. Every way out leads through `Article.save` and so the gate."""

import logging
from datetime import datetime

from django.db import transaction

from dateline.articles.actions.cautioning import NotShown, refuse_unless_shown
from dateline.articles.gate import NotCleared
from dateline.articles.models import Article
from dateline.articles.queries import due_to_expire, due_to_go_out
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.rights.actions import begin_withdrawal, call_off_takedown, lift_withdrawal, set_takedown
from dateline.rights.models import Ending, Withdrawal

logger = logging.getLogger(__name__)


class NotLive(ValueError):
    """Readers cannot see the article, so there is nothing to take down."""


class NotWithdrawn(ValueError):
    """The article was not taken back, so it cannot be brought back."""


class NotYet(ValueError):
    """The moment chosen for a withdrawal is past."""


@transaction.atomic
def publish(*, article: Article, by: User | None, now: datetime) -> Article:
    """Put the article's latest draft before readers; without a draft, the article as it was saved.

    Raises gate.NotCleared with all that is missing; then nothing has changed.
    """
    revision = article.get_latest_revision() or article.save_revision(user=by, log_action=True)
    revision.publish(user=by, skip_permission_checks=by is None)
    live: Article = Article.objects.get(pk=article.pk)
    write_down(verb="publish", subject=live, by=by, now=now, summary=live.headline)
    return live


@transaction.atomic
def unpublish(*, article: Article, by: User | None, now: datetime) -> Article:
    """Take the article from readers for now. Raises NotLive."""
    if not article.live:
        raise NotLive(f"“{article}” is not live.")
    article.unpublish(user=by)
    write_down(verb="unpublish", subject=article, by=by, now=now, summary=article.headline)
    return article


@transaction.atomic
def withdraw(
    *,
    article: Article,
    reason: str,
    by: User | None,
    now: datetime,
    ground: Withdrawal.Ground = Withdrawal.Ground.EDITORIAL,
) -> Withdrawal:
    """Take the article back for good: every surface that showed it is told, and says when it has.

    Raises NotLive where readers could not see it.
    """
    if not article.live:
        raise NotLive(f"“{article}” is not live.")
    address = article.get_absolute_url()
    article.unpublish(user=by)
    write_down(verb="withdraw", subject=article, by=by, now=now, summary=reason)
    return begin_withdrawal(
        piece=article.uid,
        address=address,
        title=article.headline,
        ground=ground,
        reason=reason,
        by=by,
        now=now,
    )


@transaction.atomic
def expire(*, article: Article, now: datetime) -> Article:
    """Take down an article whose own time is over. It may go out again with another time."""
    article.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    write_down(verb="expire", subject=article, by=None, now=now, summary=article.headline)
    return article


@transaction.atomic
def bring_back(*, article: Article, by: User | None, now: datetime) -> Article:
    """Put before readers again what was withdrawn because its rights had ended, now that they are renewed.

    Raises NotWithdrawn, rights.actions.ForGood where the ground was another, gate.NotCleared.
    """
    withdrawal = Withdrawal.objects.standing().filter(piece=article.uid).first()
    if withdrawal is None:
        raise NotWithdrawn(f"“{article}” is not withdrawn.")
    lift_withdrawal(withdrawal=withdrawal, by=by, now=now)
    return publish(article=article, by=by, now=now)


@transaction.atomic
def withdraw_at(
    *,
    article: Article,
    at: datetime,
    reason: str,
    by: User | None,
    now: datetime,
    ground: Withdrawal.Ground = Withdrawal.Ground.EDITORIAL,
) -> Ending:
    """Have a live article withdrawn at a moment to come, to the second. A later word takes the place of an earlier.

    Raises NotLive, NotYet where the moment is past, ValidationError without a reason.
    """
    if not article.live:
        raise NotLive(f"“{article}” is not live.")
    if at <= now:
        raise NotYet(f"{at.isoformat()} is past. Withdraw it now, or choose a moment to come.")
    ending = set_takedown(piece=article.uid, at=at, ground=ground, reason=reason, by=by)
    write_down(
        verb="plan-withdrawal", subject=article, by=by, now=now, summary=reason, after={"at": at.isoformat()}
    )
    return ending


@transaction.atomic
def let_stand(*, article: Article, by: User | None, now: datetime) -> bool:
    """Call off a withdrawal that was planned. Returns whether one was."""
    was_planned = call_off_takedown(piece=article.uid)
    if was_planned:
        write_down(verb="call-off-withdrawal", subject=article, by=by, now=now, summary=article.headline)
    return was_planned


def publish_due(*, now: datetime) -> list[Article]:
    """Put out what was scheduled for `now` or before, and take down what has expired.

    One that the gate refuses, or warns of what nobody was shown, keeps nobody else waiting: it stays on the desk
    with the reason.
    Returns those that went out.
    """
    for article in due_to_expire(now=now):
        expire(article=article, now=now)
    return [article for article in due_to_go_out(now=now) if _went_out(article, now=now)]


def _went_out(article: Article, *, now: datetime) -> bool:
    revision = article.scheduled_revision
    try:
        with transaction.atomic():
            refuse_unless_shown(article, revision, now=now)
            revision.publish(log_action="wagtail.publish.scheduled", skip_permission_checks=True)
    except (NotCleared, NotShown) as refusal:
        logger.warning("The schedule could not put out article %s: %s", article.pk, refusal)
        with transaction.atomic():
            article.revisions.update(approved_go_live_at=None)
            kept = Article.objects.get(pk=article.pk)
            kept.trouble = str(refusal)
            kept.save(update_fields=["trouble"])
            write_down(verb="refuse", subject=kept, by=None, now=now, summary=str(refusal))
        return False
    return True
