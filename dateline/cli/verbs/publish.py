"""Put articles before readers, through the gate. What is missing is listed, and nothing is changed."""

import sys
from argparse import ArgumentParser, Namespace

from dateline.cli.edge import with_django

HELP = "publish articles"


def add_arguments(parser: ArgumentParser) -> None:
    """`publish ARTICLE…`."""
    parser.add_argument("article", nargs="+", help="number, slug or address")
    parser.add_argument("--by", default="", metavar="NAME", help="who of the staff publishes it")
    parser.add_argument(
        "--despite",
        default="",
        metavar="REASON",
        help="publish though the gate warns: why it is as it should be (kept in the audit)",
    )


@with_django
def run(options: Namespace) -> int:
    """Publish each and bake what shows it. Ends with 1 where the gate refused one, or warns and nobody said why not."""
    from django.utils import timezone

    from dateline.articles.actions import NotShown, publish_despite
    from dateline.articles.gate import NotCleared, cautions
    from dateline.cli.naming import article_called, person_called
    from dateline.publishing.actions import bake_around

    refused, by = 0, person_called(options.by)
    for name in options.article:
        try:
            article, now = article_called(name), timezone.now()
            found = cautions(article.get_latest_revision_as_object(), now=now)
            seen = [one.message for one in found] if options.despite.strip() else []
            article = publish_despite(
                article=article, seen=seen, by=by, now=now, reason=options.despite.strip()
            )
        except NotCleared as refusal:
            refused += 1
            print(f"“{refusal.title}” cannot go out yet:", file=sys.stderr)
            for lack in refusal.lacks:
                print(f"  {lack.message}", file=sys.stderr)
            continue
        except NotShown as warned:
            refused += 1
            print(f"“{article}” can go out, and the gate warns:", file=sys.stderr)
            for caution in warned.cautions:
                print(f"  {caution.message}", file=sys.stderr)
            print('Mend it, or say why it is as it should be: --despite "…"', file=sys.stderr)
            continue
        bake_around(piece=article.uid, now=timezone.now())
        print(article.get_absolute_url())
    return 1 if refused else 0
