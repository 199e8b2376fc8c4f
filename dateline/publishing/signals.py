"""What elsewhere changes makes pages due: jobs are enqueued in the transaction that changed it."""

import uuid
from collections.abc import Collection, Sequence
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_unpublished

from dateline.agreements.models import Agreement
from dateline.articles.actions import standing_under
from dateline.articles.models import Article, Contributor, Correction, Picture, Section, Topic
from dateline.articles.signals import Going, ended_together, moment_came, ready_to_go, went_down, went_out
from dateline.editions.models import Edition, Letter
from dateline.editions.signals import edition_changed, edition_closed, voices_changed
from dateline.publishing.actions import (
    change_around,
    make_ready,
    raise_tags,
    settle_struck,
    strike_ready,
)
from dateline.publishing.models import PieceDue, PlainPage
from dateline.publishing.queries.due import SITE, tag_of
from dateline.rights.models import Permission, PicturePermission
from dateline.site.models import Identity, MenuItem, SiteLanguage, SocialLink, UsefulLink
from dateline.sources.models import Outlet
from dateline.work.actions import enqueue_by_name

# What a change of one raises: the tag of the row itself, which its pages and all that name it carry.
NOUNS: tuple[type[Model], ...] = (Section, Topic, Contributor)
# New ones are on no page yet; a changed one may be, or may have ended the right to one.
WHEN_CHANGED: tuple[type[Model], ...] = (Picture, Outlet)
# They may show around every page: whether they do, the print of what stands there tells.
AROUND: tuple[type[Model], ...] = (
    Identity, MenuItem, SocialLink, UsefulLink, Section, Topic, Letter,
)  # fmt: skip
# Which pages there are depends on them.
EVERYWHERE: tuple[type[Model], ...] = (SiteLanguage,)
# What a piece stands under: its pages tell of it, and no others.
UNDER: tuple[type[Model], ...] = (Agreement, Permission, PicturePermission)
# What readers do not find any more since a stroke, until all transactions that say so are over and it is settled.
_STRUCK: ContextVar[frozenset[uuid.UUID]] = ContextVar("struck", default=frozenset())
# So long a stroke over a few hundred pieces has to be settled.
LEFT_TO_THE_STROKE = timedelta(seconds=60)


def connect() -> None:
    """Listen."""
    went_out.connect(_around, dispatch_uid="publishing.went_out")
    went_down.connect(_gone, dispatch_uid="publishing.went_down")
    ready_to_go.connect(_ready, dispatch_uid="publishing.ready_to_go")
    moment_came.connect(_struck, dispatch_uid="publishing.moment_came")
    ended_together.connect(_at_one_stroke, dispatch_uid="publishing.ended_together")
    edition_closed.connect(_edition, dispatch_uid="publishing.edition-closed")
    edition_changed.connect(_edition, dispatch_uid="publishing.edition-changed")
    voices_changed.connect(_around, dispatch_uid="publishing.voices-changed")
    post_save.connect(_corrected, sender=Correction, dispatch_uid="publishing.corrected")
    post_delete.connect(_deleted, sender=Article, dispatch_uid="publishing.article-deleted")
    for model in EVERYWHERE:
        post_save.connect(_everything, sender=model, dispatch_uid=f"publishing.saved-{model.__name__}")
        post_delete.connect(_everything, sender=model, dispatch_uid=f"publishing.deleted-{model.__name__}")
    for model in AROUND:
        post_save.connect(_site, sender=model, dispatch_uid=f"publishing.around-{model.__name__}")
        post_delete.connect(_site, sender=model, dispatch_uid=f"publishing.not-around-{model.__name__}")
    for model in NOUNS:
        post_save.connect(_noun, sender=model, dispatch_uid=f"publishing.noun-{model.__name__}")
        post_delete.connect(_noun, sender=model, dispatch_uid=f"publishing.no-noun-{model.__name__}")
    for model in WHEN_CHANGED:
        post_save.connect(_if_changed, sender=model, dispatch_uid=f"publishing.changed-{model.__name__}")
    for model in UNDER:
        post_save.connect(_those_under, sender=model, dispatch_uid=f"publishing.under-{model.__name__}")
    page_published.connect(_everything, sender=PlainPage, dispatch_uid="publishing.page-published")
    page_unpublished.connect(_everything, sender=PlainPage, dispatch_uid="publishing.page-unpublished")
    post_delete.connect(_everything, sender=PlainPage, dispatch_uid="publishing.page-deleted")


def bake_around(
    piece: uuid.UUID, *, task: str = "publishing.bake_around", run_after: datetime | None = None
) -> None:
    """Have an article's page and what is around it made again. run_after: not before; without it as soon as can be."""
    PieceDue.objects.create(piece=piece)
    enqueue_by_name(task, run_after=run_after, piece=str(piece))


def _bake_under(kind: str, number: int) -> None:
    for piece in standing_under(kind, number):
        bake_around(piece, task="publishing.bake_under")


def _around(article: Article, **_signal: Any) -> None:
    bake_around(article.uid)


def _gone(article: Article, now: datetime, **_signal: Any) -> None:
    """What a stroke took from readers is settled by the stroke; the job is for what a crash would leave of it."""
    is_struck = article.uid in _STRUCK.get()
    bake_around(article.uid, run_after=now + LEFT_TO_THE_STROKE if is_struck else None)


def _edition(edition: Edition, **_signal: Any) -> None:
    enqueue_by_name("publishing.bake_edition", edition=str(edition.uid))


def _ready(going: Sequence[Going], at: datetime, **_signal: Any) -> None:
    make_ready(going=going, at=at)


def _struck(pieces: Collection[uuid.UUID], now: datetime, **_signal: Any) -> set[uuid.UUID]:
    struck = strike_ready(pieces=pieces, now=now)
    _STRUCK.set(_STRUCK.get() | struck)
    return struck


def _at_one_stroke(
    pieces: Collection[uuid.UUID], struck: Collection[uuid.UUID], now: datetime, **_signal: Any
) -> None:
    """At once and not by a job: the minute counts. What was struck and has not ended after all is shown again."""
    _STRUCK.set(frozenset())
    gone = set(pieces) & set(struck)
    settle_struck(pieces=gone, now=now)
    others = set(pieces) ^ set(struck)
    if others:
        change_around(pieces=others, now=now)


def _corrected(instance: Correction, **signal: Any) -> None:
    if not signal.get("raw"):
        bake_around(instance.article.uid)


def _deleted(instance: Article, **_signal: Any) -> None:
    bake_around(instance.uid)


def _everything(**signal: Any) -> None:
    if not signal.get("raw"):
        enqueue_by_name("publishing.bake_everything")


def _site(**signal: Any) -> None:
    if not signal.get("raw"):
        raise_tags(SITE)


def _noun(instance: Model, **signal: Any) -> None:
    """Raise a row's tag, and those of the same thing in other languages: their pages lead to it."""
    if signal.get("raw"):
        return
    key = getattr(instance, "translation_key", None)
    alike = type(instance)._default_manager.filter(translation_key=key) if key else ()
    raise_tags(tag_of(instance), *(tag_of(row) for row in alike))


def _if_changed(instance: Model, **signal: Any) -> None:
    if not signal["created"] and not signal.get("raw"):
        raise_tags(tag_of(instance))
    if isinstance(instance, Picture) and not signal["created"]:
        _bake_under("picture", instance.pk)


def _those_under(sender: type[Model], instance: Model, **signal: Any) -> None:
    if not signal.get("raw") and not signal["created"]:
        _bake_under(sender.__name__.lower(), instance.pk)
