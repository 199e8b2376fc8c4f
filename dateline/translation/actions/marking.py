"""A reviser says what they think of a sentence's words, and the memory hears it.

Words that a second person called good are *reviewed* in the memory, wherever it has them with this source: at equal
likeness they are offered first. Words with a fault are *doubtful*: ten points are taken off, and no new sentence is
filled with them. Both hold until somebody says otherwise of the same words.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from dateline.lib.text import cut, one_line
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.translation.actions.approving import reopen
from dateline.translation.actions.history import Verb
from dateline.translation.checks.ignoring import digest_of
from dateline.translation.marks import plain
from dateline.translation.memory.families import family
from dateline.translation.memory.hashing import source_key
from dateline.translation.models import MemoryUnit, QualityMark, Segment


@transaction.atomic
def mark_quality(
    *,
    segment: Segment,
    verdict: QualityMark.Verdict | str,
    note: str = "",
    sends_back: bool = False,
    by: User | None,
    now: datetime,
) -> QualityMark:
    """Say of a segment's words that they are good, or which kind of fault they have.

    Good takes the place of what the same person said of these words before, and a fault that of good. sends_back:
    the segment is a draft again, for its translator. Raises ValidationError for a verdict that there is not.
    """
    current = Segment.objects.select_for_update(of=("self",)).select_related("job").get(pk=segment.pk)
    mark = QualityMark(
        segment=current,
        verdict=verdict,
        note=cut(one_line(note), 500),
        text=current.text,
        text_digest=digest_of(current.text),
        by=by,
        at=now,
    )
    mark.full_clean(validate_constraints=False)
    _taken_back(mark).delete()
    mark.save()
    if sends_back:
        reopen(current, Verb.RETURNED, by=by, now=now)
    tell_memory(mark)
    write_down(
        verb="mark-quality",
        subject=current,
        by=by,
        now=now,
        summary=f"{mark.get_verdict_display()}: {mark.note or plain(mark.text)}",
    )
    return mark


@transaction.atomic
def unmark_quality(*, mark: QualityMark, by: User | None, now: datetime) -> None:
    """Take back what was said of a segment's words; the memory keeps its opinion until the next mark."""
    write_down(verb="unmark-quality", subject=mark.segment, by=by, now=now, summary=str(mark))
    mark.delete()


def tell_memory(mark: QualityMark) -> int:
    """Let the memory's units with this source and these words be reviewed or doubtful; return how many."""
    job = mark.segment.job
    units = MemoryUnit.objects.filter(
        pair__source_language=family(job.source_language),
        pair__language=family(job.language),
        source_key=source_key(mark.segment.source),
        text=mark.text,
    )
    is_good = mark.verdict == QualityMark.Verdict.GOOD
    if is_good and mark.by_id is not None and mark.by_id == mark.segment.translated_by_id:
        return 0  # one's own words: no second person has looked
    quality = MemoryUnit.Quality.REVIEWED if is_good else MemoryUnit.Quality.DOUBTFUL
    return units.update(quality=quality)


def _taken_back(mark: QualityMark) -> QuerySet[QualityMark]:
    """Return what the same person said of the same words that `mark` takes the place of."""
    said = QualityMark.objects.filter(segment=mark.segment, by=mark.by, text_digest=mark.text_digest)
    if mark.verdict == QualityMark.Verdict.GOOD:
        return said
    return said.filter(verdict__in=[QualityMark.Verdict.GOOD, mark.verdict])
