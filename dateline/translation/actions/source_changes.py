"""A source has changed: what stayed stays approved, what changed opens again with what it was before.

The published translation is left as it stands until an editor answers: with a correction, or that none is needed.
"""

from collections import Counter
from datetime import datetime

from django.db import transaction

from dateline.articles.actions import answer_source, correct
from dateline.articles.models import Article, Correction, SourceAnswer
from dateline.intake.models import Change
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.translation.actions.aligning import place_rows
from dateline.translation.actions.approving import CannotApprove, SegmentChanged
from dateline.translation.actions.finishing import finish_job
from dateline.translation.actions.history import Verb, note_all
from dateline.translation.actions.laying import Laying, write
from dateline.translation.actions.remembering import remember
from dateline.translation.actions.settling import close_changes
from dateline.translation.actions.source_reading import SourceReading, reading_of, sentences_of_article
from dateline.translation.actions.starting import ask_for_drafts, fill_segments
from dateline.translation.machines.registry import machines_for
from dateline.translation.marks import plain
from dateline.translation.models import Job, Segment, SourceChange
from dateline.translation.rereading import What

State = Segment.State


def take_change(*, change: Change, now: datetime) -> list[SourceChange]:
    """Lay a change of an original beside its translations; return what it did to each that it touches.

    One that says nothing of the text (the piece is gone, closed, moved) touches none. Called again, it does nothing.
    """
    if change.after is None:
        return []
    jobs = Job.objects.filter(original=change.original_id, is_released=False)
    waiting = jobs.exclude(source_changes__change=change).exclude(
        snapshot__fetched_at__gt=change.after.fetched_at
    )
    if not waiting.exists():
        return []
    reading = reading_of(change.after)
    found = [take_reading(job=job, reading=reading, change=change, now=now) for job in waiting]
    return [one for one in found if one is not None]


def take_article(*, article: Article, now: datetime) -> list[SourceChange]:
    """Lay one of our own pieces, as it stands before readers, beside its translations."""
    reading = SourceReading(sentences_of_article(article))
    jobs = Job.objects.filter(source_article=article.pk, is_released=False)
    found = [
        take_reading(job=job, reading=reading, change=None, revision=article.live_revision_id, now=now)
        for job in jobs
    ]
    return [one for one in found if one is not None]


@transaction.atomic
def take_reading(
    *,
    job: Job,
    reading: SourceReading,
    change: Change | None,
    revision: int | None = None,
    now: datetime,
) -> SourceChange | None:
    """Lay a new reading beside a job's segments; None where each sentence stands where it stood, as it was.

    Segments whose source is word for word the same keep all that they have, also merged and split ones; where it
    changed they are drafts again, with `source_before` and `text_before`; new sentences are empty, what is gone
    waits to be taken out. Machines draft what is empty, where there is one for the pair.
    """
    job = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    rows = list(job.segments.select_for_update(of=("self",)).order_by("position"))
    laying = Laying(job, rows, reading)
    if change is not None and change.after_id:
        Job.objects.filter(pk=job.pk).update(snapshot=change.after_id)
    if not laying.differs:
        return None
    laying.lay()
    _write(laying, now)
    counts = Counter(step.what for step in laying.steps)
    found = SourceChange(
        job=job,
        change=change,
        revision=revision,
        kept=counts[What.SAME],
        moved=counts[What.MOVED],
        edited=counts[What.EDITED],
        new=counts[What.NEW],
        gone=counts[What.GONE],
        was_finished=job.state == Job.State.APPROVED,
        found_at=now,
    )
    found.full_clean()
    found.save()
    Job.objects.filter(pk=job.pk).update(state=Job.State.DRAFT, block_order=laying.block_order)
    _ask_machines(job)
    return found


@transaction.atomic
def leave_out_gone(*, segment: Segment, version: int, by: User | None, now: datetime) -> None:
    """Take out the translation of a sentence that the source has no more. Raises SegmentChanged, NotGone."""
    current = _gone(segment, version)
    write_down(verb="leave-out-gone", subject=current.job, by=by, now=now, summary=plain(current.text))
    job = current.job_id
    current.delete()
    place_rows(list(Segment.objects.filter(job=job).order_by("position")))
    _close_if_settled(job, by=by, now=now)


@transaction.atomic
def keep_gone(*, segment: Segment, version: int, by: User | None, now: datetime) -> Segment:
    """Keep the translation of a sentence that the source has no more, as words of ours; they are to be approved.

    Raises SegmentChanged, NotGone.
    """
    current = _gone(segment, version)
    _make_ours(current, state=State.DRAFT)
    current.version += 1
    current.by, current.at = by, now
    current.save()
    note_all([current], Verb.ADDED, by=by, now=now)
    write_down(verb="keep-gone", subject=current, by=by, now=now, summary=plain(current.text))
    _close_if_settled(current.job_id, by=by, now=now)
    return current


