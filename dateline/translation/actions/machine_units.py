"""What a machine is told of the segments that it is asked for."""

from collections.abc import Sequence

from dateline.lib.scripts import primary
from dateline.lib.text import cut
from dateline.translation.machines.base import Unit
from dateline.translation.marks import plain
from dateline.translation.models import Job, Segment, TermForm
from dateline.translation.queries.glossary import glossary_for

LONGEST_CONTEXT = 500
_WRITTEN = (TermForm.Status.PREFERRED, TermForm.Status.KEEP)


def units_of(job: Job, segments: Sequence[Segment]) -> list[Unit]:
    """Return segments as a machine is asked for them: with the headline as context, and the glossary's terms."""
    context = cut(plain(_headline(job)), LONGEST_CONTEXT)
    terms = _terms(job, segments)
    return [
        Unit(str(segment.pk), segment.source, context=context, terms=tuple(found))
        for segment, found in zip(segments, terms, strict=True)
    ]


def _headline(job: Job) -> str:
    first = job.segments.filter(block=0).order_by("position").values_list("source", flat=True).first()
    return first or ""


def _terms(job: Job, segments: Sequence[Segment]) -> list[list[tuple[str, str]]]:
    """Return for each segment the terms in it, as they stand there, each with the form that is to be used."""
    glossary = glossary_for(source_language=job.source_language, language=job.language)
    if glossary is None:
        return [[] for _ in segments]
    texts = [plain(one.source) for one in segments]
    found = [glossary.found(text, job.source_language) for text in texts]
    use = _forms({term.concept for one in found for term in one}, job.language)
    return [
        [(text[term.start : term.end], use[term.concept]) for term in one if term.concept in use]
        for text, one in zip(texts, found, strict=True)
    ]


def _forms(names: set[str], language: str) -> dict[str, str]:
    rows = TermForm.objects.filter(term__name__in=names, status__in=_WRITTEN).select_related("term")
    return {row.term.name: row.form for row in rows if primary(row.language) == primary(language)}
