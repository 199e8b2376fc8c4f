"""What is known of a piece when its page is asked for again, so that only its source can make it read otherwise."""

from datetime import datetime

from dateline.intake.channels.page_rules import full_content
from dateline.intake.models import Entry, Original
from dateline.intake.queries import latest_snapshot
from dateline.intake.reading import Beforehand


def told_of(original: Original) -> Beforehand:
    """Return what we were told of a piece that we have, and what its channel says of its articles' pages."""
    entry = Entry.objects.filter(original=original).select_related("channel").order_by("pk").first()
    return Beforehand(
        title=original.headline,
        authors=original.authors,
        language=original.language,
        rules=full_content(entry.channel.rules) if entry else {},
    )


def rules_until(original: Original) -> datetime | None:
    """Return when the page was last read: a rule made since then would find something else on the same page."""
    latest = latest_snapshot(original)
    return latest.fetched_at if latest else None
