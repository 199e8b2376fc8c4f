"""From a closed edition to an issue with a row for each of its readers; and what people do with an issue."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from dateline.editions import letter_states as states
from dateline.editions.letter_states import Sending
from dateline.editions.models import Delivery, Edition, Issue, Letter, Subscription
from dateline.editions.models.subscription import SubscriptionQuerySet
from dateline.editions.mornings import due_at
from dateline.editions.queries.letters import letters_of
from dateline.lib.crash import crash_point
from dateline.lib.text import one_line
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.work.actions import enqueue_by_name

BATCH: Final = 500
# How much sooner the edition's page is begun than the rows of its readers where they are many: both at once would take
# twice as long, and whoever follows the link of the first letter finds the page there.
PAGE_FIRST: Final = timedelta(seconds=1.5)


class NobodyGotIt(ValueError):
    """A correction goes to those who got the letter, and nobody did."""


class NotKnownYet(ValueError):
    """What became of a letter is known, so there is nothing to decide."""


@transaction.atomic
def release(*, edition: Edition, now: datetime) -> list[Issue]:
    """Make an issue of each letter that is made of a closed edition. One that was made before stays as it is."""
    return [_released(letter, edition, now=now) for letter in letters_of(edition)]


def _released(letter: Letter, edition: Edition, *, now: datetime) -> Issue:
    state = Issue.State.HELD if letter.is_by_hand else Issue.State.SENDING
    issue, is_new = Issue.objects.get_or_create(
        letter=letter, edition=edition, corrects=None, defaults={"state": state, "released_at": now}
    )
    if is_new:
        _note("release-letter", issue, by=None, now=now)
        are_many = _readers(issue).count() > BATCH
        enqueue_by_name(
            "editions.write_down_readers",
            issue_id=issue.pk,
            run_after=now + PAGE_FIRST if are_many else None,
        )
    return issue


@transaction.atomic
def call_off(*, edition: Edition, now: datetime) -> None:
    """Forget the issues of an edition that was opened again: nobody has got one of them."""
    for issue in Issue.objects.filter(edition=edition).select_for_update(of=("self",)):
        if not issue.deliveries.in_state(*states.GONE).exists():
            _note("call-off-letter", issue, by=None, now=now)
            issue.delete()


def write_down_readers(*, issue_id: int, now: datetime) -> int:
    """Write a row for each reader of an issue, a batch at a time. Done again it adds only who is missing.

    Returns how many readers the issue has. Sending begins with the first batch.
    """
    issue = Issue.objects.select_related("letter").get(pk=issue_id)
    if issue.laid_at:
        return issue.deliveries.count()
    last, is_first = 0, True
    while batch := list(_readers(issue).filter(pk__gt=last).order_by("pk")[:BATCH]):
        with transaction.atomic():
            Delivery.objects.bulk_create([_row(issue, one) for one in batch], ignore_conflicts=True)
            if is_first:
                enqueue_by_name("editions.send_letters")
        last, is_first = batch[-1].pk, False
        crash_point("editions.readers-batch")
    with transaction.atomic():
        Issue.objects.filter(pk=issue.pk).update(laid_at=now)
        enqueue_by_name("editions.send_letters")
    return issue.deliveries.count()


def _readers(issue: Issue) -> SubscriptionQuerySet:
    rows = Subscription.objects.confirmed()
    if issue.corrects_id is None:
        return rows.filter(letter=issue.letter_id)
    had = Delivery.objects.filter(issue=issue.corrects_id, state=states.DONE, subscription__isnull=False)
    return rows.filter(pk__in=had.values("subscription"))


def _row(issue: Issue, reader: Subscription) -> Delivery:
    due = issue.released_at
    if issue.corrects_id is None:
        due = due_at(out_at=issue.released_at, zone=reader.zone, hour=reader.hour)
    return Delivery(issue=issue, subscription=reader, reader=reader.reader, domain=reader.domain, due_at=due)


@transaction.atomic
def send_held(*, issue: Issue, by: User, now: datetime) -> Issue:
    """Let an issue go that waited for a person. Raises WrongStep."""
    return _go(issue, Issue.State.SENDING, "send-letter-out", by=by, now=now)


@transaction.atomic
def pause(*, issue: Issue, by: User | None, now: datetime, trouble: str = "") -> Issue:
    """Hold the rest of an issue back for now; at most the one letter in hand still goes. Raises WrongStep."""
    return _go(issue, Issue.State.PAUSED, "pause-letter", by=by, now=now, trouble=trouble)


@transaction.atomic
def resume(*, issue: Issue, by: User, now: datetime) -> Issue:
    """Go on with an issue that was paused. Raises WrongStep."""
    return _go(issue, Issue.State.SENDING, "resume-letter", by=by, now=now)


@transaction.atomic
def stop(*, issue: Issue, by: User | None, now: datetime) -> Issue:
    """Send the rest of an issue to nobody, for good. Raises WrongStep."""
    issue = _go(issue, Issue.State.STOPPED, "stop-letter", by=by, now=now)
    rows = issue.deliveries.in_state(states.WAITING, states.CLAIMED)
    rows.update(state=states.LEFT_OUT, claim="", ended_at=now, said=_("The issue was stopped."))
    return issue


@transaction.atomic
def correct(*, issue: Issue, subject: str, said: str, by: User, now: datetime) -> Issue:
    """Send a correction to exactly those who got an issue and read us still. Raises NobodyGotIt, ValidationError."""
    if not issue.deliveries.in_state(states.DONE).exists():
        raise NobodyGotIt(_("Nobody has got this letter yet, so there is nobody to tell."))
    row = Issue(
        letter=issue.letter,
        edition=issue.edition,
        corrects=issue,
        state=Issue.State.SENDING,
        subject=one_line(subject),
        said=said.strip(),
        released_at=now,
    )
    row.full_clean()
    row.save()
    _note("correct-letter", row, by=by, now=now)
    enqueue_by_name("editions.write_down_readers", issue_id=row.pk)
    return row


@transaction.atomic
def send_again(*, delivery: Delivery, by: User, now: datetime) -> Delivery:
    """Send a letter of which nobody knows whether it arrived once more: a person's decision. Raises NotKnownYet."""
    row = _unknown(delivery)
    row.state, row.due_at, row.tries, row.claim, row.decided_by = row.State.WAITING, now, 0, "", by
    row.handed_at = row.ended_at = None
    row.save()
    Issue.objects.filter(pk=row.issue_id, state=Issue.State.SENT).update(
        state=Issue.State.SENDING, done_at=None
    )
    _note("send-letter-again", row.issue, by=by, now=now)
    enqueue_by_name("editions.send_letters")
    return row


