"""Verbs of the translation desk. Each writes in one transaction; a person's words are never overwritten."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dateline.articles.kinds import Kind, MachineHelp
from dateline.articles.models import Article
from dateline.intake.models import Original, Snapshot
from dateline.lib.text import cut, one_line
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.translation.documents import Sentence, sentences
from dateline.translation.drafting import Drafts, ask
from dateline.translation.machines.base import Machine, Unit
from dateline.translation.machines.registry import machine_named, machines_for
from dateline.translation.marks import MarkFaults, check_marks, plain
from dateline.translation.memory import normalised, source_hash
from dateline.translation.models import Job, MemoryUnit, Segment
from dateline.translation.queries import composed, exact_matches, machine_help, machines_of, progress
from dateline.translation.reading import read_document
from dateline.translation.segments import split_paragraph
from dateline.translation.slugs import propose_slug
from dateline.work.actions import enqueue_by_name
from dateline.work.progress import progress as say_progress
from dateline.work.progress import should_stop

# Seconds that one machine may take for one batch.
BATCH_SECONDS: Final = 60.0


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


class SegmentsOpen(ValueError):
    """The translation cannot be finished yet. `count` segments are not approved."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(
            ngettext(
                "%(count)d sentence is not approved yet.", "%(count)d sentences are not approved yet.", count
            )
            % {"count": count}
        )


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
    job.full_clean()
    job.save()
    rows = _filled(job, _segments_of(original), now)
    Segment.objects.bulk_create(rows)
    if any(row.state == Segment.State.EMPTY for row in rows) and _machines(job):
        ask_for_drafts(job=job)
    return job


def ask_for_drafts(*, job: Job) -> None:
    """Have the job's empty segments drafted in the background, once."""
    enqueue_by_name("translation.draft", key=str(job.pk), job_id=job.pk)


def draft_job(*, job: Job, now: datetime) -> Job:
    """Have machines draft what is empty; called again, it goes on where it stopped.

    What no machine could draft stays empty, and `job.trouble` says why. Call it outside a transaction: each
    batch is kept as soon as it is there.
    """
    machines = _machines(job)
    empty = list(job.segments.filter(state=Segment.State.EMPTY).order_by("position"))
    if not machines:
        return _told(job, _no_machine(job) if empty else "")
    errors: dict[str, str] = {}
    for start, batch in _batches(empty, machines[0].capability.batch):
        if should_stop():
            break
        units = [Unit(str(segment.pk), segment.source) for segment in batch]
        drafts = ask(machines, units, source=job.source_language, target=job.language, deadline=BATCH_SECONDS)
        _keep(drafts, {str(segment.pk): segment for segment in batch}, now)
        errors |= drafts.errors
        say_progress(start + len(batch), len(empty))
    return _told(job, _in_words(errors))


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
    _forget(current)
    return _changed(current, by, now)


