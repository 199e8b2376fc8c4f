"""What stands between a whole translation and its readers: who must be named, and what only a machine has written."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from dateline.articles.kinds import CreditRole
from dateline.articles.models import Article
from dateline.translation.checks import credit, untouched
from dateline.translation.checks.base import Finding, Pair
from dateline.translation.checks.ignoring import key_of
from dateline.translation.checks.words import in_words
from dateline.translation.models import Job, Segment
from dateline.translation.queries.findings import Seen


def document_findings(job: Job) -> list[Seen]:
    """Return what is to be said of a translation as a whole, the credit line first.

    Nobody can let these stand: name who is missing at the article, approve or rewrite what a machine wrote.
    """
    return [Seen(one, key_of(one), in_words(one)) for one in (*_credit(job), *_untouched(job))]


def untouched_segments(job: Job) -> list[Segment]:
    """Return the segments in which a machine's words stand that nobody has changed or stood for, in order."""
    rows = job.segments.filter(origin=Segment.Origin.MACHINE, state=Segment.State.DRAFT, by=None)
    return list(rows.exclude(text="").order_by("position"))


def credit_of(article: Article) -> tuple[str, dict[str, str]]:
    """Return what is said of a piece's origin below it, and who must be named there, by role; empty who is unknown."""
    must = dict(_must_name(article))
    held = article.permission
    agreed = held.agreement.credit_line if held and held.agreement else ""
    demanded = (held.credit_line if held else "") or agreed
    return " · ".join(filter(None, [*must.values(), demanded])), must


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


def _credit(job: Job) -> Iterator[Finding]:
    text, must = credit_of(job.article.get_latest_revision_as_object())
    yield from credit.CHECK.find(_pair(job, text, credit=must))


def _untouched(job: Job) -> Iterator[Finding]:
    for one in untouched_segments(job):
        yield from untouched.CHECK.find(_pair(job, one.text, is_untouched=True))


def _pair(job: Job, text: str, **said: object) -> Pair:
    return Pair(source="", text=text, source_language=job.source_language, language=job.language, **said)  # type: ignore[arg-type]
