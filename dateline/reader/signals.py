"""The index follows publishing: a job is enqueued in the transaction that put a piece out, or took it down."""

from typing import Any

from django.db.models.signals import post_delete

from dateline.articles.models import Article
from dateline.articles.signals import went_down, went_out
from dateline.reader.machines.choice import is_on
from dateline.work.actions import enqueue_by_name


def connect() -> None:
    """Listen."""
    went_out.connect(_changed, dispatch_uid="reader.went_out")
    went_down.connect(_changed, dispatch_uid="reader.went_down")
    post_delete.connect(_deleted, sender=Article, dispatch_uid="reader.article-deleted")


def _changed(article: Article, **_signal: Any) -> None:
    if is_on():
        enqueue_by_name("reader.index_piece", piece=str(article.uid))


def _deleted(instance: Article, **_signal: Any) -> None:
    if is_on():
        enqueue_by_name("reader.index_piece", piece=str(instance.uid))
