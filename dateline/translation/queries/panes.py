"""What lies beside each sentence of a translation: the memory's offers, the house's words, what machines propose.

All sentences are looked up together: a page of sixty costs a handful of questions to the database.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from dateline.lib.scripts import primary
from dateline.translation.aligning import SplitPlace, split_places
from dateline.translation.checks.ignoring import digest_of
from dateline.translation.differences import Part, difference
from dateline.translation.glossary.matching import Found
from dateline.translation.machines.registry import machine_label
from dateline.translation.marks import plain
from dateline.translation.memory.adapting import Pair
from dateline.translation.memory.matching import CONTEXT, EXACT, NUMBERS, Match
from dateline.translation.models import Job, MemoryUnit, QualityMark, Segment, Suggestion, TermForm
from dateline.translation.names.transliterating import Spelling
from dateline.translation.queries.concordance import Hit, fragments_among
from dateline.translation.queries.glossary import glossary_for
from dateline.translation.queries.memory import Reader, Remembered, asked_of, remembered
from dateline.translation.queries.names import names_proposed

MOST = 5
MOST_FRAGMENTS = 3
# From this score on a sentence of the memory is nearly the same, and parts of others say less.
NEARLY_THE_SAME = 85


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A unit of the memory for one sentence, as it is shown. difference: from its source to the sentence."""

    number: int
    unit: int
    score: int
    kind: str
    text: str
    difference: list[Part]
    document: str
    person: str
    at: datetime
    penalties: list[str] = field(default_factory=list)
    is_adapted: bool = False


