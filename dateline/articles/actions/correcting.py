"""Verbs that put right what went out: correct, update, recall, kill, take back; and answering the source's changes."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dateline.articles.actions.publishing import NotLive, publish, withdraw
from dateline.articles.models import Article, Correction, SourceAnswer
from dateline.intake.actions.changed import answer_change
from dateline.intake.models import Change
from dateline.people.actions import write_down
from dateline.people.models import User


class Scheduled(ValueError):
    """The draft has an hour of its own to go out, so it would not go out with the note."""


class StandsForGood(ValueError):
    """A recall or a kill cannot be taken back."""


class OtherSource(ValueError):
    """The change is of another original than the one that the article was made from."""


def correct(*, article: Article, was_wrong: str, said: str, by: User | None, now: datetime) -> Correction:
    """Publish the latest draft of a live article with a public note: what was wrong, what is right now.

    Raises NotLive, Scheduled, gate.NotCleared, NotYourSection, ValidationError where the note lacks words.
    """
    return _noted(
        Correction(article=article, kind="correction", was_wrong=was_wrong.strip(), said=said.strip()),
        by,
        now,
    )


def update(*, article: Article, said: str, by: User | None, now: datetime) -> Correction:
    """Publish the latest draft of a live article and say what is new in it, without a fault. Raises as `correct`."""
    return _noted(Correction(article=article, kind="update", said=said.strip()), by, now)


def recall(*, article: Article, note: str, by: User | None, now: datetime) -> Correction:
    """Withdraw an article with a public note that stands at its address. For good. Raises NotLive, ValidationError."""
    return _withdrawn(Correction(article=article, kind="recall", said=note.strip()), by, now)


def kill(*, article: Article, reason: str, by: User | None, now: datetime) -> Correction:
    """Withdraw an article and tell readers nothing but that it is gone. For good. Raises NotLive, ValidationError."""
    return _withdrawn(Correction(article=article, kind="kill", said=reason.strip()), by, now)


@transaction.atomic
def take_back(*, correction: Correction, by: User | None, now: datetime) -> Correction:
    """Take a note back; and put out again what stood before it, where nothing was published since.

    A second time changes nothing. Raises StandsForGood, gate.NotCleared.
    """
    if correction.kind not in {Correction.Kind.CORRECTION, Correction.Kind.UPDATE}:
        raise StandsForGood(_("A recall and a kill cannot be taken back. Make a new article of it."))
    if correction.taken_back_at is not None:
        return correction
    correction.taken_back_at, correction.taken_back_by = now, by
    correction.full_clean()
    correction.save()
    article = Article.objects.get(pk=correction.article_id)
    is_last = article.live and correction.after_id == article.live_revision_id
    if is_last and correction.before and correction.before_id != correction.after_id:
        correction.before.as_object().save_revision(user=by, log_action=True)
        publish(article=Article.objects.get(pk=article.pk), by=by, now=now)
    write_down(
        verb="take-back-correction",
        subject=article,
        by=by,
        now=now,
        summary=correction.said,
        before={"said": correction.said, "was_wrong": correction.was_wrong},
    )
    return correction


@transaction.atomic
def answer_source(
    *,
    article: Article,
    change: Change,
    verdict: SourceAnswer.Verdict,
    by: User,
    now: datetime,
    correction: Correction | None = None,
    note: str = "",
) -> SourceAnswer:
    """Say what was decided for an article about a change at its source; a later word takes the place of an earlier.

    When all that was made from the original has its answer, the change is answered. Raises OtherSource.
    """
    if article.original_id != change.original_id:
        raise OtherSource(_("“%s” was not made from what changed.") % article)
    answer, _made = SourceAnswer.objects.update_or_create(
        article=article,
        change=change,
        defaults={"verdict": verdict, "correction": correction, "note": note, "by": by, "at": now},
    )
    write_down(
        verb="answer-source",
        subject=article,
        by=by,
        now=now,
        summary=note,
        after={"change": change.pk, "verdict": str(verdict), "correction": correction and correction.pk},
    )
    _close_where_all_have_answered(change, by=by, now=now)
    return answer


def _close_where_all_have_answered(change: Change, *, by: User, now: datetime) -> None:
    made = Article.objects.filter(original=change.original_id)
    answers = list(SourceAnswer.objects.filter(change=change).select_related("article"))
    if made.exclude(pk__in=[one.article_id for one in answers]).exists():
        return
    told = "; ".join(f"{one.article}: {one.get_verdict_display()}" for one in answers)
    answer_change(change=change, answer=told, by=by, now=now)


@transaction.atomic
def _noted(correction: Correction, by: User | None, now: datetime) -> Correction:
    article = Article.objects.get(pk=correction.article_id)
    _refuse_unless_live(article)
    draft = article.get_latest_revision_as_object()
    if draft.go_live_at and draft.go_live_at > now:
        raise Scheduled(_("The draft of “%s” is scheduled. Take the hour off it, then correct.") % article)
    correction.by, correction.at, correction.before = by, now, article.live_revision
    correction.full_clean()
    correction.save()
    live = publish(article=article, by=by, now=now)
    correction.after = live.live_revision
    correction.save(update_fields=["after"])
    _audit(correction, by, now)
    return correction


@transaction.atomic
def _withdrawn(correction: Correction, by: User | None, now: datetime) -> Correction:
    article = Article.objects.get(pk=correction.article_id)
    _refuse_unless_live(article)
    correction.by, correction.at, correction.before = by, now, article.live_revision
    correction.full_clean()
    correction.save()
    withdraw(article=article, reason=correction.said, by=by, now=now)
    _audit(correction, by, now)
    return correction


def _audit(correction: Correction, by: User | None, now: datetime) -> None:
    verbs = {"correction": "correct", "update": "update", "recall": "recall", "kill": "kill"}
    write_down(
        verb=verbs[correction.kind],
        subject=correction.article,
        by=by,
        now=now,
        summary=correction.said,
        before={"revision": correction.before_id, "was_wrong": correction.was_wrong},
        after={"revision": correction.after_id, "said": correction.said},
    )


def _refuse_unless_live(article: Article) -> None:
    if not article.live:
        raise NotLive(f"“{article}” is not live.")
