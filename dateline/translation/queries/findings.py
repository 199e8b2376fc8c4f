"""What the checks find in segments, and what of it somebody let stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from dateline.translation.checks.base import Finding, Pair, Severity
from dateline.translation.checks.consistency import spelt_otherwise
from dateline.translation.checks.ignoring import digest_of, key_of
from dateline.translation.checks.registry import examine, examine_adapted, examine_alone
from dateline.translation.checks.words import in_words
from dateline.translation.glossary.matching import Glossary
from dateline.translation.marks import plain
from dateline.translation.models import Ignored, IgnoredInWhole, Job, Segment
from dateline.translation.queries.glossary import glossary_for

# The desk says these beside the sentence by itself, and nobody can let them stand: the body could not be composed.
_SAID_ALREADY: Final = frozenset({"marks-missing", "mark-added", "marks-crossed"})


@dataclass(frozen=True)
class Seen:
    """A finding as the desk shows it. ignored: who let it stand for these words, and why."""

    finding: Finding
    key: str
    words: str
    ignored: Ignored | IgnoredInWhole | None = None

    @property
    def severity(self) -> str:
        """Its severity as a word."""
        return str(self.finding.severity)

    @property
    def is_open(self) -> bool:
        """Whether nobody let it stand."""
        return self.ignored is None


def findings_of(segment: Segment, *, text: str | None = None) -> list[Seen]:
    """Return what the checks find in a segment as it stands, or in `text` in its place.

    As it stands, names are compared with the rest of the piece as well.
    """
    job = segment.job
    glossary = glossary_for(source_language=job.source_language, language=job.language)
    ignored = list(segment.ignored.all())
    if text is not None:
        return _seen(segment, job, glossary, text, ignored)
    others = list(job.segments.exclude(text="").only(*_READ)) if segment.text else []
    return _seen(
        segment, job, glossary, segment.text, ignored, more=_otherwise(job, others).get(segment.pk, ())
    )


def findings_in(job: Job, segments: Iterable[Segment]) -> dict[int, list[Seen]]:
    """Return what the checks find in segments of `job` that have a translation, by segment."""
    glossary = glossary_for(source_language=job.source_language, language=job.language)
    ignored: dict[int, list[Ignored]] = {}
    for one in Ignored.objects.filter(segment__job=job).select_related("by"):
        ignored.setdefault(one.segment_id, []).append(one)
    rows = [one for one in segments if one.text]
    otherwise = _otherwise(job, rows)
    return {
        one.pk: _seen(one, job, glossary, one.text, ignored.get(one.pk, []), more=otherwise.get(one.pk, ()))
        for one in rows
    }


def blocking(segment: Segment) -> list[Seen]:
    """Return the findings that keep a segment from being approved: of severity block, and not let stand."""
    found = findings_of(segment, text=segment.text)
    return [one for one in found if one.is_open and one.finding.severity == Severity.BLOCK]


_READ: Final = ("source", "text", "alignment", "job")
_WAYS: Final = {
    Segment.Alignment.ADDED: examine_alone,
    Segment.Alignment.ADAPTED: examine_adapted,
}


def _seen(
    segment: Segment,
    job: Job,
    glossary: Glossary | None,
    text: str,
    ignored: Iterable[Ignored],
    *,
    more: Iterable[Finding] = (),
) -> list[Seen]:
    digest = digest_of(text)
    let_stand = {one.key: one for one in ignored if one.text_digest == digest}
    pair = Pair(
        source=segment.source,
        text=text,
        source_language=job.source_language,
        language=job.language,
        kind=segment.block_kind,
        glossary=glossary,
    )
    way = _WAYS.get(Segment.Alignment(segment.alignment), examine)
    every = [*way(pair), *more] if text else []
    found = ((one, key_of(one)) for one in every if one.code not in _SAID_ALREADY)
    return [Seen(finding, key, in_words(finding), let_stand.get(key)) for finding, key in found]


def _otherwise(job: Job, segments: Sequence[Segment]) -> dict[int, list[Finding]]:
    """Return by segment the names that stand there in another spelling than elsewhere in the piece."""
    rows = [one for one in segments if one.source and one.text]
    pairs = [
        Pair(
            source=plain(one.source),
            text=one.text,
            source_language=job.source_language,
            language=job.language,
        )
        for one in rows
    ]
    return {rows[number].pk: found for number, found in spelt_otherwise(pairs).items()}