@transaction.atomic
def say_no_change_needed(*, job: Job, note: str, by: User, now: datetime) -> Job:
    """Answer all changes that wait at a job: the translation stays as it stands.

    Sentences that changed keep their translation and how far it was, what is new is left out, what is gone stays as
    ours. It is written down at the article too, so that its source counts as answered.
    """
    waiting = list(job.source_changes.filter(state=SourceChange.State.WAITING).select_related("change"))
    settled = settle_job(job=job, note=note, by=by, now=now)
    for one in waiting:
        if one.change is not None:
            answer_source(
                article=job.article,
                change=one.change,
                verdict=SourceAnswer.Verdict.NO_NEED,
                by=by,
                now=now,
                note=note,
            )
    if not waiting:
        return settled
    write_down(verb="no-change-needed", subject=settled, by=by, now=now, summary=note or str(settled))
    return settled


@transaction.atomic
def settle_job(*, job: Job, note: str = "", by: User | None, now: datetime) -> Job:
    """Let what a change at the source opened stand as it was, in the translation. Twice changes nothing."""
    current = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    waiting = current.source_changes.filter(state=SourceChange.State.WAITING)
    was_finished = waiting.filter(was_finished=True).exists()
    rows = list(current.segments.exclude(change=Segment.Change.NONE).select_related("job__article"))
    for row in rows:
        _keep_as_it_was(row, was_finished=was_finished)
        row.version += 1
        row.by, row.at = by, now
        row.save()
        if row.state == State.APPROVED:
            remember(segment=row, by=by, now=now)
    note_all(rows, Verb.KEPT, by=by, now=now)
    close_changes(current.pk, state=SourceChange.State.NOT_NEEDED, by=by, now=now, note=note)
    if was_finished and not current.segments.exclude(state=State.APPROVED).exists():
        current.state = Job.State.APPROVED
        current.save(update_fields=["state"])
    return current


@transaction.atomic
def publish_correction(*, job: Job, was_wrong: str, said: str, by: User, now: datetime) -> Correction:
    """Finish a translation that its source's change had opened, publish it with a public note, and answer the change.

    Raises SegmentsOpen, and what articles.actions.correct raises (NotLive, gate.NotCleared …); then nothing is done.
    """
    open_changes = SourceAnswer.objects.unanswered(job.article)
    finished = finish_job(job=job, by=by, now=now)
    article = Article.objects.get(pk=finished.article_id)
    noted = correct(article=article, was_wrong=was_wrong, said=said, by=by, now=now)
    for change in open_changes:
        answer_source(
            article=article,
            change=change,
            verdict=SourceAnswer.Verdict.CORRECTED,
            correction=noted,
            by=by,
            now=now,
        )
    return noted


class NotGone(CannotApprove):
    """The sentence is in the source."""

    def __init__(self) -> None:
        super().__init__("The source has this sentence: leave it out instead.")


def _gone(segment: Segment, version: int) -> Segment:
    current = Segment.objects.select_for_update(of=("self",)).select_related("job", "by").get(pk=segment.pk)
    if current.version != version:
        raise SegmentChanged(current)
    if current.change != Segment.Change.GONE:
        raise NotGone
    return current


def _make_ours(row: Segment, *, state: str) -> None:
    """Make words that have lost their source words of ours: a paragraph of it keeps its place."""
    row.alignment, row.source, row.marks, row.sources = Segment.Alignment.ADDED, "", row.marks, []
    row.state = Segment.State(state)
    row.change = Segment.Change.NONE
    row.source_before = row.text_before = row.state_before = ""


def _keep_as_it_was(row: Segment, *, was_finished: bool) -> None:
    """Let the translation of a segment stand although its source changed."""
    before, is_touched = row.state_before, row.text != row.text_before
    done = State.APPROVED if was_finished else State.DRAFT
    if row.change == Segment.Change.GONE:
        _make_ours(row, state=before or done)
        return
    if row.change == Segment.Change.NEW:
        row.text, row.alignment = "", Segment.Alignment.OMITTED
        row.origin, row.machine, row.machine_text = Segment.Origin.NOBODY, "", ""
        row.state = State(done)
    else:
        if is_touched:
            row.text = row.text_before
        row.state = State(before or (done if row.text else State.EMPTY))
        if not row.text and row.state != State.EMPTY:
            row.alignment = Segment.Alignment.OMITTED
    row.change = Segment.Change.NONE
    row.source_before = row.text_before = row.state_before = ""


def _close_if_settled(job_id: int, *, by: User | None, now: datetime) -> None:
    if not Segment.objects.filter(job=job_id).exclude(change=Segment.Change.NONE).exists():
        close_changes(job_id, state=SourceChange.State.TAKEN_IN, by=by, now=now)


def _write(laying: Laying, now: datetime) -> None:
    write(laying, now=now)
    fill_segments(laying.job, laying.new, now=now)
    positions = Segment.objects.filter(job=laying.job)
    most = positions.order_by("-position").values_list("position", flat=True).first() or 0
    for place, row in enumerate(laying.new, start=most + 1):
        row.position = place
    Segment.objects.bulk_create(laying.new)
    note_all(laying.new, Verb.SOURCE_CHANGED, by=None, now=now)
    place_rows(laying.rows)


def _ask_machines(job: Job) -> None:
    is_empty = job.segments.filter(state=State.EMPTY).exclude(source="").exists()
    if is_empty and machines_for(source=job.source_language, target=job.language):
        ask_for_drafts(job=job)
