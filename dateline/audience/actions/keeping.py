"""Readers' names, addresses and words are kept as long as the form's page says, and no longer."""

from datetime import datetime, timedelta

from django.db import transaction

from dateline.audience.models import ReaderLetter
from dateline.audience.post import KEPT_DAYS
from dateline.people.actions import write_down
from dateline.people.models import User


@transaction.atomic
def erase(*, letter: ReaderLetter, by: User | None, now: datetime) -> ReaderLetter:
    """Erase who wrote, what they wrote and what they were answered. That it came, and when it was done, stays.

    An open one is closed with it. A second time changes nothing.
    """
    letter = ReaderLetter.objects.select_for_update(of=("self",)).select_related("letter").get(pk=letter.pk)
    if letter.erased_at:
        return letter
    sent, letter.letter = letter.letter, None
    letter.name = letter.email = letter.text = letter.answer = letter.reason = ""
    letter.erased_at = now
    if letter.is_open:
        letter.state, letter.done_at = ReaderLetter.State.CLOSED, now
    letter.save()
    if sent:
        sent.delete()
    write_down(verb="erase-reader", subject=letter, by=by, now=now, summary=f"{letter.kind} {letter.pk}")
    return letter


def erase_old(*, now: datetime) -> int:
    """Erase what was answered or closed so long ago as the page says. Returns how many."""
    due = [
        letter
        for kind, days in KEPT_DAYS.items()
        for letter in ReaderLetter.objects.filter(
            kind=kind, erased_at=None, done_at__lt=now - timedelta(days=days)
        )
    ]
    for letter in due:
        erase(letter=letter, by=None, now=now)
    return len(due)
