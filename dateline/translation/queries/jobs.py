"""How far a job is, what it makes, and whether it may go out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from dateline.articles.bodies import text_print
from dateline.articles.gate import Lack
from dateline.articles.kinds import Kind, MachineHelp
from dateline.articles.models import Article
from dateline.translation.composing import Composed, Translated, compose
from dateline.translation.documents import BlockKind, Place
from dateline.translation.models import Job, Segment, SourceChange
from dateline.translation.ordering import in_order
from dateline.translation.own_pieces import with_pictures


@dataclass(frozen=True)
class Progress:
    """How many segments of a job are how far."""

    total: int
    empty: int
    draft: int
    approved: int
    translated: int = 0
    revised: int = 0

    @property
    def open(self) -> int:
        """Those that nobody has approved."""
        return self.total - self.approved


def progress(job: Job) -> Progress:
    """Count the segments of a job."""
    states = Segment.State
    counts = job.segments.aggregate(
        total=Count("pk"), **{state.value: Count("pk", filter=Q(state=state)) for state in states}
    )
    return Progress(**counts)


def composed(job: Job, *, key: UUID) -> Composed:
    """Return the article that the segments of a job make as they stand, drafts and approved ones.

    The pictures of a piece of ours stand in its other languages where they stand in it.
    """
    words = compose(
        (
            Translated(
                block=segment.block,
                kind=BlockKind(segment.block_kind),
                place=Place.from_json(segment.place),
                text=segment.text,
                marks=segment.marks,
                paragraph=segment.paragraph,
            )
            for segment in segments_in_order(job)
        ),
        language=job.language,
        key=key,
    )
    if job.source_article is None:
        return words
    return replace(words, body=with_pictures(words.body, job.source_article.body.get_prep_value()))


def segments_in_order(job: Job) -> list[Segment]:
    """Return the segments of a job in the order of the translation, where an editor moved blocks."""
    rows = list(job.segments.select_related("by", "translated_by").order_by("position"))
    if not job.block_order:
        return rows
    order = {number: place for place, number in enumerate(block_order(job, rows))}
    return sorted(rows, key=lambda row: (order[row.block], row.position))


def block_order(job: Job, rows: Iterable[Segment]) -> list[int]:
    """Return the numbers of the blocks of `rows`, a job's segments, in the order of the translation."""
    in_source = list(dict.fromkeys(row.block for row in rows))
    return in_order(in_source, job.block_order)


def machine_help(job: Job) -> MachineHelp:
    """Return what machines did for the words of a job: nothing, drafts that people revised, or raw text."""
    drafted = job.segments.exclude(machine="")
    if drafted.filter(origin=Segment.Origin.MACHINE).exclude(state=Segment.State.APPROVED).exists():
        return MachineHelp.RAW
    return MachineHelp.REVISED if drafted.exists() else MachineHelp.NONE


def machines_of(job: Job) -> list[str]:
    """Return the names of the machines whose drafts are in a job, sorted."""
    names = job.segments.exclude(machine="").order_by("machine").values_list("machine", flat=True)
    return list(names.distinct())


def sieve_untranslated(articles: Sequence[Article], _now: datetime) -> set[int]:
    """Keep for the gate's judge those whose job is not finished, or has a sentence that is not approved."""
    keys = [article.pk for article in articles if _may_have_a_job(article)]
    jobs = Job.objects.filter(article__in=keys)
    finished = {job.pk: job.article_id for job in jobs if job.state == Job.State.APPROVED}
    counts = Segment.objects.filter(job__in=finished).order_by().values("job")
    whole = {
        row["job"]
        for row in counts.annotate(
            total=Count("pk"), approved=Count("pk", filter=Q(state=Segment.State.APPROVED))
        )
        if row["total"] == row["approved"]
    }
    return {job.article_id for job in jobs if job.pk not in whole}


def untranslated(article: Article, _now: datetime) -> Iterator[Lack]:
    """Judge for the gate: a translation that has a job goes out when each sentence is approved and it is finished."""
    job = Job.objects.filter(article_id=article.pk).first() if _may_have_a_job(article) else None
    if job is None or _stands_as_it_is(article, job):
        return
    counts = progress(job)
    if counts.open or not counts.total:
        yield Lack(
            "translation",
            "open-segments",
            _("%(open)s of %(total)s sentences of the translation are not approved.")
            % {"open": counts.open, "total": counts.total},
        )
    elif job.state != Job.State.APPROVED:
        yield Lack("translation", "not-finished", _("Finish the translation on the translation desk."))


def _may_have_a_job(article: Article) -> bool:
    """Tell whether an article is made on the translation desk: a translation, or one of ours in another language."""
    return article.kind == Kind.TRANSLATION or article.is_composed


def _stands_as_it_is(article: Article, job: Job) -> bool:
    """Return whether these words stand already and only a change at their source has opened the job again."""
    if not job.source_changes.filter(state=SourceChange.State.WAITING).exists():
        return False
    known = Article.objects.filter(pk=article.pk, live=True).first()
    return known is not None and text_print(known) == text_print(article)
