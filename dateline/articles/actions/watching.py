"""What pieces stand on is watched: a changed right is followed, and what is held is not deleted."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_save, pre_delete
from wagtail.models import Revision

from dateline.agreements.models import Agreement
from dateline.articles.models import Article, Picture
from dateline.rights.actions import refuse_while_held
from dateline.rights.models import Permission, PicturePermission
from dateline.rights.signals import keep
from dateline.work.actions import enqueue_by_name

WATCHED: tuple[type[Model], ...] = (Agreement, Permission, PicturePermission, Picture)


def connect() -> None:
    """Listen."""
    for model in WATCHED:
        post_save.connect(_changed, sender=model, dispatch_uid=f"articles.watching-{model.__name__}")
    keep(Article, lambda article: (article.uid, article.original_id))
    pre_delete.connect(_keep_revision, sender=Revision, dispatch_uid="articles.held-revision")


def _changed(sender: type[Model], instance: Model, **signal: Any) -> None:
    """New ones carry nothing yet."""
    if not signal.get("raw") and not signal["created"]:
        enqueue_by_name("articles.renew_under", model=sender.__name__.lower(), number=instance.pk)


def _keep_revision(instance: Revision, **_signal: Any) -> None:
    if instance.content_type.model_class() is not Article:
        return
    article = Article.objects.filter(pk=instance.object_id).first()
    if article is not None:
        refuse_while_held(instance, piece=article.uid, original=article.original_id)
