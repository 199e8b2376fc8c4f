"""Lists of subscribers: brought in with the proof of their consent, led out, and readers erased at their wish."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from dateline.editions import letter_states as states
from dateline.editions.actions.readers import suppress
from dateline.editions.consent import DELIVERY_DAYS, ENDED_DAYS, PENDING_DAYS, TEXTS
from dateline.editions.models import Delivery, Issue, Letter, Subscription, Suppression, Throttle
from dateline.editions.queries.letters import counts
from dateline.editions.queries.readers import mark_of
from dateline.editions.reader_lists import Assumed, BadLine, Line, as_csv, read_list
from dateline.people.actions import write_down
from dateline.people.models import User

EXPORTED: Final = (
    *("email", "letter", "language", "state", "zone", "hour", "asked_at", "confirmed_at"),
    *("how", "consent_at", "consent_text", "consent_source"),
)
_BATCH: Final = 500


@dataclass
class Imported:
    """What came of a list. bad: the lines that were not taken."""

    taken: int = 0
    known: int = 0
    suppressed: int = 0
    bad: list[BadLine] = field(default_factory=list)


@transaction.atomic
def import_list(*, text: str, kind: str, assumed: Assumed, by: User | None, now: datetime) -> Imported:
    """Take a list in: each reader with the proof of their consent, or not at all.

    Who has the letter stays as they are; who ended it, complained, was refused or erased is not taken.
    Raises NotAList.
    """
    letters = {row.language: row for row in Letter.objects.filter(kind=kind)}
    found, batch = Imported(), []
    for line in read_list(text, assumed=assumed):
        if isinstance(line, BadLine):
            found.bad.append(line)
        elif line.consent_at > now:
            found.bad.append(BadLine(line.number, line.address.text, _("They agreed in the future.")))
        else:
            batch.append(line)
    for start in range(0, len(batch), _BATCH):
        _take(batch[start : start + _BATCH], letters, found, now=now)
    subject = next(iter(letters.values()), None)
    if subject is not None:
        told = {
            "taken": found.taken,
            "known": found.known,
            "suppressed": found.suppressed,
            "bad": len(found.bad),
        }
        write_down(verb="import-readers", subject=subject, by=by, now=now, summary=str(subject), after=told)
    return found


def _take(lines: list[Line], letters: dict[str, Letter], found: Imported, *, now: datetime) -> None:
    marks = {line.number: mark_of(line.address) for line in lines}
    stopped = set(Suppression.objects.filter(reader__in=marks.values()).values_list("reader", flat=True))
    had = set(Subscription.objects.filter(reader__in=marks.values()).values_list("letter", "reader"))
    rows = []
    for line in lines:
        reader, letter = marks[line.number], letters[line.language]
        if reader in stopped:
            found.suppressed += 1
        elif (letter.pk, reader) in had:
            found.known += 1
        else:
            had.add((letter.pk, reader))
            rows.append(_subscription(line, letter, reader, now=now))
    Subscription.objects.bulk_create(rows)
    found.taken += len(rows)


def _subscription(line: Line, letter: Letter, reader: str, *, now: datetime) -> Subscription:
    return Subscription(
        letter=letter,
        email=line.address.text,
        reader=reader,
        domain=line.address.domain,
        state=states.CONFIRMED,
        zone=line.zone,
        hour=line.hour,
        asked_at=now,
        confirmed_at=now,
        how=Subscription.How.IMPORT,
        consent_at=line.consent_at,
        consent_source=line.consent_source,
    )


def export_list(*, by: User | None, now: datetime, state: str = "") -> Iterator[str]:
    """Yield all subscriptions as CSV, with the proof of each consent; the import reads it."""
    rows = Subscription.objects.select_related("letter").order_by("pk")
    first = Letter.objects.first()
    if first is not None:
        write_down(verb="export-readers", subject=first, by=by, now=now, summary=state or "*")
    chosen = rows.filter(state=state) if state else rows
    return as_csv(EXPORTED, (_exported(row) for row in chosen.iterator(chunk_size=1000)))


def _exported(row: Subscription) -> list[Any]:
    return [
        row.email, row.letter.kind, row.letter.language, row.state, row.zone, row.hour,
        _iso(row.asked_at), _iso(row.confirmed_at),
        row.how, _iso(row.consent_at), row.consent_text, row.consent_source or row.get_how_display(),
    ]  # fmt: skip


def _iso(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""


def data_of(*, reader: str) -> dict[str, Any]:
    """Return everything that is kept about an address, as plain data for its owner."""
    rows = Subscription.objects.of_reader(reader).select_related("letter").order_by("pk")
    held = Suppression.objects.filter(reader=reader).first()
    sent = Delivery.objects.filter(reader=reader).select_related("issue__edition__run", "issue__letter")
    return {
        "subscriptions": [_told(row) for row in rows],
        "stopped": held.get_reason_display() if held else None,
        "letters": [
            {"issue": str(row.issue), "state": row.get_state_display(), "handed_at": _iso(row.handed_at)}
            for row in sent.order_by("pk")
        ],
    }


def _told(row: Subscription) -> dict[str, Any]:
    told = dict(zip(EXPORTED, _exported(row), strict=True))
    return told | {
        "letter": row.letter.shown_name,
        "state": row.get_state_display(),
        "paused_until": str(row.paused_until or ""),
        "ended_at": _iso(row.ended_at),
        "why": row.why,
        "agreed_to": str(TEXTS.get(row.consent_text, "")),
    }


@transaction.atomic
def erase_reader(*, reader: str, by: User | None, now: datetime) -> int:
    """Erase an address and everything about it, for good. Returns how many subscriptions it had.

    What stays is a keyed mark that keeps lists from bringing it in again, and counts in which nobody can be found.
    """
    rows = Subscription.objects.of_reader(reader)
    subject, many = rows.first(), rows.count()
    for row in Delivery.objects.filter(reader=reader):
        # Another mark for each, so that no two of them say that they were one reader.
        row.reader, row.domain, row.said, row.subscription = f"erased-{row.pk}", "", "", None
        if row.state in {states.WAITING, states.CLAIMED}:
            row.state, row.claim, row.ended_at = states.LEFT_OUT, "", now
        row.save()
    if subject is not None:
        write_down(verb="erase-subscriber", subject=subject, by=by, now=now, summary="")
    rows.delete()
    suppress(reader=reader, reason=Suppression.Reason.ERASED, now=now)
    return many


def clear_away(*, now: datetime) -> int:
    """Forget what has had its time: sign-ups that nobody confirmed, ended ones, counts, who was sent what."""
    gone = 0
    unconfirmed = Subscription.objects.filter(
        state=states.PENDING, asked_at__lt=now - timedelta(days=PENDING_DAYS)
    )
    ended = Subscription.objects.filter(
        state__in=[states.ENDED, states.REFUSED], ended_at__lt=now - timedelta(days=ENDED_DAYS)
    )
    for rows in (unconfirmed, ended, Throttle.objects.filter(hour_at__lt=now - timedelta(days=1))):
        gone += rows.delete()[0]
    for issue in Issue.objects.filter(
        tally__isnull=True,
        state__in=[states.SENT, states.STOPPED],
        done_at__lt=now - timedelta(days=DELIVERY_DAYS),
    ):
        gone += _clear_rows(issue)
    return gone


@transaction.atomic
def _clear_rows(issue: Issue) -> int:
    if issue.deliveries.in_state(states.UNKNOWN).exists():
        return 0  # a person still has to look
    Issue.objects.filter(pk=issue.pk).update(tally=counts(issue))
    return issue.deliveries.all().delete()[0]