@transaction.atomic
def leave(*, delivery: Delivery, by: User, now: datetime) -> Delivery:
    """Count a letter of which nobody knows as one that arrived: a person's decision. Raises NotKnownYet."""
    row = _unknown(delivery)
    row.state, row.decided_by, row.ended_at = row.State.DONE, by, now
    row.save()
    _note("leave-letter", row.issue, by=by, now=now)
    return row


def _unknown(delivery: Delivery) -> Delivery:
    row = Delivery.objects.select_for_update(of=("self",)).select_related("issue").get(pk=delivery.pk)
    if row.state != row.State.UNKNOWN:
        raise NotKnownYet(_("What became of this letter is known: %s.") % row.get_state_display())
    return row


def _go(
    issue: Issue, state: str, verb: str, /, *, by: User | None, now: datetime, trouble: str = ""
) -> Issue:
    row = (
        Issue.objects.select_for_update(of=("self",))
        .select_related("letter", "edition__run")
        .get(pk=issue.pk)
    )
    Sending.check(row.state, state)
    row.state, row.trouble = state, trouble
    row.done_at = now if state in {Issue.State.STOPPED, Issue.State.SENT} else None
    row.save(update_fields=["state", "trouble", "done_at"])
    _note(verb, row, by=by, now=now)
    if state == Issue.State.SENDING:
        enqueue_by_name("editions.send_letters")
    return row


def _note(verb: str, issue: Issue, *, by: User | None, now: datetime) -> None:
    write_down(verb=verb, subject=issue, by=by, now=now, summary=str(issue), after={"state": issue.state})
