"""Put articles before readers, through the gate. What is missing is listed, and nothing is changed."""

import sys
from argparse import ArgumentParser, Namespace

from dateline.cli.edge import with_django

HELP = "publish articles"


def add_arguments(parser: ArgumentParser) -> None:
    """`publish ARTICLE…`."""
    parser.add_argument("article", nargs="+", help="number, slug or address")
    parser.add_argument("--by", default="", metavar="NAME", help="who of the staff publishes it")


@with_django
def run(options: Namespace) -> int:
    """Publish each and bake what shows it. Ends with 1 where the gate refused one."""
    from django.utils import timezone

    from dateline.articles.actions import publish
    from dateline.articles.gate import NotCleared
    from dateline.cli.naming import article_called, person_called
    from dateline.publishing.actions import bake_around

    refused, by = 0, person_called(options.by)
    for name in options.article:
        try:
            article = publish(article=article_called(name), by=by, now=timezone.now())
        except NotCleared as refusal:
            refused += 1
            print(f"“{refusal.title}” cannot go out yet:", file=sys.stderr)
            for lack in refusal.lacks:
                print(f"  {lack.message}", file=sys.stderr)
            continue
        bake_around(piece=article.uid, now=timezone.now())
        print(article.get_absolute_url())
    return 1 if refused else 0
