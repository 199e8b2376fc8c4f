"""Verbs about articles: publish, schedule, take down."""

from dateline.articles.actions.publishing import (
    NotLive,
    publish,
    publish_due,
    unpublish,
    withdraw,
)

__all__ = ["NotLive", "publish", "publish_due", "unpublish", "withdraw"]
