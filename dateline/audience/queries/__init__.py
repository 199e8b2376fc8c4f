"""Reading readers' post, and what readers read."""

from dateline.audience.queries.post import letters, piece_at, today
from dateline.audience.queries.views import (
    Views,
    most_read,
    opened_since,
    reads_since,
    views_between,
    views_by_day,
    views_of,
)

__all__ = [
    "Views",
    "letters",
    "most_read",
    "opened_since",
    "piece_at",
    "reads_since",
    "today",
    "views_between",
    "views_by_day",
    "views_of",
]
