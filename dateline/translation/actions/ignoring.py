"""Letting a finding of the checks stand, for a reason, and taking that back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dateline.lib.text import cut, one_line
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.translation.checks.ignoring import digest_of
from dateline.translation.models import Ignored, IgnoredInWhole, Job, Segment
from dateline.translation.queries.document_findings import credit_findings, credit_of
from dateline.translation.queries.findings import findings_of


class NoReason(ValueError):
    """A finding is let stand for a reason that others can read."""

    def __init__(self) -> None:
        super().__init__(_("Say why this is right as it is: others will read it."))


class NothingFound(ValueError):
    """The segment has no such finding any more."""

    def __init__(self) -> None:
        super().__init__(_("The words have changed, and the checks find this no more."))


@transaction.atomic
def ignore_finding(*, segment: Segment, key: str, reason: str, by: User | None, now: datetime) -> Ignored:
    """Let a finding stand for the words as they are; when they change it is raised again.

    Raises NoReason, NothingFound.
    """
    why = one_line(reason)
    if not why:
        raise NoReason
    current = Segment.objects.select_for_update(of=("self",)).select_related("job").get(pk=segment.pk)
    seen = next((one for one in findings_of(current) if one.key == key), None)
    if seen is None:
        raise NothingFound
    ignored, _is_new = Ignored.objects.update_or_create(
        segment=current,
        key=key,
        text_digest=digest_of(current.text),
        defaults={
            "check_name": seen.finding.check,
            "said": cut(seen.words, 500),
            "reason": cut(why, 300),
            "by": by,
            "at": now,
        },
    )
    write_down(
        verb="ignore-finding", subject=current, by=by, now=now, summary=f"{ignored.said} {ignored.reason}"
    )
    return ignored


@transaction.atomic
def heed_finding(*, segment: Segment, key: str, by: User | None, now: datetime) -> None:
    """Take back that a finding may stand."""
    count, _rows = Ignored.objects.filter(segment=segment, key=key).delete()
    if count:
        write_down(verb="heed-finding", subject=segment, by=by, now=now)


@transaction.atomic
def ignore_in_whole(*, job: Job, key: str, reason: str, by: User | None, now: datetime) -> IgnoredInWhole:
    """Let stand what the checks say of a whole translation's credit line; it is raised again when the line changes.

    Raises NoReason, NothingFound.
    """
    why = one_line(reason)
    if not why:
        raise NoReason
    seen = next((one for one in credit_findings(job) if one.key == key), None)
    if seen is None:
        raise NothingFound
    text, _must = credit_of(job.article.get_latest_revision_as_object())
    ignored, _is_new = IgnoredInWhole.objects.update_or_create(
        job=job,
        key=key,
        text_digest=digest_of(text),
        defaults={"said": cut(seen.words, 500), "reason": cut(why, 300), "by": by, "at": now},
    )
    write_down(verb="ignore-finding", subject=job, by=by, now=now, summary=f"{ignored.said} {ignored.reason}")
    return ignored


@transaction.atomic
def heed_in_whole(*, job: Job, key: str, by: User | None, now: datetime) -> None:
    """Take back that the credit line may stand as it is."""
    count, _rows = IgnoredInWhole.objects.filter(job=job, key=key).delete()
    if count:
        write_down(verb="heed-finding", subject=job, by=by, now=now)
