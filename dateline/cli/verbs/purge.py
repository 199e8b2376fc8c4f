"""Have the cache in front of the site fetch anew. Publishing does it by itself; this is for a doubt, and to look."""

import sys
from argparse import ArgumentParser, Namespace
from urllib.parse import urlsplit

from dateline.cli.edge import with_django

HELP = "have the cache in front of the site fetch anew"


def add_arguments(parser: ArgumentParser) -> None:
    """`purge URL…`, `purge --all`, `purge --list`."""
    parser.add_argument("url", nargs="*", help="addresses or paths of ours")
    parser.add_argument("--all", action="store_true", help="everything")
    parser.add_argument(
        "--list", action="store_true", help="what waits to be purged, with the trouble it met"
    )


@with_django
def run(options: Namespace) -> int:
    """Do it now, and say what was done."""
    from django.utils import timezone

    from dateline.publishing.actions.purging import purge_everything, purge_soon, purge_those_due
    from dateline.publishing.models import PurgeWish

    if options.list:
        for wish in PurgeWish.objects.all():
            print(f"{wish.path}\t{wish.asked_at:%Y-%m-%d %H:%M:%S}\t{wish.tries}\t{wish.trouble}")
        return 0
    if options.all:
        purge_everything()
        print("Everything was purged.", file=sys.stderr)
        return 0
    if not options.url:
        print("dateline: name addresses, or --all, or --list.", file=sys.stderr)
        return 2
    wanted = purge_soon([urlsplit(one).path or "/" for one in options.url], now=timezone.now())
    if not wanted:
        print("dateline: no cache stands in front of the site: DATELINE_PURGE is not set.", file=sys.stderr)
        return 1
    print(f"{purge_those_due()} addresses were purged.", file=sys.stderr)
    return 0
