"""What stands between a whole translation and its readers.

Who must be named, what only a machine has written, what the checks find in sentences that nobody mended or let stand.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dateline.articles.gate import Caution
from dateline.articles.kinds import CreditRole
from dateline.articles.models import Article
from dateline.translation.checks import credit, untouched
from dateline.translation.checks.base import Pair, Severity
from dateline.translation.checks.ignoring import digest_of, key_of
from dateline.translation.checks.words import in_words
from dateline.translation.models import Job, Segment
from dateline.translation.queries.findings import Seen, findings_in
from dateline.translation.queries.jobs import segments_in_order

WATCH: Final = "translation-checks"
_MOST_TOLD: Final = 8


@dataclass(frozen=True)
class AtSentence:
    """A finding with the sentence that it is in."""

    segment: Segment
    seen: Seen


@dataclass(frozen=True)
class Whole:
    """What is to be said of a translation before it goes out.

    credit: of the credit line. untouched: sentences that only a machine wrote. open: what nobody has mended or let
    stand, the gravest first. standing: what somebody let stand, and why. Both without what merely informs.
    """

    credit: list[Seen]
    untouched: list[Segment]
    open: list[AtSentence]
    standing: list[AtSentence]

    @property
    def unnamed(self) -> list[Seen]:
        """What the credit line lacks, and nobody let that stand."""
        return [one for one in self.credit if one.is_open]

    @property
    def blocking(self) -> list[AtSentence]:
        """What must not go out."""
        return [one for one in self.open if one.seen.finding.severity == Severity.BLOCK]

    @property
    def is_clear(self) -> bool:
        """Whether nothing is left to do here."""
        return not (self.unnamed or self.untouched or self.open)


def whole_of(job: Job) -> Whole:
    """Look at all of a translation as it stands; four milliseconds a sentence."""
    segments = segments_in_order(job)
    return whole_from(job, segments, findings_in(job, segments))


def whole_from(job: Job, segments: Iterable[Segment], found: Mapping[int, list[Seen]]) -> Whole:
    """Return what `whole_of` does where the sentences of a job and what is found in them are at hand."""
    rows = list(segments)
    told = [AtSentence(one, seen) for one in rows for seen in found.get(one.pk, ()) if _is_worth(seen)]
    told.sort(key=lambda one: one.seen.finding.severity != Severity.BLOCK)
    return Whole(
        credit=credit_findings(job),
        untouched=[one for one in rows if _is_untouched(one)],
        open=[one for one in told if one.seen.is_open],
        standing=[one for one in told if not one.seen.is_open],
    )


def document_findings(job: Job) -> list[Seen]:
    """Return what is to be said of a translation as a whole, the credit line first, then a machine's own words.

    Who is unknown can be let stand, with a reason; what a machine wrote is approved or rewritten.
    """
    return [*credit_findings(job), *_untouched(job)]


def credit_findings(job: Job) -> list[Seen]:
    """Return who must be named under a piece and is not known, with who let that stand for the line as it is."""
    text, must = credit_of(job.article.get_latest_revision_as_object())
    digest = digest_of(text)
    let_stand = {
        one.key: one for one in job.ignored_in_whole.select_related("by") if one.text_digest == digest
    }
    found = ((one, key_of(one)) for one in credit.CHECK.find(_pair(job, text, credit=must)))
    return [Seen(one, key, in_words(one), let_stand.get(key)) for one, key in found]


def untouched_segments(job: Job) -> list[Segment]:
    """Return the segments in which a machine's words stand that nobody has changed or stood for, in order."""
    return [one for one in segments_in_order(job) if _is_untouched(one)]


def credit_of(article: Article) -> tuple[str, dict[str, str]]:
    """Return what is said of a piece's origin below it, and who must be named there, by role; empty who is unknown."""
    must = dict(_must_name(article))
    held = article.permission
    agreed = held.agreement.credit_line if held and held.agreement else ""
    demanded = (held.credit_line if held else "") or agreed
    return " · ".join(filter(None, [*must.values(), demanded])), must


def checks_warn(article: Article, _now: datetime) -> Iterator[Caution]:
    """Say for the gate what the checks find in a translation that nobody mended or let stand, the gravest first."""
    job = Job.objects.filter(article_id=article.pk).first()
    if job is None:
        return
    whole = whole_of(job)
    told = [(one.key, one.words) for one in whole.unnamed]
    told += [(f"{one.segment.pk}:{one.seen.key}", _said(one)) for one in whole.open]
    for code, words in told[:_MOST_TOLD]:
        yield Caution(WATCH, code, words)
    more = len(told) - _MOST_TOLD
    if more > 0:
        words = ngettext(
            "The checks find %(count)d thing more: see the translation desk.",
            "The checks find %(count)d things more: see the translation desk.",
            more,
        )
        yield Caution(WATCH, "more", words % {"count": more})


def _said(one: AtSentence) -> str:
    return _("Sentence %(number)d: %(finding)s") % {
        "number": one.segment.position + 1,
        "finding": one.seen.words,
    }


def _is_worth(seen: Seen) -> bool:
    return not seen.is_open or seen.finding.severity != Severity.INFORM


def _is_untouched(one: Segment) -> bool:
    is_machines = one.origin == Segment.Origin.MACHINE and one.state == Segment.State.DRAFT
    return is_machines and one.by_id is None and bool(one.text)


def _must_name(article: Article) -> Iterator[tuple[str, str]]:
    translators = ", ".join(one.shown_name for one in article.credits_of(CreditRole.TRANSLATOR))
    authors = ", ".join(one.shown_name for one in article.credits_of(CreditRole.AUTHOR))
    original, held = article.original, article.permission
    if not (original and article.is_unsigned_at_source):
        yield _("author"), authors
    yield _("translator"), translators
    if original is None:
        return
    yield _("outlet"), str(original.outlet)
    yield _("address of the original"), original.url
    yield _("date of the original"), original.published_at.date().isoformat() if original.published_at else ""
    yield _("permission"), str(held) if held is not None else ""


def _untouched(job: Job) -> Iterator[Seen]:
    for one in untouched_segments(job):
        for finding in untouched.CHECK.find(_pair(job, one.text, is_untouched=True)):
            yield Seen(finding, key_of(finding), in_words(finding))


def _pair(job: Job, text: str, **said: object) -> Pair:
    return Pair(source="", text=text, source_language=job.source_language, language=job.language, **said)  # type: ignore[arg-type]
