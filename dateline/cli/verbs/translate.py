"""The translation of an article: see its segments, have a machine draft them, approve them, finish."""

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from dateline.cli.edge import with_django

if TYPE_CHECKING:
    from dateline.translation.models import Job

HELP = "draft, approve and finish a translation"


def add_arguments(parser: ArgumentParser) -> None:
    """`translate ARTICLE [--draft] [--approve] [--finish]`; without any it prints the segments."""
    parser.add_argument("article", help="number, slug or address of the article")
    parser.add_argument("--draft", action="store_true", help="have a machine draft what is empty, now")
    parser.add_argument("--approve", action="store_true", help="approve every segment that can be")
    parser.add_argument(
        "--finish", action="store_true", help="compose the article from the approved segments"
    )
    parser.add_argument("--by", default="", metavar="NAME", help="who of the staff stands for it")


@with_django
def run(options: Namespace) -> int:
    """Do what was asked, in this order; end with 1 where segments stay open."""
    from django.utils import timezone

    from dateline.cli.naming import person_called
    from dateline.translation.actions import approve_all, draft_job, finish_job

    job, by = _job(options.article), person_called(options.by)
    if options.draft:
        job = draft_job(job=job, now=timezone.now())
        if job.trouble:
            print(f"dateline: {job.trouble}", file=sys.stderr)
    if options.approve:
        outcome = approve_all(job=job, by=by, now=timezone.now())
        for refusal in outcome.refused:
            print(f"  {refusal.segment.position}: {refusal.message}", file=sys.stderr)
    if options.finish:
        finish_job(job=job, by=by, now=timezone.now())
    _print(job)
    return 1 if job.segments.exclude(state="approved").exists() and options.approve else 0


def _job(name: str) -> "Job":
    from dateline.cli.naming import NoSuchPiece, article_called
    from dateline.translation.models import Job

    article = article_called(name)
    job = Job.objects.filter(article=article).first()
    if job is None:
        raise NoSuchPiece(
            f"“{article}” is not on the translation desk. Pick an original as a translation first."
        )
    return job


def _print(job: "Job") -> None:
    for segment in job.segments.order_by("position"):
        print(segment.position, segment.state, segment.origin or "-", segment.source, segment.text, sep="\t")
