"""Writing and approving segments. A person's words are never overwritten by somebody who has not seen them.

Where the site demands two pairs of eyes, or somebody is on the job to read after the translator, a sentence takes
several readings before it is approved (`reviewing`): each is the same verb, `approve_segment`.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dateline.lib.text import one_line
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.translation import reviewing
from dateline.translation.actions.history import Verb, note, role_of
from dateline.translation.actions.remembering import forget, remember
from dateline.translation.actions.settling import settle_segment
from dateline.translation.marks import MarkFaults, check_marks, plain
from dateline.translation.models import Job, Segment
from dateline.translation.queries.findings import Seen, blocking
from dateline.translation.queries.reviewing import staff_of


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


class NeedsAnother(CannotApprove):
    """The translator of a sentence cannot be the second pair of eyes as well."""

    def __init__(self) -> None:
        super().__init__(
            _("You translated this sentence: somebody else has to read it before it is approved.")
        )


class GoneAtSource(CannotApprove):
    """The source has taken the sentence away: nobody can approve a translation of nothing."""

    def __init__(self) -> None:
        super().__init__(_("The source has this sentence no more: take it out, or keep it as words of ours."))


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
    """What approving everything came to. handed_on: those that now wait for the next reader."""

    approved: int
    refused: tuple[Refusal, ...]
    handed_on: int = 0


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
    if words and current.alignment == Segment.Alignment.OMITTED:
        current.alignment = Segment.Alignment.FULL
    current.translated_by = (current.translated_by or by) if words else None
    current.state = Segment.State.DRAFT if words else Segment.State.EMPTY
    current.origin = Segment.Origin.PERSON if words else Segment.Origin.NOBODY
    if not words:
        current.machine = current.machine_text = ""
    forget(segment=current)
    changed = _changed(current, by, now)
    note(changed, Verb.WRITTEN, by=by, now=now)
    return changed


@transaction.atomic
def approve_segment(*, segment: Segment, version: int, by: User | None, now: datetime) -> Segment:
    """Stand for a segment's words; they enter the memory once it is approved.

    Whose reading it is, and whether another has to follow, `reviewing.after` says: the segment comes back
    *translated*, *revised* or *approved*. Raises SegmentChanged, NothingToApprove, GoneAtSource, MarksLost, Blocked,
    NeedsAnother.
    """
    current = _locked(segment)
    if current.state == Segment.State.APPROVED and version == current.version:
        return current
    _refuse_other_version(current, version)
    approved = _approve(current, by, now)
    write_down(
        verb="approve-segment",
        subject=approved,
        by=by,
        now=now,
        summary=plain(approved.text or approved.source),
        after={"state": approved.state},
    )
    return approved


@transaction.atomic
def approve_all(*, job: Job, by: User | None, now: datetime) -> Approval:
    """Approve every segment that can be, or hand it on to its next reader; the others are returned with the reason."""
    refused: list[Refusal] = []
    states: list[str] = []
    waiting = job.segments.exclude(state=Segment.State.APPROVED).order_by("position")
    for segment in waiting.select_for_update(of=("self",)).select_related("job"):
        try:
            states.append(_approve(segment, by, now).state)
        except CannotApprove as error:
            refused.append(Refusal(segment, str(error)))
    approved = states.count(Segment.State.APPROVED)
    if states:
        write_down(verb="approve-segments", subject=job, by=by, now=now, summary=str(len(states)))
    return Approval(approved, tuple(refused), handed_on=len(states) - approved)


@transaction.atomic
def unapprove(*, segment: Segment, version: int, by: User | None, now: datetime) -> Segment:
    """Take an approval back, or a reading on the way to it; the memory forgets it, and a finished job opens again.

    What was left out is a sentence without words again. Raises SegmentChanged.
    """
    current = _locked(segment)
    _refuse_other_version(current, version)
    return reopen(current, Verb.REOPENED, by=by, now=now)


def reopen(current: Segment, verb: Verb, *, by: User | None, now: datetime) -> Segment:
    """Make a draft of a segment again that somebody has stood for, in the caller's transaction; others stay."""
    if current.state in {Segment.State.EMPTY, Segment.State.DRAFT}:
        return current
    if current.alignment == Segment.Alignment.OMITTED:
        current.alignment = Segment.Alignment.FULL
    current.state = Segment.State.DRAFT if current.text else Segment.State.EMPTY
    forget(segment=current)
    write_down(verb="unapprove-segment", subject=current, by=by, now=now, summary=plain(current.text))
    changed = _changed(current, by, now)
    note(changed, verb, by=by, now=now)
    return changed


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
    if segment.alignment != Segment.Alignment.OMITTED:
        _refuse_unfit(segment)
    staff = staff_of(segment.job)
    state = reviewing.after(
        segment.state, by=by.pk if by else None, first=segment.translated_by_id, staff=staff
    )
    if state == segment.state:
        raise NeedsAnother
    role = role_of(segment, by, staff=staff)
    segment.state = state
    segment.translated_by = segment.translated_by or by
    if state == Segment.State.APPROVED:
        settle_segment(segment, by=by, now=now)
        remember(segment=segment, by=by, now=now)
    changed = _changed(segment, by, now)
    note(changed, Verb(state), by=by, now=now, role=role)
    return changed


def _refuse_unfit(segment: Segment) -> None:
    """Raise where the words are not fit. What is adapted may lose marks, what is ours alone has no source."""
    if segment.change == Segment.Change.GONE:
        raise GoneAtSource
    if not plain(segment.text):
        raise NothingToApprove
    faults = check_marks(segment.source, segment.text)
    if segment.alignment == Segment.Alignment.ADAPTED:
        faults = replace(faults, missing=())
    if faults and segment.alignment != Segment.Alignment.ADDED:
        raise MarksLost(faults)
    if found := blocking(segment):
        raise Blocked(found)


def _changed(segment: Segment, by: User | None, now: datetime) -> Segment:
    """Keep a segment that a person changed, and open its job if that changes what was finished."""
    segment.version += 1
    segment.by, segment.at = by, now
    segment.full_clean(validate_constraints=False)
    segment.save()
    if segment.state != Segment.State.APPROVED:
        Job.objects.filter(pk=segment.job_id).update(state=Job.State.DRAFT)
    return segment
