"""Verbs about what somebody has seen of the newslist, and the narrowings of it that they keep."""

from datetime import datetime

from django.db import transaction

from dateline.desk.models import SavedFilter, Seen, SeenThrough
from dateline.intake.models import Original
from dateline.people.actions import write_down
from dateline.people.models import User


def note_seen(*, original: Original, by: User, now: datetime) -> Seen:
    """Note that a person opened an original; the first time stays."""
    row, made = Seen.objects.get_or_create(original=original, user=by, defaults={"at": now})
    if not made and not row.is_seen:
        row.is_seen, row.at = True, now
        row.save(update_fields=["is_seen", "at"])
    return row


def lay_back(*, original: Original, by: User, now: datetime) -> Seen:
    """Let an original be unread again for one person."""
    row, _made = Seen.objects.update_or_create(
        original=original, user=by, defaults={"is_seen": False, "at": now}
    )
    return row


@transaction.atomic
def see_all(*, through_at: datetime, by: User) -> SeenThrough:
    """Take everything that was taken until then as seen by a person; a mark only goes forward here.

    What they laid back as unread stays unread.
    """
    mark, made = SeenThrough.objects.get_or_create(user=by, defaults={"through_at": through_at})
    if not made and mark.through_at < through_at:
        mark.through_at = through_at
        mark.save(update_fields=["through_at"])
    return mark


def put_mark(*, through_at: datetime | None, by: User) -> None:
    """Put a person's mark back to where it was; None: they had none."""
    if through_at is None:
        SeenThrough.objects.filter(user=by).delete()
    else:
        SeenThrough.objects.update_or_create(user=by, defaults={"through_at": through_at})


@transaction.atomic
def save_filter(*, name: str, query: str, is_shared: bool, by: User, now: datetime) -> SavedFilter:
    """Keep a narrowing under a name; a person's own of that name is written over. Raises ValidationError."""
    kept = SavedFilter.objects.filter(by=by, name=name.strip()).first() or SavedFilter(by=by)
    kept.name, kept.query, kept.is_shared, kept.made_at = name.strip(), query, is_shared, now
    kept.full_clean()
    kept.save()
    write_down(verb="save-filter", subject=kept, by=by, now=now, summary=kept.name, after={"query": query})
    return kept


@transaction.atomic
def forget_filter(*, kept: SavedFilter, by: User, now: datetime) -> None:
    """Take a saved filter away."""
    write_down(verb="forget-filter", subject=kept, by=by, now=now, summary=kept.name)
    kept.delete()
