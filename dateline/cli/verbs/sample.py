"""The sample newsroom: a small digest about a region that does not exist, with everything in it."""

import sys
from argparse import ArgumentParser, Namespace

from dateline.cli.edge import with_django

HELP = "load the sample newsroom, or take it away"


def add_arguments(parser: ArgumentParser) -> None:
    """`sample`, `sample --remove`."""
    parser.add_argument(
        "--remove", action="store_true", help="take away what the sample brought, and nothing else"
    )


@with_django
def run(options: Namespace) -> int:
    """Do it, and bake what changed."""
    from django.utils import timezone

    from dateline.exchange.actions.sample import load_sample, remove_sample
    from dateline.publishing.actions import bake_everything

    if options.remove:
        kept = remove_sample(now=timezone.now())
        bake_everything(now=timezone.now())
        for line in kept:
            print(line, file=sys.stderr)
        print("The sample newsroom is gone." if not kept else "The rest of the sample newsroom is gone.")
        return 0
    loading = load_sample(now=timezone.now(), say=lambda line: print(f"\r  {line}", end="", file=sys.stderr))
    bake_everything(now=timezone.now())
    counts = f"{len(loading.articles)} articles, {len(loading.originals)} originals, {len(loading.outlets)} outlets"
    print(f"\rLoaded {counts}.")
    return 0
