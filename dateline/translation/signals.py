"""What this room hears from earlier ones: a source changed, a piece of ours went out again, a change was answered."""

from typing import Any

from django.db.models.signals import post_save
from django.utils import timezone

from dateline.articles.models import Article, SourceAnswer
from dateline.articles.signals import went_out
from dateline.intake.actions.changed import original_changed
from dateline.intake.models import Change
from dateline.rights.models import Permission
from dateline.translation.actions.source_changes import settle_job
from dateline.translation.models import Job
from dateline.work.actions import enqueue_by_name


def connect() -> None:
    """Listen."""
    original_changed.connect(_original_changed, dispatch_uid="translation.original-changed")
    went_out.connect(_went_out, dispatch_uid="translation.went-out")
    post_save.connect(_decided, sender=Permission, dispatch_uid="translation.permission-decided")
    post_save.connect(_answered, sender=SourceAnswer, dispatch_uid="translation.source-answered")


def _original_changed(change: Change, **_signal: Any) -> None:
    """Have the change laid beside what was translated, in the background: its page is read anew for that."""
    if change.after_id and Job.objects.filter(original=change.original_id, is_released=False).exists():
        enqueue_by_name("translation.take_change", key=str(change.pk), change_id=change.pk)


def _went_out(article: Article, **_signal: Any) -> None:
    if Job.objects.filter(source_article=article.pk, is_released=False).exists():
        enqueue_by_name("translation.take_article", key=str(article.pk), article_id=article.pk)


def _answered(instance: SourceAnswer, **_signal: Any) -> None:
    """An answer that was given elsewhere, that no change is needed, holds on the translation desk as well."""
    if instance.verdict != SourceAnswer.Verdict.NO_NEED:
        return
    job = Job.objects.filter(article=instance.article_id, source_changes__change=instance.change_id).first()
    if job is not None:
        settle_job(job=job, note=instance.note, by=instance.by, now=instance.at or timezone.now())


def _decided(instance: Permission, **_signal: Any) -> None:
    """What was learned under a permission goes when it is revoked."""
    if (
        instance.state == Permission.State.REVOKED
        and Job.objects.filter(original=instance.original_id).exists()
    ):
        enqueue_by_name("translation.heed_revoked", key=str(instance.pk), permission_id=instance.pk)
