"""What an editor does to the alignment: merge, split, adapt, leave out, add, move. Kept on the segments, as it is made.

Each takes the version that its person saw and raises SegmentChanged where it is not the present one; whoever stood
for the words before has to stand for them again.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from dateline.lib.text import one_line
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.translation import ordering, reviewing
from dateline.translation.actions.approving import SegmentChanged
from dateline.translation.actions.history import Verb, note
from dateline.translation.actions.laying import OUR_BLOCKS, hand_over, sources_of
from dateline.translation.actions.remembering import forget
from dateline.translation.actions.settling import settle_segment
from dateline.translation.aligning import (
    cut_marked,
    merged,
    numbers_of,
    renumbered,
    split_marked,
    split_places,
    split_text,
)
from dateline.translation.documents import BlockKind, Place
from dateline.translation.languages import joiner
from dateline.translation.models import Job, Segment, SegmentVersion
from dateline.translation.placing import mended
from dateline.translation.queries.history import last_words
from dateline.translation.queries.jobs import block_order
from dateline.translation.queries.reviewing import staff_of

_FAR: Final = 1_000_000
ADDABLE: Final = (BlockKind.PARAGRAPH, BlockKind.NOTE, BlockKind.HEADING)


class CannotAlign(ValueError):
    """It cannot be done to this sentence; the message says why."""


@transaction.atomic
def merge_with_next(*, segment: Segment, version: int, by: User | None, now: datetime) -> Segment:
    """Make one segment of a sentence and the next of its paragraph, with both translations. Raises CannotAlign."""
    left = _locked(segment, version)
    right = _next(left)
    if (
        right is None
        or right.block != left.block
        or Segment.Alignment.ADDED in {left.alignment, right.alignment}
    ):
        raise CannotAlign(
            _("There is no further sentence of the original in this paragraph to merge it with.")
        )
    if left.change or right.change:
        raise CannotAlign(_("Its source has changed: answer that first, then merge."))
    source, text = _joined(left, right)
    left.sources = sources_of(left) + [one for one in sources_of(right) if one not in sources_of(left)]
    (left.source, left.marks), left.text = source, text
    left.alignment = Segment.Alignment.FULL
    left.translated_by = left.translated_by or right.translated_by
    left.machine, left.machine_text = left.machine or right.machine, ""
    if left.origin != Segment.Origin.PERSON and right.origin:
        left.origin = right.origin
    for one in (left, right):
        forget(segment=one)
    SegmentVersion.objects.filter(segment=right).update(segment=left)
    hand_over(right, to=left)
    right.delete()
    _whole_again(left)
    _shift(left.job_id, past=left.position + 1, by=-1)
    return _written(left, Verb.MERGED, by, now)


@transaction.atomic
def split_segment(
    *, segment: Segment, at: int, version: int, by: User | None, now: datetime
) -> tuple[Segment, Segment]:
    """Make two segments of one, at a place of `aligning.split_places`; its translation is split about as far.

    Raises CannotAlign.
    """
    left = _locked(segment, version)
    if (
        at not in {place.at for place in split_places(left.source)}
        or left.alignment == Segment.Alignment.OMITTED
    ):
        raise CannotAlign(_("Choose a space between two words of the original: the sentence is split there."))
    sources, whole, text = sources_of(left), left.source, left.text
    first, second = split_marked(whole, left.marks, at=at)
    words = split_text(text, source=whole, at=at)
    halves = cut_marked(whole, at=at)
    forget(segment=left)
    _shift(left.job_id, past=left.position, by=1)
    right = Segment(
        job=left.job,
        block=left.block,
        block_kind=left.block_kind,
        place=left.place,
        position=left.position + 1,
        alignment=left.alignment,
        machine=left.machine,
        translated_by=left.translated_by,
        sources=sources,
    )
    left.sources = sources
    for one, (source, marks), half, said in zip((left, right), (first, second), halves, words, strict=True):
        one.source, one.marks = source, marks
        one.text = one_line(renumbered(said, numbers_of(half, half)))
        one.origin = left.origin if one.text else Segment.Origin.NOBODY
        one.machine_text = ""
    return _written(left, Verb.SPLIT, by, now), _written(right, Verb.SPLIT, by, now)


@transaction.atomic
def set_adapted(
    *, segment: Segment, is_adapted: bool, version: int, by: User | None, now: datetime
) -> Segment:
    """Say that a translation departs from its source on purpose, or take that back. Raises CannotAlign.

    Of what is adapted the checks warn where they would block, it may lose inline marks, and the memory learns nothing.
    """
    current = _locked(segment, version)
    wanted = Segment.Alignment.ADAPTED if is_adapted else Segment.Alignment.FULL
    if current.alignment == wanted:
        return current
    if current.alignment not in {Segment.Alignment.ADAPTED, Segment.Alignment.FULL}:
        raise CannotAlign(_("Only a sentence with source and translation can be marked as adapted."))
    forget(segment=current)
    current.alignment = wanted
    return _written(current, Verb.ADAPTED if is_adapted else Verb.REOPENED, by, now)


@transaction.atomic
def omit_segment(*, segment: Segment, version: int, by: User | None, now: datetime) -> Segment:
    """Leave a sentence of the source out, and stand for that. What was written for it stays in its history.

    Where two pairs of eyes are demanded, another person has to approve it as they would words. Raises CannotAlign.
    """
    current = _locked(segment, version)
    if current.alignment == Segment.Alignment.OMITTED:
        return current
    if current.alignment == Segment.Alignment.ADDED:
        raise CannotAlign(_("This sentence is ours alone: take it out instead."))
    forget(segment=current)
    current.alignment = Segment.Alignment.OMITTED
    current.text = current.machine = current.machine_text = ""
    current.origin = Segment.Origin.NOBODY
    current.state = Segment.State(_standing(current, by))
    current.translated_by = by
    if current.state == Segment.State.APPROVED:
        settle_segment(current, by=by, now=now)
    return _kept(current, Verb.OMITTED, by, now)


@transaction.atomic
def take_in(*, segment: Segment, version: int, by: User | None, now: datetime) -> Segment:
    """Translate after all what was left out: its last words come back as a draft."""
    current = _locked(segment, version)
    if current.alignment != Segment.Alignment.OMITTED:
        return current
    before = last_words(current)
    current.alignment = Segment.Alignment.FULL
    current.text = before.text if before else ""
    current.origin = Segment.Origin(before.origin) if before else Segment.Origin.NOBODY
    current.machine = before.machine if before else ""
    return _written(current, Verb.REOPENED, by, now)


@transaction.atomic
def add_segment(
    *,
    after: Segment,
    text: str,
    kind: BlockKind | str = BlockKind.PARAGRAPH,
    in_paragraph: bool = False,
    by: User | None,
    now: datetime,
) -> Segment:
    """Add words of our own behind a sentence: in its paragraph, or as a block of its own behind its block.

    kind: of a block of its own: paragraph, heading, or note (a translator's note). Raises CannotAlign.
    """
    words = one_line(text)
    beside = Segment.objects.select_for_update(of=("self",)).select_related("job").get(pk=after.pk)
    if not words:
        raise CannotAlign(_("Write the words that are to be added."))
    if not in_paragraph and kind not in ADDABLE:
        raise CannotAlign(_("A paragraph, a heading or a note can be added."))
    last = beside if in_paragraph else _end_of(beside)
    added = Segment(
        job=beside.job,
        block=beside.block if in_paragraph else _own_block(beside.job),
        block_kind=beside.block_kind if in_paragraph else str(kind),
        place=beside.place if in_paragraph else {},
        position=last.position + 1,
        alignment=Segment.Alignment.ADDED,
        text=words,
        origin=Segment.Origin.PERSON,
        translated_by=by,
    )
    _shift(beside.job_id, past=last.position, by=1)
    return _written(added, Verb.ADDED, by, now)


@transaction.atomic
def remove_added(*, segment: Segment, version: int, by: User | None, now: datetime) -> None:
    """Take words of our own out again. Raises CannotAlign where they are a translation."""
    current = _locked(segment, version)
    if current.alignment != Segment.Alignment.ADDED:
        raise CannotAlign(_("This sentence is in the original: leave it out instead."))
    write_down(verb="remove-added", subject=current.job, by=by, now=now, summary=current.text)
    job, position = current.job_id, current.position
    current.delete()
    _shift(job, past=position, by=-1)
    Job.objects.filter(pk=job).update(state=Job.State.DRAFT)


@transaction.atomic
def set_paragraph(
    *, segment: Segment, paragraph: Segment.Paragraph | str, version: int, by: User | None, now: datetime
) -> Segment:
    """Let a paragraph of the translation run on to this sentence, or begin with it, or be as in the original.

    Raises CannotAlign outside of paragraphs of text. What was approved stays so; a finished job opens again.
    """
    current = _locked(segment, version)
    if current.block_kind != BlockKind.PARAGRAPH:
        raise CannotAlign(_("Only paragraphs of text can be joined and divided."))
    current.paragraph = Segment.Paragraph(paragraph)
    current.version += 1
    current.full_clean(validate_constraints=False)
    current.save()
    _reopen_job(current.job_id)
    summary = f"{current.get_paragraph_display()}: {current}"
    write_down(verb="align-segment", subject=current, by=by, now=now, summary=summary)
    return current


@transaction.atomic
def move_block(*, job: Job, block: int, places: int, by: User | None, now: datetime) -> list[int]:
    """Move a paragraph, with its whole list, quote or table, by `places` (-1 is up) in the translation's order.

    Returns the blocks in their new order. Raises CannotAlign where there is no such place.
    """
    current = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    rows = list(current.segments.order_by("position"))
    group = {row.block: Place.from_json(row.place).group for row in rows}
    present = [ordering.Block(number, group[number]) for number in block_order(current, rows)]
    order = ordering.moved(present, block, places=places)
    if order is None:
        raise CannotAlign(_("It cannot be moved there: headline and standfirst stay at the top."))
    is_as_in_source = order == list(dict.fromkeys(row.block for row in rows))
    current.block_order = [] if is_as_in_source else order
    current.state = Job.State.DRAFT
    current.save(update_fields=["block_order", "state"])
    write_down(verb="move-block", subject=current, by=by, now=now, summary=f"{current}: {block} {places:+d}")
    return order


def place_rows(rows: Sequence[Segment]) -> None:
    """Number rows of one job by their order in `rows`, which are all of it; no two ever have the same number."""
    moved = [(place, row) for place, row in enumerate(rows) if row.position != place]
    Segment.objects.filter(pk__in=[row.pk for _place, row in moved]).update(position=F("position") + _FAR)
    for place, row in moved:
        row.position = place
    Segment.objects.bulk_update([row for _place, row in moved], ["position"], batch_size=200)


def _joined(left: Segment, right: Segment) -> tuple[tuple[str, dict[str, Any]], str]:
    languages = left.job.source_language, left.job.language
    sources = [(left.source, left.marks), (right.source, right.marks)]
    texts = [(left.text, left.marks), (right.text, right.marks)]
    return merged(sources, between=joiner(languages[0])), merged(texts, between=joiner(languages[1]))[0]


def _whole_again(segment: Segment) -> None:
    """Let a segment that was split, and whose parts are all merged again, be the sentence that it was."""
    if len(segment.sources) != 1:
        return
    number = segment.sources[0]["n"]
    others = Segment.objects.filter(job=segment.job_id).exclude(pk=segment.pk).exclude(sources=[])
    if any(number == one["n"] for row in others for one in row.sources):
        return
    whole = segment.sources[0]
    segment.sources = []
    segment.source, segment.marks = whole["text"], whole["marks"]
    segment.text = mended(segment.source, segment.text) if segment.text else ""


def _standing(segment: Segment, by: User | None) -> str:
    """Return where a segment stands once `by` alone has stood for it."""
    number = by.pk if by else None
    return reviewing.after(Segment.State.DRAFT, by=number, first=None, staff=staff_of(segment.job))


def _written(segment: Segment, verb: Verb, by: User | None, now: datetime) -> Segment:
    segment.state = Segment.State.DRAFT if segment.text else Segment.State.EMPTY
    if not segment.text:
        segment.translated_by = None
    return _kept(segment, verb, by, now)


def _kept(segment: Segment, verb: Verb, by: User | None, now: datetime) -> Segment:
    segment.version += 1
    segment.by, segment.at = by, now
    segment.full_clean(validate_constraints=False)
    segment.save()
    _reopen_job(segment.job_id)
    note(segment, verb, by=by, now=now)
    write_down(verb="align-segment", subject=segment, by=by, now=now, summary=f"{verb.label}: {segment}")
    return segment


def _reopen_job(job_id: int) -> None:
    Job.objects.filter(pk=job_id).update(state=Job.State.DRAFT)


def _locked(segment: Segment, version: int) -> Segment:
    rows = Segment.objects.select_for_update(of=("self",)).select_related("job", "by", "translated_by")
    current = rows.get(pk=segment.pk)
    if current.version != version:
        raise SegmentChanged(current)
    return current


def _next(segment: Segment) -> Segment | None:
    later = Segment.objects.filter(job=segment.job_id, position=segment.position + 1)
    return later.select_for_update(of=("self",)).select_related("job", "translated_by").first()


def _end_of(segment: Segment) -> Segment:
    """Return the last segment of the block of one, or of its list, quote or table, with what was added behind it."""
    group = Place.from_json(segment.place).group
    rows: Iterable[Segment] = segment.job.segments.filter(position__gte=segment.position).order_by("position")
    last = segment
    for row in rows:
        in_group = group and Place.from_json(row.place).group == group
        if row.block != segment.block and not in_group:
            break
        last = row
    return last


def _own_block(job: Job) -> int:
    most = job.segments.aggregate(most=Max("block"))["most"] or 0
    return max(int(most) + 1, OUR_BLOCKS)


def _shift(job_id: int, *, past: int, by: int) -> None:
    """Move the positions of all segments behind `past`, by way of where no other stands."""
    behind = Segment.objects.filter(job=job_id, position__gt=past)
    behind.update(position=F("position") + _FAR)
    Segment.objects.filter(job=job_id, position__gt=_FAR).update(position=F("position") + by - _FAR)
