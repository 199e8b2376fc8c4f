"""Verbs of the beat: describe it, accept or refuse what is proposed. Nothing about it changes but by these."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dateline.intake.beat import Beat as Description
from dateline.intake.beat_changes import apply
from dateline.intake.beat_changes import in_words as change_in_words
from dateline.intake.beat_reading import read_beat, written
from dateline.intake.models import Beat, Judgement, Original, Proposal
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.work.actions import enqueue_by_name


class BeatMovedOn(ValueError):
    """Somebody described the beat meanwhile; saving would undo what they did."""


class AlreadyDecided(ValueError):
    """A person accepted or refused the proposal before."""


@transaction.atomic
def describe_beat(*, description: object, by: User | None, now: datetime, version: int | None = None) -> Beat:
    """Describe the active beat anew, or for the first time; what came in is scored again by a job.

    description: JSON values as `beat_reading` reads them. version: of the beat that was changed, None where it does
    not matter. Raises BadBeat where the description cannot be read, BeatMovedOn where the beat has another version.
    """
    beat = _active()
    if version is not None and version != (beat.version if beat else 0):
        raise BeatMovedOn(
            _("The beat was changed by somebody else meanwhile. Look at it again, then make your changes.")
        )
    return _described(beat, read_beat(description), by=by, now=now)


@transaction.atomic
def lay_down_beat(*, by: User | None, now: datetime) -> Beat | None:
    """Work without a beat: what came in is neither scored nor folded away. What was described is kept."""
    beat = _active()
    if beat is not None:
        beat.is_active = False
        beat.save(update_fields=["is_active"])
        write_down(verb="lay-down-beat", subject=beat, by=by, now=now, summary=beat.name)
    return beat


@transaction.atomic
def accept_proposal(*, proposal: Proposal, by: User, now: datetime) -> Beat:
    """Change the beat as proposed. Raises AlreadyDecided, NoLongerFits where the beat is not as it was."""
    beat = Beat.objects.select_for_update().get(pk=proposal.beat_id)
    proposal = _open(proposal)
    changed = apply(beat.read(), proposal.change)
    _decide(proposal, Proposal.State.ACCEPTED, by=by, now=now)
    return _described(beat, changed, by=by, now=now, summary=change_in_words(proposal.change))


@transaction.atomic
def refuse_proposal(*, proposal: Proposal, by: User, now: datetime) -> Proposal:
    """Leave the beat as it is; the same change is not proposed again. Raises AlreadyDecided."""
    proposal = _open(proposal)
    _decide(proposal, Proposal.State.REFUSED, by=by, now=now)
    write_down(
        verb="refuse-proposal",
        subject=proposal.beat,
        by=by,
        now=now,
        summary=change_in_words(proposal.change),
    )
    return proposal


@transaction.atomic
def note_judgement(
    *, original: Original, is_wanted: bool | None, by: User | None, now: datetime
) -> Judgement | None:
    """Remember that an editor wanted a piece, or put it aside; None takes back what was said of it.

    It changes no score and no beat: proposals are made of it, and a person accepts them.
    """
    if is_wanted is None:
        Judgement.objects.filter(original=original).delete()
        return None
    told: dict[str, Any] = {"is_wanted": is_wanted, "by": by, "at": now}
    return Judgement.objects.update_or_create(original=original, defaults=told)[0]


def _active() -> Beat | None:
    return Beat.objects.select_for_update().filter(is_active=True).first()


def _described(
    beat: Beat | None, told: Description, *, by: User | None, now: datetime, summary: str = ""
) -> Beat:
    before = beat.description if beat else {}
    after = written(told)
    if beat is not None and before == after:
        return beat
    beat = beat or Beat(version=0)
    beat.name, beat.description, beat.line = told.name, after, told.line
    beat.version += 1
    beat.described_by, beat.described_at = by, now
    beat.full_clean()
    beat.save()
    write_down(
        verb="describe-beat",
        subject=beat,
        by=by,
        now=now,
        summary=summary or told.name,
        before={"description": before},
        after={"description": after},
    )
    enqueue_by_name("intake.rescore_beat", beat_id=beat.pk)
    return beat


def _open(proposal: Proposal) -> Proposal:
    proposal = Proposal.objects.select_for_update().select_related("beat").get(pk=proposal.pk)
    if proposal.state != Proposal.State.PROPOSED:
        raise AlreadyDecided(_("Somebody has decided this already: it is %s.") % proposal.get_state_display())
    return proposal


def _decide(proposal: Proposal, state: str, *, by: User, now: datetime) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, now
    proposal.save(update_fields=["state", "decided_by", "decided_at"])
