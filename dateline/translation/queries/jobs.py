"""How far a job is, what it makes, and whether it may go out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from dateline.articles.gate import Lack
from dateline.articles.kinds import Kind, MachineHelp
from dateline.articles.models import Article
from dateline.translation.composing import Composed, Translated, compose
from dateline.translation.documents import BlockKind, Place
from dateline.translation.models import Job, Segment


@dataclass(frozen=True)
class Progress:
    """How many segments of a job are how far."""

    total: int
    empty: int
    draft: int
    approved: int

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
    """Return the article that the segments of a job make as they stand, drafts and approved ones."""
    return compose(
        (
            Translated(
                block=segment.block,
                kind=BlockKind(segment.block_kind),
                place=Place.from_json(segment.place),
                text=segment.text,
                marks=segment.marks,
            )
            for segment in job.segments.order_by("position")
        ),
        language=job.language,
        key=key,
    )


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


def untranslated(article: Article, _now: datetime) -> Iterator[Lack]:
    """Judge for the gate: a translation that has a job goes out when each sentence is approved and it is finished."""
    job = Job.objects.filter(article_id=article.pk).first() if article.kind == Kind.TRANSLATION else None
    if job is None:
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
