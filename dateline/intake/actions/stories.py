"""What people put right in stories. Each deed is kept, told in the audit, and done again when all is gathered anew."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from dateline.intake.actions.gathering import hold
from dateline.intake.actions.telling import retell
from dateline.intake.models import Membership, Original, Story, StoryCorrection
from dateline.lib.text import cut, one_line
from dateline.people.actions import write_down
from dateline.people.models import User

LONGEST_TITLE: Final = 500
Verb = StoryCorrection.Verb


class CannotCorrect(Exception):
    """The stories are not as the correction needs them; the message is for the editor."""


@transaction.atomic
def merge(*, story: Story, into: Story, by: User | None, now: datetime) -> Story:
    """Put all pieces of `story` into another one. Raises CannotCorrect where they are one, or one of them is gone."""
    hold()
    story, into = _fresh(story), _fresh(into)
    if story.pk == into.pk:
        raise CannotCorrect(_("A story cannot be merged with itself. Choose another one."))
    moved = _pieces(story)
    payload = {"originals": moved, "into": _pieces(into), "from": dict.fromkeys(map(str, moved), story.pk)}
    _move(moved, into, verb=Verb.MERGE, by=by)
    story.state, story.merged_into, story.is_pinned = Story.State.MERGED, into, False
    story.save()
    Story.objects.filter(merged_into=story).update(merged_into=into)
    _note(Verb.MERGE, into, payload, by=by, now=now, summary=f"{story} → {into}")
    return retell(into, now=now)


@transaction.atomic
def split_off(*, story: Story, originals: Collection[Original], by: User | None, now: datetime) -> Story:
    """Put some pieces of a story into a new one. Raises CannotCorrect for none, for all, or for another story's."""
    hold()
    story = _fresh(story)
    chosen, there = sorted(original.pk for original in originals), _pieces(story)
    if not chosen or not set(chosen) < set(there):
        raise CannotCorrect(_("Choose some of the story's pieces, but not all: one has to stay."))
    named = Original.objects.get(pk=chosen[0])
    new = Story.objects.create(
        title=named.headline, title_language=named.language, opened_at=story.opened_at, last_at=story.last_at
    )
    payload = {"originals": chosen, "into": [], "from": dict.fromkeys(map(str, chosen), story.pk)}
    _move(chosen, new, verb=Verb.SPLIT, by=by)
    _note(Verb.SPLIT, new, payload, by=by, now=now, summary=f"{story}: {len(chosen)}")
    retell(story, now=now)
    return retell(new, now=now)


@transaction.atomic
def move(*, original: Original, into: Story, by: User | None, now: datetime) -> Story:
    """Put one piece into another story. Raises CannotCorrect where it is there already, or in no story yet."""
    hold()
    into = _fresh(into)
    membership = Membership.objects.filter(original=original).select_related("story").first()
    if membership is None:
        raise CannotCorrect(_("The piece is in no story yet: it is being gathered. Try again in a minute."))
    if membership.story_id == into.pk:
        raise CannotCorrect(_("The piece is in this story already."))
    left = membership.story
    payload = {"originals": [original.pk], "into": _pieces(into), "from": {str(original.pk): left.pk}}
    _move([original.pk], into, verb=Verb.MOVE, by=by)
    _note(Verb.MOVE, into, payload, by=by, now=now, summary=f"{original} → {into}")
    _retell_or_fold(left, into, now=now)
    return retell(into, now=now)


@transaction.atomic
def pin(*, story: Story, by: User | None, now: datetime) -> Story:
    """Keep the story open and at the top."""
    return _pinned(story, is_pinned=True, verb=Verb.PIN, by=by, now=now)


@transaction.atomic
def unpin(*, story: Story, by: User | None, now: datetime) -> Story:
    """Let the story sink and close with time."""
    return _pinned(story, is_pinned=False, verb=Verb.UNPIN, by=by, now=now)


@transaction.atomic
def rename(*, story: Story, title: str, by: User | None, now: datetime) -> Story:
    """Give the story a title that stays; an empty one lets its members name it again."""
    hold()
    story = _fresh(story)
    given = cut(one_line(title), LONGEST_TITLE)
    payload = {
        "originals": _pieces(story), "title": given, "before": story.title if story.is_renamed else ""
    }  # fmt: skip
    _title(story, given)
    _note(Verb.RENAME, story, payload, by=by, now=now, summary=given)
    return retell(story, now=now)


@transaction.atomic
def take_back(*, correction: StoryCorrection, by: User | None, now: datetime) -> StoryCorrection:
    """Undo a correction; what came in since stays where it is.

    Raises CannotCorrect where it was taken back before, or where later ones moved the same pieces: those first.
    """
    hold()
    correction = StoryCorrection.objects.select_for_update().get(pk=correction.pk)
    _refuse_buried(correction)
    if correction.verb in {Verb.MERGE, Verb.SPLIT, Verb.MOVE}:
        _put_back(correction, by=by, now=now)
    elif correction.story is not None:
        _untell(correction, now=now)
    correction.undone_at, correction.undone_by = now, by
    correction.save(update_fields=["undone_at", "undone_by"])
    _say_moved()
    if correction.story is not None:
        write_down(verb="story-take-back", subject=correction.story, by=by, now=now, summary=str(correction))
    return correction


