"""From segments to the article, which nothing else writes."""

import json
from datetime import datetime

from django.db import transaction
from django.utils.translation import ngettext

from dateline.articles.kinds import MachineHelp
from dateline.articles.models import Article
from dateline.lib.text import cut
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.translation.machines.registry import machine_label
from dateline.translation.models import Job
from dateline.translation.queries import composed, machine_help, machines_of, progress
from dateline.translation.queries.document_findings import AtSentence, whole_of
from dateline.translation.slugs import propose_slug


class CannotFinish(ValueError):
    """Something in the translation has to be done first."""


class SegmentsOpen(CannotFinish):
    """The translation cannot be finished yet. `count` segments are not approved."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(
            ngettext(
                "%(count)d sentence is not approved yet.", "%(count)d sentences are not approved yet.", count
            )
            % {"count": count}
        )


class FindingsOpen(CannotFinish):
    """The checks find what must not go out. `found`: each with its sentence; all can be mended or let stand."""

    def __init__(self, found: list[AtSentence]) -> None:
        self.found = found
        numbers = ", ".join(str(one.segment.position + 1) for one in found[:5])
        super().__init__(
            ngettext(
                "What must not go out stands in sentence %(numbers)s: mend it, or let it stand with a reason.",
                "What must not go out stands in sentences %(numbers)s: mend it, or let it stand with a reason.",
                len(found),
            )
            % {"numbers": numbers}
        )


@transaction.atomic
def finish_job(*, job: Job, by: User | None, now: datetime) -> Job:
    """End the work on a translation and write its article. Raises SegmentsOpen, FindingsOpen."""
    current = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    counts = progress(current)
    if counts.open:
        raise SegmentsOpen(counts.open)
    if blocking := whole_of(current).blocking:
        raise FindingsOpen(blocking)
    current.state = Job.State.APPROVED
    current.trouble = ""
    current.translator = current.translator or by
    current.full_clean()
    current.save()
    compose_article(job=current, by=by, now=now)
    # What was looked at before stands without the draft that was written just now.
    current.article.refresh_from_db()
    write_down(verb="finish-translation", subject=current, by=by, now=now, summary=str(current))
    return current


@transaction.atomic
def compose_article(*, job: Job, by: User | None, now: datetime) -> Article:
    """Write the article's headline, standfirst and body from the segments as they stand, as a new draft revision.

    Nothing else writes the body; a standfirst of the desk's own stays where the original has none. What readers
    see stays until the article is published again.
    """
    job = Job.objects.select_for_update(of=("self",)).select_related("article").get(pk=job.pk)
    article: Article = job.article.get_latest_revision_as_object()
    words = composed(job, key=article.uid)
    article.headline = cut(words.headline, 300) or article.headline
    article.standfirst = words.standfirst or article.standfirst
    article.body = json.dumps(words.body)
    _propose_address(article, job)
    _credit_machines(article, job)
    article.save_revision(user=by, log_action=True)
    _show_on_lists(article)
    write_down(verb="compose-translation", subject=article, by=by, now=now, summary=article.headline)
    return article


def _propose_address(article: Article, job: Job) -> None:
    """Give the article the slug of its headline, unless a person chose one or readers know it already."""
    if article.address_date is not None or article.slug not in {"", job.proposed_slug}:
        return
    article.slug = propose_slug(article.headline) or article.slug or f"article-{article.pk}"
    job.proposed_slug = article.slug
    job.save(update_fields=["proposed_slug"])


def _credit_machines(article: Article, job: Job) -> None:
    article.machine_help = machine_help(job)
    names = machines_of(job) if article.machine_help != MachineHelp.NONE else []
    article.machine_name = cut(", ".join(map(machine_label, names)), 80)


def _show_on_lists(article: Article) -> None:
    """Let the desk's lists name a piece that was never out by its present words; readers see nothing of it."""
    names = ("headline", "standfirst", "slug", "body", "machine_help", "machine_name")
    never_out = Article.objects.filter(pk=article.pk, live=False, first_published_at=None)
    never_out.update(**{name: getattr(article, name) for name in names})
