"""The log of human review of a piece, read from what the desk records anyhow: sentences, looks, publishing."""

from collections.abc import Iterable, Iterator

from django.db.models import Count, F, Max, Q
from django.utils.translation import gettext as _

from dateline.articles.kinds import MachineHelp
from dateline.articles.models import Article, SecondLook
from dateline.people.models import AuditEntry, User
from dateline.publishing.reviewing import APPROVED, FINISHED, LOOKED, ORDER, PUBLISHED, Review, Step
from dateline.site.queries import identity
from dateline.translation.models import Job, Segment


def review_of(article: Article) -> Review:
    """Return who reviewed what of an article as it stands, or as its draft says."""
    job = Job.objects.filter(article_id=article.pk).first()
    counts = _counts(job) if job else {}
    steps = [*(_of_job(job) if job else ()), *_looks(article), *_published(article)]
    return Review(
        responsible=identity().name,
        steps=tuple(sorted(steps, key=lambda step: ORDER.index(step.what))),
        **counts,
    )


def reviewed_help(article: Article, review: Review) -> MachineHelp:
    """Return what a machine did for the words of an article, as its log of review bears out."""
    return MachineHelp(review.help_of(str(article.machine_help)))


def in_words(review: Review) -> str:
    """Say to readers what people did with a machine's draft; nothing where no machine drafted a sentence."""
    if not review.machine:
        return ""
    if not review.is_whole:
        words = _(
            "People have read and approved %(approved)s of the %(machine)s sentences that a machine drafted."
        )
        return words % {"approved": review.approved, "machine": review.machine}
    words = _(
        "People read and approved each of the %(machine)s sentences that a machine drafted, and rewrote %(rewritten)s."
        " %(responsible)s answers for the text."
    )
    return words % {
        "machine": review.machine,
        "rewritten": review.rewritten,
        "responsible": review.responsible,
    }


_BY_MACHINE = ~Q(machine="")
_REWRITTEN = _BY_MACHINE & ~Q(text=F("machine_text"))
_APPROVED = Q(state=Segment.State.APPROVED, by__isnull=False)


def _counts(job: Job) -> dict[str, int]:
    found = job.segments.aggregate(
        of_all=Count("pk"),
        of_machine=Count("pk", filter=_BY_MACHINE),
        of_people=Count("pk", filter=_REWRITTEN & _APPROVED),
        of_approved=Count("pk", filter=_BY_MACHINE & _APPROVED),
    )
    return {
        "sentences": found["of_all"],
        "machine": found["of_machine"],
        "rewritten": found["of_people"],
        "approved": found["of_approved"],
    }


def _of_job(job: Job) -> Iterator[Step]:
    approved = (
        job.segments.filter(_APPROVED)
        .values("by")
        .annotate(count=Count("pk"), rewritten=Count("pk", filter=_REWRITTEN), last=Max("at"))
    )
    people = User.objects.in_bulk([row["by"] for row in approved])
    for row in approved.order_by("by"):
        yield _step(
            APPROVED, people[row["by"]], at=row["last"], count=row["count"], rewritten=row["rewritten"]
        )
    yield from _of_audit(job, verb="finish-translation", what=FINISHED)


def _looks(article: Article) -> Iterator[Step]:
    for look in SecondLook.objects.at_words_of(article).order_by("at", "pk"):
        yield _step(LOOKED, look.by, at=look.at)


def _published(article: Article) -> Iterable[Step]:
    return _of_audit(article, verb="publish", what=PUBLISHED)


def _of_audit(subject: Article | Job, *, verb: str, what: str) -> Iterator[Step]:
    """The last time that somebody did it."""
    entries = AuditEntry.objects.filter(
        verb=verb, subject_type=subject._meta.label_lower, subject_id=str(subject.pk)
    )
    entry = entries.select_related("by").order_by("-pk").first()
    if entry is not None:
        yield _step(what, entry.by, at=entry.at)


def _step(what: str, by: User | None, *, at: object, count: int = 0, rewritten: int = 0) -> Step:
    roles = sorted(by.groups.values_list("name", flat=True)) if by else []
    return Step(what=what, by=str(by or ""), role=", ".join(roles), at=at, count=count, rewritten=rewritten)  # type: ignore[arg-type]