@transaction.atomic
def leave_no_empty_story() -> int:
    """Take away stories whose last piece has gone, where no correction rests on them. Returns how many."""
    empty = Story.objects.filter(
        memberships__isnull=True, merged_into__isnull=True, merged__isnull=True, corrections__isnull=True
    )
    count, _rows = empty.delete()
    if count:
        _say_moved()
    return count


def _refuse_buried(correction: StoryCorrection) -> None:
    if correction.undone_at is not None:
        raise CannotCorrect(_("This was taken back already."))
    own = set(correction.payload["originals"])
    later = StoryCorrection.objects.filter(pk__gt=correction.pk, undone_at=None)
    is_move = "from" in correction.payload
    for other in later:
        is_like = ("from" in other.payload) if is_move else other.verb == correction.verb
        if is_like and own & set(other.payload["originals"]):
            raise CannotCorrect(
                _(
                    "Something was put right with the same pieces since. Take that back first (%(what)s, %(when)s)."
                )
                % {"what": other.get_verb_display(), "when": f"{other.at:%Y-%m-%d %H:%M}"}
            )


def _put_back(correction: StoryCorrection, *, by: User | None, now: datetime) -> None:
    """Put pieces back where they were; a story that a merge emptied is there again."""
    touched: set[int] = set()
    for number, home in correction.payload["from"].items():
        membership = Membership.objects.filter(original=int(number)).first()
        story = Story.objects.filter(pk=home).first()
        if membership is None or story is None:
            continue
        touched |= {membership.story_id, story.pk}
        if story.state == Story.State.MERGED:
            story.state, story.merged_into = Story.State.CLOSED, None
            story.save()
        _move([int(number)], story, verb=Verb.MOVE, by=by)
    stories = list(Story.objects.filter(pk__in=touched).order_by("pk"))
    kept = next((story for story in stories if story.pk in correction.payload["from"].values()), None)
    for story in stories:
        _retell_or_fold(story, kept, now=now)


def _untell(correction: StoryCorrection, *, now: datetime) -> None:
    story = correction.story
    assert story is not None  # noqa: S101  # asked before
    if correction.verb == Verb.RENAME:
        _title(story, correction.payload["before"])
    else:
        story.is_pinned = correction.verb == Verb.UNPIN
    story.save()
    retell(story, now=now)


def _pinned(story: Story, *, is_pinned: bool, verb: str, by: User | None, now: datetime) -> Story:
    hold()
    story = _fresh(story)
    if story.is_pinned == is_pinned:
        return story
    story.is_pinned = is_pinned
    _note(verb, story, {"originals": _pieces(story)}, by=by, now=now, summary=str(story))
    return retell(story, now=now)


def _title(story: Story, given: str) -> None:
    story.is_renamed = bool(given)
    story.title, story.title_language = given or story.title, "" if given else story.title_language


def _fresh(story: Story) -> Story:
    """Return the story as it is now. Raises CannotCorrect where it was merged away meanwhile."""
    fresh = Story.objects.select_for_update().get(pk=story.pk)
    if fresh.state == Story.State.MERGED:
        raise CannotCorrect(
            _("“%s” was merged into another story meanwhile. Open that one.") % one_line(fresh.title)
        )
    return fresh


def _pieces(story: Story) -> list[int]:
    return sorted(Membership.objects.filter(story=story).values_list("original", flat=True))


def _move(originals: Collection[int], into: Story, *, verb: str, by: User | None) -> None:
    reason = {"code": "person", "verb": str(verb), "name": str(by) if by else ""}
    for membership in Membership.objects.filter(original__in=list(originals)):
        earlier = [one for one in membership.reasons if one.get("code") != "person"]
        membership.story, membership.by = into, Membership.By.PERSON
        membership.reasons = [reason, *earlier]
        membership.save(update_fields=["story", "by", "reasons"])


def _retell_or_fold(story: Story, into: Story | None, *, now: datetime) -> None:
    """Tell a story anew, or where its last piece left, let it lead to where that went."""
    if Membership.objects.filter(story=story).exists():
        retell(story, now=now)
    elif into is not None and into.pk != story.pk:
        story.state, story.merged_into, story.is_pinned = Story.State.MERGED, into, False
        story.pieces = 0
        story.save()


def _note(
    verb: str, story: Story, payload: Mapping[str, Any], *, by: User | None, now: datetime, summary: str
) -> StoryCorrection:
    _say_moved()
    correction = StoryCorrection.objects.create(
        verb=verb,
        story=story,
        by=by,
        at=now,
        payload=dict(payload),
        after=Membership.objects.order_by("-pk").values_list("pk", flat=True).first() or 0,
    )
    write_down(
        verb=f"story-{verb}",
        subject=story,
        by=by,
        now=now,
        summary=summary,
        after={"correction": correction.pk},
    )
    return correction


def _say_moved() -> None:
    """Let every process know that what it remembers is old."""
    gathering = hold()
    gathering.moved = uuid4()
    gathering.save(update_fields=["moved"])
