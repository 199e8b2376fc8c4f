"""What a person stands for enters the memory; what nobody stands for any more leaves it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import transaction

from dateline.people.models import User
from dateline.rights.actions import hold_on
from dateline.translation.actions.memory_lists import pair_of, post, tend, unpost
from dateline.translation.checks.ignoring import digest_of
from dateline.translation.memory.codes import codes_of
from dateline.translation.memory.hashing import EDGE, class_key, normalised, source_key
from dateline.translation.memory.keys import VERSION
from dateline.translation.models import Job, MemoryPair, MemoryUnit, QualityMark, Segment
from dateline.translation.queries.reservations import reserved_for
from dateline.work.progress import should_stop

FILLED_AT_ONCE: Final = 500


def remember(*, segment: Segment, by: User | None, now: datetime) -> MemoryUnit | None:
    """Keep an approved segment, to be found from now on; None where there is nothing to learn.

    That is where its source keeps machines from reading it, and of what was adapted, left out or added.
    """
    job = segment.job
    if segment.alignment != Segment.Alignment.FULL or not may_be_kept(job):
        return None
    pair = pair_of(job.source_language, job.language)
    before, after = _neighbours(segment)
    source = normalised(segment.source)
    unit, is_new = MemoryUnit.objects.update_or_create(
        segment=segment,
        defaults={
            "pair": pair,
            "source_language": job.source_language,
            "language": job.language,
            "source": source,
            "text": segment.text,
            "codes": codes_of(segment.marks),
            "source_key": source_key(source),
            "class_key": class_key(source, language=pair.source_language),
            "before_key": before,
            "after_key": after,
            "original_id": job.original_id,
            "article": job.article.uid,
            "licence": _licence(job),
            "machine": segment.machine,
            "is_machine_text": bool(segment.machine) and segment.text == segment.machine_text,
            "quality": _quality(segment, by),
            "by": by,
            "approved_at": now,
        },
    )
    if is_new:
        post([unit])
    return unit


def _quality(segment: Segment, by: User | None) -> str:
    """Return who looked at a segment that `by` approves: a reviser's last word on these words counts most."""
    marks = segment.quality_marks.filter(text_digest=digest_of(segment.text))
    said = marks.order_by("-at", "-pk").values_list("verdict", flat=True).first()
    if said is not None and said != QualityMark.Verdict.GOOD:
        return MemoryUnit.Quality.DOUBTFUL
    is_second = segment.translated_by is not None and by is not None and segment.translated_by != by
    return MemoryUnit.Quality.REVIEWED if is_second else MemoryUnit.Quality.APPROVED


def may_be_kept(job: Job) -> bool:
    """Return whether the memory may learn from a job: its source reserved nothing against machines, or agreed to it."""
    return not reserved_for(job)


def forget(*, segment: Segment) -> None:
    """Take a segment's unit out of the memory. What a hold keeps is no longer the segment's, and stays."""
    units = MemoryUnit.objects.filter(segment=segment)
    if not units.exists():
        return
    if hold_on(piece=segment.job.article.uid, original=segment.job.original_id):
        units.update(segment=None)
    else:
        units.delete()


def fill_memory() -> int:
    """Give units of older versions their keys and lists, in batches; return how many. Called again, it goes on."""
    filled = 0
    while batch := list(MemoryUnit.objects.filter(pair=None).order_by("pk")[:FILLED_AT_ONCE]):
        if should_stop():
            break
        _fill(batch)
        filled += len(batch)
    for pair in MemoryPair.objects.all() if filled else ():
        tend(pair)
    return filled


@transaction.atomic
def _fill(batch: Iterable[MemoryUnit]) -> None:
    units = list(batch)
    for unit in units:
        unit.pair = pair_of(unit.source_language, unit.language)
        unit.source_key = source_key(unit.source)
        unit.class_key = class_key(unit.source, language=unit.pair.source_language)
        if unit.segment:
            unit.before_key, unit.after_key = _neighbours(unit.segment)
            unit.codes, unit.article = codes_of(unit.segment.marks), unit.segment.job.article.uid
            unit.is_machine_text = bool(unit.machine) and unit.text == unit.segment.machine_text
    MemoryUnit.objects.bulk_update(
        units,
        ["pair", "source_key", "class_key", "before_key", "after_key", "codes", "article", "is_machine_text"],
    )
    post(units)


def unpost_deleted(instance: MemoryUnit, **_signal: object) -> None:
    """Take a unit out of the lists whatever deleted it: an original that goes takes its units along."""
    unpost([instance])


def stale_pairs() -> list[MemoryPair]:
    """Return the pairs whose lists were written with other keys than today's."""
    return list(MemoryPair.objects.exclude(version=VERSION))


def _neighbours(segment: Segment) -> tuple[int, int]:
    """Return the hashes of the sentences before and after; at an end of the document, that of nothing."""
    beside = Segment.objects.filter(
        job=segment.job_id, position__in=[segment.position - 1, segment.position + 1]
    )
    keys = {position: source_key(source) for position, source in beside.values_list("position", "source")}
    return keys.get(segment.position - 1, EDGE), keys.get(segment.position + 1, EDGE)


def _licence(job: Job) -> str:
    held = job.article.permission
    return held.agreement.licence if held is not None and held.agreement is not None else ""
