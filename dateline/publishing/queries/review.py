"""The log of human review of a piece, read from what the desk records anyhow: sentences, looks, publishing."""

from collections.abc import Collection, Iterator, Sequence

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
    return reviews_of([article])[article.pk]


def reviews_of(articles: Sequence[Article]) -> dict[int, Review]:
    """Return for each article who reviewed what of it, by their keys: so many queries for many as for one."""
    keys = [article.pk for article in articles]
    jobs = {job.article_id: job for job in Job.objects.filter(article__in=keys)}
    numbers = [job.pk for job in jobs.values()]
    counts, approved = _counts(numbers), _approved(numbers)
    finished = _last_done(Job, numbers, verb="finish-translation", what=FINISHED)
    published = _last_done(Article, keys, verb="publish", what=PUBLISHED)
    looked_at = set(SecondLook.objects.filter(article__in=keys).values_list("article_id", flat=True))
    name = identity().name
    found = {}
    for article in articles:
        job = jobs.get(article.pk)
        steps = [
            *((*approved.get(job.pk, ()), *finished.get(job.pk, ())) if job else ()),
            *(_looks(article) if article.pk in looked_at else ()),
            *published.get(article.pk, ()),
        ]
        found[article.pk] = Review(
            responsible=name,
            steps=tuple(sorted(steps, key=lambda step: ORDER.index(step.what))),
            **(counts.get(job.pk, _NO_COUNTS) if job else {}),
        )
    return found


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


_NO_COUNTS = {"sentences": 0, "machine": 0, "rewritten": 0, "approved": 0}


def _counts(jobs: Collection[int]) -> dict[int, dict[str, int]]:
    rows = Segment.objects.filter(job__in=jobs).order_by().values("job")
    found = rows.annotate(
        of_all=Count("pk"),
        of_machine=Count("pk", filter=_BY_MACHINE),
        of_people=Count("pk", filter=_REWRITTEN & _APPROVED),
        of_approved=Count("pk", filter=_BY_MACHINE & _APPROVED),
    )
    return {
        row["job"]: {
            "sentences": row["of_all"],
            "machine": row["of_machine"],
            "rewritten": row["of_people"],
            "approved": row["of_approved"],
        }
        for row in found
    }


def _approved(jobs: Collection[int]) -> dict[int, list[Step]]:
    found_rows = (
        Segment.objects.filter(_APPROVED, job__in=jobs)
        .order_by("job", "by")
        .values("job", "by")
        .annotate(count=Count("pk"), rewritten=Count("pk", filter=_REWRITTEN), last=Max("at"))
    )
    rows = list(found_rows)
    people = _people({row["by"] for row in rows})
    found: dict[int, list[Step]] = {}
    for row in rows:
        step = _step(
            APPROVED, people[row["by"]], at=row["last"], count=row["count"], rewritten=row["rewritten"]
        )
        found.setdefault(row["job"], []).append(step)
    return found


def _looks(article: Article) -> Iterator[Step]:
    for look in SecondLook.objects.at_words_of(article).order_by("at", "pk"):
        yield _step(LOOKED, look.by, at=look.at)


def _last_done(
    model: type[Article] | type[Job], keys: Collection[int], *, verb: str, what: str
) -> dict[int, list[Step]]:
    """The last time that somebody did it, for each subject."""
    entries = AuditEntry.objects.filter(
        verb=verb, subject_type=model._meta.label_lower, subject_id__in=[str(key) for key in keys]
    )
    last = {entry.subject_id: entry for entry in entries.order_by("pk").defer("before", "after")}
    people = _people({entry.by_id for entry in last.values()})
    return {
        int(subject): [_step(what, people.get(entry.by_id), at=entry.at)] for subject, entry in last.items()
    }


def _people(keys: Collection[int | None]) -> dict[int | None, User]:
    rows = User.objects.filter(pk__in=[key for key in keys if key]).prefetch_related("groups")
    return {row.pk: row for row in rows}


def _step(what: str, by: User | None, *, at: object, count: int = 0, rewritten: int = 0) -> Step:
    roles = sorted(group.name for group in by.groups.all()) if by else []
    return Step(what=what, by=str(by or ""), role=", ".join(roles), at=at, count=count, rewritten=rewritten)  # type: ignore[arg-type]