@dataclass(frozen=True, kw_only=True)
class TermHit:
    """A term in a sentence, as it stands there, with what the house says for it. forms: forbidden ones last."""

    words: str
    name: str
    definition: str
    stays: bool
    forms: list[TermForm]


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What a machine proposes. is_waiting: it was asked, without an answer yet. taken: its name for `write_words`."""

    label: str
    text: str
    trouble: str = ""
    is_waiting: bool = False
    taken: str = ""


@dataclass(frozen=True, kw_only=True)
class Fragment:
    """A turn of phrase that stands in a past sentence as well: its source around the words, and its translation."""

    before: str
    words: str
    after: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Pane:
    """What lies beside one sentence. names: as they stand in the source, each with its spelling in the translation."""

    segment: Segment
    offers: list[Offer]
    fragments: list[Fragment]
    terms: list[TermHit]
    names: list[tuple[str, Spelling]]
    proposals: list[Proposal]
    marks: list[QualityMark]

    @property
    def splits(self) -> list[SplitPlace]:
        """Where the sentence can be split."""
        is_out = self.segment.alignment == Segment.Alignment.OMITTED
        return [] if is_out else split_places(self.segment.source)

    @property
    def verdicts(self) -> list[tuple[str, str]]:
        """What can be said of its translation."""
        return [(one.value, str(one.label)) for one in QualityMark.Verdict]


def panes_of(job: Job, wanted: Iterable[Segment], *, reader: Reader) -> list[Pane]:
    """Return the panes of some segments of a job, in their order."""
    wanted = list(wanted)
    everyone = list(job.segments.order_by("position").only("pk", "source", "position", "job"))
    known = _remembered(job, wanted, everyone, reader)
    offers = _offers(wanted, known)
    terms, names = _terms(job, wanted), names_proposed(wanted)
    proposals, marks = _proposals(wanted), _marks(wanted)
    return [
        Pane(
            segment=one,
            offers=offers[one.pk],
            fragments=_fragments(one, known[one.pk], offers[one.pk]),
            terms=terms[one.pk],
            names=_unsaid(names[one.pk], terms[one.pk]),
            proposals=proposals[one.pk],
            marks=marks.get(one.pk, []),
        )
        for one in wanted
    ]


# The memory


def _remembered(
    job: Job, wanted: Sequence[Segment], everyone: Sequence[Segment], reader: Reader
) -> dict[int, Remembered]:
    pair = Pair(source=job.source_language, target=job.language)
    numbers = {one.pk for one in wanted}
    asked = [
        (one.pk, question)
        for one, question in zip(everyone, asked_of(everyone, pair=pair), strict=True)
        if one.pk in numbers
    ]
    # One more than is shown, since the sentence itself may be in the memory.
    found = remembered([question for _pk, question in asked], reader=reader, most=MOST + 1)
    return {pk: known for (pk, _question), known in zip(asked, found, strict=True)}


def _offers(wanted: Sequence[Segment], known: Mapping[int, Remembered]) -> dict[int, list[Offer]]:
    ids = {match.unit.id for one in known.values() for match in one.matches}
    units = MemoryUnit.objects.filter(pk__in=ids).select_related("by", "brought_by", "original__outlet")
    by_id = {unit.pk: unit for unit in units}
    return {
        one.pk: _shown(one, [match for match in known[one.pk].matches if match.unit.id in by_id], by_id)
        for one in wanted
    }


def _fragments(segment: Segment, known: Remembered, offers: Sequence[Offer]) -> list[Fragment]:
    """Return turns of phrase of sentences that are not offered whole, where none of those is nearly the same."""
    if any(offer.score >= NEARLY_THE_SAME for offer in offers):
        return []
    own = {match.unit.id for match in known.matches if match.unit.source == segment.source}
    hits = fragments_among(
        known.near, of=segment.source, most=MOST_FRAGMENTS, besides={*own, *(offer.unit for offer in offers)}
    )
    return [_fragment(hit) for hit in hits]


def _fragment(hit: Hit) -> Fragment:
    start, end = hit.at
    return Fragment(
        before=hit.source[:start], words=hit.source[start:end], after=hit.source[end:], text=hit.text
    )


def _shown(segment: Segment, matches: Sequence[Match], units: Mapping[int, MemoryUnit]) -> list[Offer]:
    others = [match for match in matches if units[match.unit.id].segment_id != segment.pk][:MOST]
    return [
        _offer(number, segment, match, units[match.unit.id]) for number, match in enumerate(others, start=1)
    ]


def _offer(number: int, segment: Segment, match: Match, unit: MemoryUnit) -> Offer:
    return Offer(
        number=number,
        unit=unit.pk,
        score=match.score,
        kind=_kind(match),
        text=match.text,
        difference=difference(plain(unit.source), plain(segment.source)),
        document=_document(unit),
        person=unit.person or (str(unit.by) if unit.by else ""),
        at=unit.approved_at,
        penalties=[_penalty(name, points) for name, points in match.taken_off.items()],
        is_adapted=match.is_adapted,
    )


def _document(unit: MemoryUnit) -> str:
    if unit.document:
        return unit.document
    if unit.original is not None:
        return f"{unit.original} ({unit.original.outlet})"
    return str(unit.brought_by) if unit.brought_by else ""


def _kind(match: Match) -> str:
    told = {
        CONTEXT: _("the same sentence between the same neighbours"),
        EXACT: _("the same sentence"),
        NUMBERS: _("the same but for numbers"),
    }
    return told.get(match.kind, _("a sentence like it"))


def _penalty(name: str, points: int) -> str:
    told = {
        "unreviewed": _("nobody is known to have read it"),
        "doubtful": _("it was marked as doubtful"),
        "machine": _("a machine’s words that nobody changed"),
        "numbers": _("its numbers or dates differ"),
        "variant": _("of another region’s language"),
        "source": _("taken off by whoever brought it"),
    }
    return _("%(points)s less: %(why)s") % {"points": points, "why": told.get(name, name)}


# The glossary


def _terms(job: Job, wanted: Sequence[Segment]) -> dict[int, list[TermHit]]:
    glossary = glossary_for(source_language=job.source_language, language=job.language)
    if glossary is None:
        return {one.pk: [] for one in wanted}
    texts = {one.pk: plain(one.source) for one in wanted}
    found = {pk: glossary.found(text, job.source_language) for pk, text in texts.items()}
    forms = _forms({hit.concept for hits in found.values() for hit in hits}, job.language)
    return {pk: [_hit(hit, texts[pk], forms) for hit in _once(hits)] for pk, hits in found.items()}


def _forms(names: set[str], language: str) -> dict[str, list[TermForm]]:
    order = list(TermForm.Status)
    rows = TermForm.objects.filter(term__name__in=names).select_related("term") if names else ()
    found: dict[str, list[TermForm]] = {}
    for row in sorted(rows, key=lambda row: order.index(TermForm.Status(row.status))):
        if primary(row.language) == primary(language):
            found.setdefault(row.term.name, []).append(row)
    return found


def _once(hits: Iterable[Found]) -> list[Found]:
    """Return each concept where it stands first."""
    return list({hit.concept: hit for hit in reversed(list(hits))}.values())[::-1]


def _hit(hit: Found, text: str, forms: Mapping[str, list[TermForm]]) -> TermHit:
    of_it = forms.get(hit.concept, [])
    return TermHit(
        words=text[hit.start : hit.end],
        name=hit.concept,
        definition=of_it[0].term.definition if of_it else "",
        stays=hit.form.status == TermForm.Status.KEEP,
        forms=of_it,
    )


def _unsaid(names: Iterable[tuple[str, Spelling]], terms: Iterable[TermHit]) -> list[tuple[str, Spelling]]:
    """Return the names that no term of the glossary tells of already."""
    told = {term.words for term in terms}
    return [(name, spelling) for name, spelling in names if name not in told]


# What revisers said


def _marks(wanted: Sequence[Segment]) -> dict[int, list[QualityMark]]:
    """Return what was said of the very words that stand there."""
    texts = {one.pk: digest_of(one.text) for one in wanted}
    found: dict[int, list[QualityMark]] = {}
    for mark in QualityMark.objects.filter(segment__in=texts).select_related("by"):
        if mark.text_digest == texts[mark.segment_id]:
            found.setdefault(mark.segment_id, []).append(mark)
    return found


# Machines


def _proposals(wanted: Sequence[Segment]) -> dict[int, list[Proposal]]:
    found: dict[int, list[Proposal]] = {one.pk: list(_first_draft(one)) for one in wanted}
    sources = {one.pk: one.source for one in wanted}
    for row in Suggestion.objects.filter(segment__in=found):
        if row.source_digest == digest_of(sources[row.segment_id]):
            found[row.segment_id].append(_proposal(row))
    return found


def _first_draft(segment: Segment) -> Iterable[Proposal]:
    """Yield the machine's draft where somebody changed it since."""
    if segment.machine_text and segment.machine_text != segment.text:
        yield Proposal(label=_machine(segment.machine), text=segment.machine_text, taken="machine:draft")


def _proposal(row: Suggestion) -> Proposal:
    return Proposal(
        label=_machine(row.machine),
        text=row.text,
        trouble=row.trouble,
        is_waiting=row.answered_at is None,
        taken=f"machine:{row.pk}" if row.text else "",
    )


def _machine(name: str) -> str:
    return machine_label(name)
