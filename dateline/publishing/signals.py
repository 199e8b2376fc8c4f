"""What elsewhere changes makes pages due: jobs are enqueued in the transaction that changed it."""

import uuid
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_unpublished

from dateline.agreements.models import Agreement
from dateline.articles.models import Article, Contributor, Correction, Picture, Section, Topic
from dateline.articles.signals import ended_together, went_down, went_out
from dateline.publishing.actions import change_around
from dateline.publishing.models import PlainPage
from dateline.rights.models import Permission, PicturePermission
from dateline.site.models import Identity, MenuItem, SiteLanguage, SocialLink, UsefulLink
from dateline.sources.models import Outlet
from dateline.work.actions import enqueue_by_name

# Shown on many pages: any change of theirs makes everything due. Exactness is the work of dependency tags.
EVERYWHERE: tuple[type[Model], ...] = (
    Identity, SiteLanguage, MenuItem, SocialLink, UsefulLink, Section, Topic, Contributor,
)  # fmt: skip
# New ones are on no page yet; a changed one may be, or may have ended the right to one.
WHEN_CHANGED: tuple[type[Model], ...] = (Picture, Outlet, Agreement, Permission, PicturePermission)


def connect() -> None:
    """Listen."""
    went_out.connect(_around, dispatch_uid="publishing.went_out")
    went_down.connect(_around, dispatch_uid="publishing.went_down")
    ended_together.connect(_at_one_stroke, dispatch_uid="publishing.ended_together")
    post_save.connect(_corrected, sender=Correction, dispatch_uid="publishing.corrected")
    post_delete.connect(_deleted, sender=Article, dispatch_uid="publishing.article-deleted")
    for model in EVERYWHERE:
        post_save.connect(_everything, sender=model, dispatch_uid=f"publishing.saved-{model.__name__}")
        post_delete.connect(_everything, sender=model, dispatch_uid=f"publishing.deleted-{model.__name__}")
    for model in WHEN_CHANGED:
        post_save.connect(_if_changed, sender=model, dispatch_uid=f"publishing.changed-{model.__name__}")
    page_published.connect(_everything, sender=PlainPage, dispatch_uid="publishing.page-published")
    page_unpublished.connect(_everything, sender=PlainPage, dispatch_uid="publishing.page-unpublished")
    post_delete.connect(_everything, sender=PlainPage, dispatch_uid="publishing.page-deleted")


def bake_around(piece: uuid.UUID) -> None:
    """Have an article's page and what is around it made again."""
    enqueue_by_name("publishing.bake_around", piece=str(piece))


def _around(article: Article, **_signal: Any) -> None:
    bake_around(article.uid)


def _at_one_stroke(pieces: list[uuid.UUID], now: datetime, **_signal: Any) -> None:
    """At once and not by a job: the minute counts."""
    change_around(pieces=pieces, now=now)


def _corrected(instance: Correction, **signal: Any) -> None:
    if not signal.get("raw"):
        bake_around(instance.article.uid)


def _deleted(instance: Article, **_signal: Any) -> None:
    bake_around(instance.uid)


def _everything(**signal: Any) -> None:
    if not signal.get("raw"):
        enqueue_by_name("publishing.bake_everything")


def _if_changed(**signal: Any) -> None:
    if not signal["created"]:
        _everything(**signal)
