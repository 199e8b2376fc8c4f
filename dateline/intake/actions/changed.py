"""A piece changed at its source: it is compared, entered, told to later rooms, and answered by the desk."""

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _

from dateline.intake.changes import Comparison
from dateline.intake.changes_pages import Fallback, Sheet
from dateline.intake.changes_plan import Missed
from dateline.intake.changes_told import WEIGHTS, Kind
from dateline.intake.models import Change, FurtherPage, Original, Snapshot
from dateline.intake.models.site_rule import SiteRule
from dateline.intake.snapshots import SnapshotDamaged, SnapshotMissing, SnapshotStore
from dateline.intake.snapshots_apart import compare_apart
from dateline.intake.snapshots_evidence import charset_of
from dateline.people.actions import write_down
from dateline.people.models import User

# sender=Original, change=…: sent inside the transaction that enters the change.
original_changed = Signal()

NEIGHBOURS: Final = 20  # other pieces of the outlet in which lines of its site show themselves
LONGEST_ANSWER: Final = 500


class NothingSaid(ValueError):
    """Somebody answered a change without saying what was done about it."""


def difference(
    after: list[Sheet], *, original: Original, latest: Snapshot, store: SnapshotStore
) -> Comparison | None:
    """Return how the piece now differs from its latest snapshot, None where in noise only. Raises confined.Trouble."""
    return compare_apart(
        sheets_of(latest, store),
        after,
        fallback=Fallback(latest.headline, latest.body_text),
        common=_lines_of_the_site(original),
    )


def sheets_of(snapshot: Snapshot, store: SnapshotStore) -> list[Sheet]:
    """Return the pages of a snapshot from the store; nothing where they are not all there any more."""
    if snapshot.state != Snapshot.State.WHOLE or snapshot.was_brought:
        return []
    pages: list[Snapshot | FurtherPage] = [snapshot, *snapshot.further.all()]
    try:
        return [
            sheet(store.read(page.sha256), url=page.final_url, headers=page.headers, title=snapshot.headline)
            for page in pages
        ]
    except (SnapshotDamaged, SnapshotMissing):
        return []


def sheet(content: bytes, *, url: str, headers: Any, title: str = "") -> Sheet:
    """Return a page as the comparer takes it, with what an editor said of pages of its site."""
    rule = SiteRule.objects.for_page(url)
    return Sheet(content, url, charset_of(headers), title, rule.as_rules() if rule else None)


def enter_change(
    comparison: Comparison, *, original: Original, before: Snapshot, after: Snapshot | None, now: datetime
) -> Change:
    """Write a change down and tell later rooms of it, in the caller's transaction."""
    return _entered(
        Change(
            original=original,
            before=before,
            after=after,
            kind=comparison.kind,
            facts=comparison.facts,
            passages=comparison.passages,
            weight=comparison.weight,
            found_at=now,
        )
    )


def enter_miss(missed: Missed, *, original: Original, before: Snapshot | None, now: datetime) -> Change:
    """Write down that a piece is gone, closed, moved or unreadable, in the caller's transaction."""
    return _entered(
        Change(
            original=original,
            before=before,
            kind=missed.kind,
            facts=missed.facts,
            weight=WEIGHTS[Kind(missed.kind)],
            found_at=now,
        )
    )


@transaction.atomic
def see_change(*, change: Change, by: User, now: datetime) -> Change:
    """Note that somebody looked at a change. One that was answered stays so."""
    if change.state == Change.State.NEW:
        change.state, change.by, change.at = Change.State.SEEN, by, now
        change.save(update_fields=["state", "by", "at"])
        write_down(verb="see-change", subject=change, by=by, now=now, summary=change.original.headline)
    return change


@transaction.atomic
def answer_change(*, change: Change, answer: str, by: User, now: datetime) -> Change:
    """Note what was done about a change. Raises NothingSaid."""
    told = " ".join(answer.split())[:LONGEST_ANSWER]
    if not told:
        raise NothingSaid(_("Say what was done about it; “nothing to do” is an answer."))
    before = {"state": change.state, "answer": change.answer}
    change.state, change.by, change.at, change.answer = Change.State.ANSWERED, by, now, told
    change.full_clean()
    change.save(update_fields=["state", "by", "at", "answer"])
    write_down(
        verb="answer-change",
        subject=change,
        by=by,
        now=now,
        summary=change.original.headline,
        before=before,
        after={"state": change.state, "answer": told},
    )
    return change


def _entered(change: Change) -> Change:
    change.full_clean()
    change.save()
    original_changed.send(sender=Original, change=change)
    return change


def _lines_of_the_site(original: Original) -> list[str]:
    """Return the texts of the outlet's latest other pieces."""
    others = Original.objects.filter(outlet=original.outlet_id).exclude(pk=original.pk)
    return list(others.order_by("-taken_at").values_list("body_text", flat=True)[:NEIGHBOURS])
