"""Writing and approving segments. A person's words are never overwritten by somebody who has not seen them."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dateline.lib.text import one_line
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.translation.actions.remembering import forget, remember
from dateline.translation.marks import MarkFaults, check_marks, plain
from dateline.translation.models import Job, Segment
from dateline.translation.queries.findings import Seen, blocking


class SegmentChanged(ValueError):
    """Somebody changed the segment in the meantime. `theirs` is it as it stands; nothing was written."""

    def __init__(self, theirs: Segment) -> None:
        self.theirs = theirs
        super().__init__(
            _("%(who)s changed this sentence while you had it open. Nothing was overwritten: compare both.")
            % {"who": theirs.by or _("Somebody")}
        )


class CannotApprove(ValueError):
    """The segment's text is not fit to be approved."""


class NothingToApprove(CannotApprove):
    """The segment has no translation."""

    def __init__(self) -> None:
        super().__init__(_("There is no translation to approve yet."))


class MarksLost(CannotApprove):
    """The translation has not the marks of the source. `faults` says which."""

    def __init__(self, faults: MarkFaults) -> None:
        self.faults = faults
        super().__init__(faults_in_words(faults))


class Blocked(CannotApprove):
    """The checks found what must not go out. `found` says what; each can be let stand, with a reason."""

    def __init__(self, found: list[Seen]) -> None:
        self.found = found
        super().__init__(" ".join(one.words for one in found))


@dataclass(frozen=True)
class Refusal:
    """A segment that was not approved with the others, and why."""

    segment: Segment
    message: str


@dataclass(frozen=True)
class Approval:
    """What approving everything came to."""

    approved: int
    refused: tuple[Refusal, ...]


@transaction.atomic
def save_segment(*, segment: Segment, text: str, version: int, by: User | None, now: datetime) -> Segment:
    """Write a person's words; the same words change nothing. Approved ones and a finished job open again.

    version: of the segment that the person saw. Raises SegmentChanged where it is not the present one.
    """
    current = _locked(segment)
    words = one_line(text)
    if words == current.text:
        return current
    _refuse_other_version(current, version)
    current.text = words
    current.state = Segment.State.DRAFT if words else Segment.State.EMPTY
    current.origin = Segment.Origin.PERSON if words else Segment.Origin.NOBODY
    if not words:
        current.machine = current.machine_text = ""
    forget(segment=current)
    return _changed(current, by, now)


@transaction.atomic
def approve_segment(*, segment: Segment, version: int, by: User | None, now: datetime) -> Segment:
    """Stand for a segment's words: they enter the memory.

    Raises SegmentChanged, NothingToApprove, MarksLost, Blocked.
    """
    current = _locked(segment)
    if current.state == Segment.State.APPROVED and version == current.version:
        return current
    _refuse_other_version(current, version)
    approved = _approve(current, by, now)
    write_down(verb="approve-segment", subject=approved, by=by, now=now, summary=plain(approved.text))
    return approved


@transaction.atomic
def approve_all(*, job: Job, by: User | None, now: datetime) -> Approval:
    """Approve every segment that can be; the others are returned with the reason."""
    refused: list[Refusal] = []
    approved = 0
    waiting = job.segments.exclude(state=Segment.State.APPROVED).order_by("position")
    for segment in waiting.select_for_update(of=("self",)).select_related("job"):
        try:
            _approve(segment, by, now)
            approved += 1
        except CannotApprove as error:
            refused.append(Refusal(segment, str(error)))
    if approved:
        write_down(verb="approve-segments", subject=job, by=by, now=now, summary=str(approved))
    return Approval(approved, tuple(refused))


@transaction.atomic
def unapprove(*, segment: Segment, version: int, by: User | None, now: datetime) -> Segment:
    """Take an approval back; the memory forgets it, and a finished job opens again. Raises SegmentChanged."""
    current = _locked(segment)
    _refuse_other_version(current, version)
    if current.state != Segment.State.APPROVED:
        return current
    current.state = Segment.State.DRAFT
    forget(segment=current)
    write_down(verb="unapprove-segment", subject=current, by=by, now=now, summary=plain(current.text))
    return _changed(current, by, now)


def faults_in_words(faults: MarkFaults) -> str:
    """Say what happened to the marks of a sentence and what to do."""
    said = []
    if faults.missing:
        said.append(_("These marks of the original are missing: %s.") % " ".join(faults.missing))
    if faults.extra:
        said.append(_("These marks are not in the original: %s.") % " ".join(faults.extra))
    if faults.is_crossed:
        said.append(_("Each mark must end before the one around it ends."))
    return " ".join(said)


def _locked(segment: Segment) -> Segment:
    rows = Segment.objects.select_for_update(of=("self",)).select_related("job", "by")
    return rows.get(pk=segment.pk)


def _refuse_other_version(current: Segment, version: int) -> None:
    if current.version != version:
        raise SegmentChanged(current)


def _approve(segment: Segment, by: User | None, now: datetime) -> Segment:
    if not plain(segment.text):
        raise NothingToApprove
    faults = check_marks(segment.source, segment.text)
    if faults:
        raise MarksLost(faults)
    if found := blocking(segment):
        raise Blocked(found)
    segment.state = Segment.State.APPROVED
    remember(segment=segment, by=by, now=now)
    return _changed(segment, by, now)


def _changed(segment: Segment, by: User | None, now: datetime) -> Segment:
    """Keep a segment that a person changed, and open its job if that changes what was finished."""
    segment.version += 1
    segment.by, segment.at = by, now
    segment.full_clean(validate_constraints=False)
    segment.save()
    if segment.state != Segment.State.APPROVED:
        Job.objects.filter(pk=segment.job_id).update(state=Job.State.DRAFT)
    return segment
