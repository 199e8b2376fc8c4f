"""Letting go of what a source takes back: when a permission is revoked, or a source keeps machines from its text."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dateline.articles.models import Article
from dateline.articles.queries import reserved_from_machines
from dateline.intake.models import Original
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.rights.actions import Held
from dateline.rights.models import Permission
from dateline.translation.actions.purging import Where, purge
from dateline.translation.metering import digest_of_source
from dateline.translation.models import Job, MachineAnswer, MemoryUnit, Segment
from dateline.translation.queries.reservations import reserved_for


def forget_original(*, original: Original, reason: str, by: User | None, now: datetime) -> int:
    """Delete what the memory learned from an original, and what machines answered to its sentences.

    Returns how many units and answers. What stands in articles and in their history stays there. Raises
    rights.actions.Held while a hold keeps them; then nothing is deleted.
    """
    units = purge(where=Where(original=original), reason=reason, by=by, now=now)
    return units + forget_answers_to(original=original, by=by, now=now)


@transaction.atomic
def forget_answers_to(*, original: Original, by: User | None, now: datetime) -> int:
    """Delete the answers of machines to the sentences of an original; what they cost stays. Returns how many."""
    sources = Segment.objects.filter(job__original=original).values_list("source", flat=True)
    digests = {digest_of_source(source) for source in sources.iterator(chunk_size=500)}
    answers = MachineAnswer.objects.filter(source_digest__in=digests)
    count = answers.delete()[0] if digests else 0
    if count:
        write_down(
            verb="forget-answers",
            subject=original,
            by=by,
            now=now,
            summary=original.headline,
            before={"answers": count},
            after={"answers": 0},
        )
    return count


def heed_revoked(*, permission: Permission, by: User | None, now: datetime) -> int:
    """Forget what was learned under a permission that was revoked, unless another one still allows it.

    Returns how many units and answers; 0 while a hold keeps them.
    """
    original = permission.original
    if _is_allowed_otherwise(original, permission):
        return 0
    return _forget_unless_held(original, _("The permission was revoked."), by=by, now=now)


def heed_reservations(*, now: datetime) -> int:
    """Forget what was learned from originals that machines must not read any more; return how many units and answers.

    A permission that allowed it may have ended since, or been revoked while a hold kept what was learned.
    """
    learned = Original.objects.filter(pk__in=MemoryUnit.objects.exclude(original=None).values("original"))
    return sum(
        _forget_unless_held(original, why, by=None, now=now)
        for original in learned.iterator(chunk_size=200)
        if (why := _why_not(original))
    )


def _why_not(original: Original) -> str:
    """Return why the memory must not keep what it learned from an original; empty where it may."""
    jobs = list(Job.objects.filter(original=original).select_related("original", "article__permission"))
    signals = [reserved_for(job) for job in jobs] or [reserved_from_machines(original)]
    if all(signals):
        return _("The source keeps machines from its text: %s.") % ", ".join(sorted(signals[0]))
    if jobs and all(_is_revoked(job.article.permission) for job in jobs):
        return _("The permission was revoked.")
    return ""


def _is_revoked(permission: Permission | None) -> bool:
    return permission is not None and permission.state == Permission.State.REVOKED


def _is_allowed_otherwise(original: Original, permission: Permission) -> bool:
    """Return whether a piece that was made from the original rests on another permission that stands."""
    articles = Article.objects.filter(original=original).exclude(permission=permission)
    return any(
        article.permission is not None and not _is_revoked(article.permission)
        for article in articles
        if Job.objects.filter(article=article).exists()
    )


def _forget_unless_held(original: Original, reason: str, *, by: User | None, now: datetime) -> int:
    try:
        return forget_original(original=original, reason=reason, by=by, now=now)
    except Held:
        return 0
