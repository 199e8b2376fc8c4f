"""What the checks find in segments, and what of it somebody let stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from dateline.translation.checks.base import Finding, Pair, Severity
from dateline.translation.checks.ignoring import digest_of, key_of
from dateline.translation.checks.registry import examine
from dateline.translation.checks.words import in_words
from dateline.translation.glossary.matching import Glossary
from dateline.translation.models import Ignored, Job, Segment
from dateline.translation.queries.glossary import glossary_for

# The desk says these beside the sentence by itself, and nobody can let them stand: the body could not be composed.
_SAID_ALREADY: Final = frozenset({"marks-missing", "mark-added", "marks-crossed"})


@dataclass(frozen=True)
class Seen:
    """A finding as the desk shows it. ignored: who let it stand for these words, and why."""

    finding: Finding
    key: str
    words: str
    ignored: Ignored | None = None

    @property
    def severity(self) -> str:
        """Its severity as a word."""
        return str(self.finding.severity)

    @property
    def is_open(self) -> bool:
        """Whether nobody let it stand."""
        return self.ignored is None


def findings_of(segment: Segment, *, text: str | None = None) -> list[Seen]:
    """Return what the checks find in a segment as it stands, or in `text` in its place."""
    job = segment.job
    glossary = glossary_for(source_language=job.source_language, language=job.language)
    return _seen(segment, job, glossary, segment.text if text is None else text, list(segment.ignored.all()))


def findings_in(job: Job, segments: Iterable[Segment]) -> dict[int, list[Seen]]:
    """Return what the checks find in segments of `job` that have a translation, by segment."""
    glossary = glossary_for(source_language=job.source_language, language=job.language)
    ignored: dict[int, list[Ignored]] = {}
    for one in Ignored.objects.filter(segment__job=job).select_related("by"):
        ignored.setdefault(one.segment_id, []).append(one)
    return {
        one.pk: _seen(one, job, glossary, one.text, ignored.get(one.pk, [])) for one in segments if one.text
    }


def blocking(segment: Segment) -> list[Seen]:
    """Return the findings that keep a segment from being approved: of severity block, and not let stand."""
    return [one for one in findings_of(segment) if one.is_open and one.finding.severity == Severity.BLOCK]


def _seen(
    segment: Segment, job: Job, glossary: Glossary | None, text: str, ignored: Iterable[Ignored]
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
    found = ((one, key_of(one)) for one in examine(pair) if one.code not in _SAID_ALREADY) if text else ()
    return [Seen(finding, key, in_words(finding), let_stand.get(key)) for finding, key in found]