@transaction.atomic
def approve_segment(*, segment: Segment, version: int, by: User | None, now: datetime) -> Segment:
    """Stand for a segment's words: they enter the memory.

    Raises SegmentChanged, NothingToApprove, MarksLost.
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
    _forget(current)
    write_down(verb="unapprove-segment", subject=current, by=by, now=now, summary=plain(current.text))
    return _changed(current, by, now)


@transaction.atomic
def finish_job(*, job: Job, by: User | None, now: datetime) -> Job:
    """End the work on a translation and write its article. Raises SegmentsOpen."""
    current = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    counts = progress(current)
    if counts.open:
        raise SegmentsOpen(counts.open)
    current.state = Job.State.APPROVED
    current.trouble = ""
    current.translator = current.translator or by
    current.full_clean()
    current.save()
    compose_article(job=current, by=by, now=now)
    write_down(verb="finish-translation", subject=current, by=by, now=now, summary=str(current))
    return current


@transaction.atomic
def compose_article(*, job: Job, by: User | None, now: datetime) -> Article:
    """Write the article's headline, standfirst and body from the segments as they stand, as a new draft revision.

    Nothing else writes them. What readers see stays until the article is published again.
    """
    job = Job.objects.select_for_update(of=("self",)).select_related("article").get(pk=job.pk)
    article: Article = job.article.get_latest_revision_as_object()
    words = composed(job, key=article.uid)
    article.headline = cut(words.headline, 300) or article.headline
    article.standfirst = words.standfirst
    article.body = json.dumps(words.body)
    _propose_address(article, job)
    _credit_machines(article, job)
    article.save_revision(user=by, log_action=True)
    _show_on_lists(article)
    write_down(verb="compose-translation", subject=article, by=by, now=now, summary=article.headline)
    return article


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


def _original_of(article: Article) -> Original:
    if article.kind != Kind.TRANSLATION or article.original is None:
        raise NotATranslation(
            _("“%s” is not a translation of an original: set its kind and its original first.") % article
        )
    original: Original = article.original
    return original


def _refuse_a_second(original: Original, language: str) -> None:
    other = Job.objects.filter(original=original, language=language).first()
    if other:
        raise AlreadyStarted(other)


def _segments_of(original: Original) -> list[Sentence]:
    blocks = read_document(
        headline=original.headline, standfirst=original.standfirst, body_html=original.body_html
    )
    return sentences(blocks, language=original.language, split=split_paragraph)


def _filled(job: Job, found: Sequence[Sentence], now: datetime) -> list[Segment]:
    known = exact_matches(
        (sentence.source for sentence in found), source_language=job.source_language, language=job.language
    )
    return [
        _segment(job, position, sentence, known.get(sentence.source), now)
        for position, sentence in enumerate(found)
    ]


def _segment(job: Job, position: int, sentence: Sentence, unit: MemoryUnit | None, now: datetime) -> Segment:
    segment = Segment(
        job=job,
        block=sentence.block,
        block_kind=sentence.kind,
        place=sentence.place.as_json(),
        position=position,
        source=sentence.source,
        marks=sentence.marks,
    )
    if unit is not None:
        segment.text, segment.machine, segment.at = unit.text, unit.machine, now
        segment.state, segment.origin = Segment.State.DRAFT, Segment.Origin.MEMORY
    return segment


def _machines(job: Job) -> list[Machine]:
    return machines_for(source=job.source_language, target=job.language)


def _batches(segments: Sequence[Segment], size: int) -> Iterator[tuple[int, Sequence[Segment]]]:
    for start in range(0, len(segments), size):
        yield start, segments[start : start + size]


@transaction.atomic
def _keep(drafts: Drafts, segments: dict[str, Segment], now: datetime) -> None:
    """Write drafts where nobody has written since the machine was asked."""
    for draft in drafts.done:
        seen = segments[draft.id]
        Segment.objects.filter(pk=seen.pk, version=seen.version, state=Segment.State.EMPTY).update(
            text=draft.text,
            machine_text=draft.text,
            machine=draft.machine,
            state=Segment.State.DRAFT,
            origin=Segment.Origin.MACHINE,
            version=seen.version + 1,
            by=None,
            at=now,
        )


def _told(job: Job, trouble: str) -> Job:
    job.trouble = cut(trouble, 500)
    job.machine = cut(", ".join(machines_of(job)), 40)
    job.save(update_fields=["trouble", "machine"])
    return job


def _no_machine(job: Job) -> str:
    return _("No machine is set up for %(source)s → %(target)s.") % {
        "source": job.source_language,
        "target": job.language,
    }


def _in_words(errors: dict[str, str]) -> str:
    if not errors:
        return ""
    count = ngettext(
        "%(count)d sentence has no draft.", "%(count)d sentences have no draft.", len(errors)
    ) % {"count": len(errors)}
    return " ".join([count, *sorted(set(errors.values()))])


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
    segment.state = Segment.State.APPROVED
    _remember(segment, by, now)
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


def _remember(segment: Segment, by: User | None, now: datetime) -> None:
    MemoryUnit.objects.update_or_create(
        segment=segment,
        defaults={
            "source_language": segment.job.source_language,
            "language": segment.job.language,
            "source_hash": source_hash(segment.source),
            "source": normalised(segment.source),
            "text": segment.text,
            "original_id": segment.job.original_id,
            "machine": segment.machine,
            "by": by,
            "approved_at": now,
        },
    )


def _forget(segment: Segment) -> None:
    MemoryUnit.objects.filter(segment=segment).delete()


def _propose_address(article: Article, job: Job) -> None:
    """Give the article the slug of its headline, unless a person chose one or readers know it already."""
    if article.address_date is not None or article.slug not in {"", job.proposed_slug}:
        return
    article.slug = propose_slug(article.headline) or article.slug or f"article-{article.pk}"
    job.proposed_slug = article.slug
    job.save(update_fields=["proposed_slug"])


def _credit_machines(article: Article, job: Job) -> None:
    article.machine_help = machine_help(job)
    names = machines_of(job) if article.machine_help != MachineHelp.NONE else []
    article.machine_name = cut(", ".join(machine_named(name).capability.label for name in names), 80)


def _show_on_lists(article: Article) -> None:
    """Let the desk's lists name a piece that was never out by its present words; readers see nothing of it."""
    names = ("headline", "standfirst", "slug", "body", "machine_help", "machine_name")
    never_out = Article.objects.filter(pk=article.pk, live=False, first_published_at=None)
    never_out.update(**{name: getattr(article, name) for name in names})
