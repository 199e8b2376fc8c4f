"""Laying an original on the translation desk."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dateline.articles.kinds import Kind
from dateline.articles.models import Article
from dateline.intake.models import Original, Snapshot
from dateline.people.models import User
from dateline.rights.models import Withdrawal
from dateline.translation.actions.history import Verb, note_all
from dateline.translation.actions.source_reading import sentences_of_original
from dateline.translation.documents import Sentence
from dateline.translation.machines.registry import machines_for
from dateline.translation.models import Job, Segment
from dateline.translation.queries import exact_matches
from dateline.work.actions import enqueue_by_name


class NotATranslation(ValueError):
    """The article is no translation of an original into a language."""


class AlreadyStarted(ValueError):
    """The original has a job into this language. `job` is that one."""

    def __init__(self, job: Job) -> None:
        self.job = job
        super().__init__(
            _("“%(original)s” is being translated into %(language)s already: go on with that translation.")
            % {"original": job.original, "language": job.language}
        )


@transaction.atomic
def start_job(*, article: Article, snapshot: Snapshot | None, by: User | None, now: datetime) -> Job:
    """Lay an article of kind translation on the translation desk: its segments, with what the memory knows.

    snapshot: the one that was read, where it is known. Drafting begins by itself where a machine is set up
    for the pair. Raises NotATranslation, AlreadyStarted.
    """
    original = _original_of(article)
    _refuse_a_second(original, article.language)
    job = Job(
        original=original,
        snapshot=snapshot,
        article=article,
        source_language=original.language,
        language=article.language,
        translator=by,
        started_at=now,
        proposed_slug=article.slug,
    )
    lay_sentences(job, sentences_of_original(original), now=now)
    return job


def lay_sentences(job: Job, found: Sequence[Sentence], *, now: datetime) -> None:
    """Write a new job with its segments, filled by the memory; drafting begins where a machine is set up."""
    job.full_clean()
    job.save()
    job.article.is_composed = True
    Article.objects.filter(pk=job.article_id).update(is_composed=True)
    rows = _rows(job, found, now)
    Segment.objects.bulk_create(rows)
    note_all((row for row in rows if row.text), Verb.REMEMBERED, by=None, now=now)
    if any(row.state == Segment.State.EMPTY for row in rows) and machines_for(
        source=job.source_language, target=job.language
    ):
        ask_for_drafts(job=job)


def ask_for_drafts(*, job: Job) -> None:
    """Have the job's empty segments drafted in the background, once."""
    enqueue_by_name("translation.draft", key=str(job.pk), job_id=job.pk)


def _original_of(article: Article) -> Original:
    if article.kind != Kind.TRANSLATION or article.original is None:
        raise NotATranslation(
            _("“%s” is not a translation of an original: set its kind and its original first.") % article
        )
    original: Original = article.original
    return original


def _refuse_a_second(original: Original, language: str) -> None:
    other = Job.objects.filter(original=original, language=language, is_released=False).first()
    if other is None:
        return
    if not Withdrawal.objects.filter(piece=other.article.uid).exists():
        raise AlreadyStarted(other)
    # What was withdrawn never comes back; its original may become a new piece.
    other.is_released = True
    other.save(update_fields=["is_released"])


def fill_segments(job: Job, rows: Sequence[Segment], *, now: datetime) -> None:
    """Give segments that nobody has written yet the words that the memory has for them, as drafts; not yet saved."""
    known = exact_matches(
        (row.source for row in rows), source_language=job.source_language, language=job.language
    )
    for row in rows:
        unit = known.get(row.source)
        if unit is not None:
            row.text, row.machine, row.at = unit.text, unit.machine, now
            row.state, row.origin = Segment.State.DRAFT, Segment.Origin.MEMORY


def _rows(job: Job, found: Sequence[Sentence], now: datetime) -> list[Segment]:
    rows = [_segment(job, position, sentence) for position, sentence in enumerate(found)]
    fill_segments(job, rows, now=now)
    return rows


def _segment(job: Job, position: int, sentence: Sentence) -> Segment:
    return Segment(
        job=job,
        block=sentence.block,
        block_kind=sentence.kind,
        place=sentence.place.as_json(),
        position=position,
        source=sentence.source,
        marks=sentence.marks,
    )
