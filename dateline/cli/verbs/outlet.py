"""Outlets that we watch."""

from argparse import ArgumentParser, Namespace

from dateline.cli.edge import with_django

HELP = "watch an outlet, and list those watched"


def add_arguments(parser: ArgumentParser) -> None:
    """`outlet add URL`, `outlet list`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser("add", help="watch an outlet; its feed is found from any page of its site")
    add.add_argument("url", help="address of a feed, or of a page of the site")
    add.add_argument("--name", help="its name (default: what its feed says)")
    add.add_argument("--language", help="its main language, as a BCP 47 tag")
    add.add_argument("--country", help="its country or place")
    actions.add_parser("list", help="list outlets, their channels and how those are")


@with_django
def run(options: Namespace) -> int:
    """Do it."""
    return _list() if options.action == "list" else _add(options)


def _add(options: Namespace) -> int:
    from django.utils import timezone

    from dateline.sources.actions import add_outlet

    outlet = add_outlet(
        url=options.url,
        by=None,
        now=timezone.now(),
        name=options.name,
        language=options.language,
        country=options.country,
    )
    for channel in outlet.channels.all():
        print(f"{outlet.slug}\t{outlet}\t{channel.address}")
    return 0


def _list() -> int:
    from dateline.sources.models import Outlet
    from dateline.sources.queries import health

    for outlet in Outlet.objects.prefetch_related("channels"):
        print(f"{outlet.slug}\t{outlet}")
        for channel in outlet.channels.all():
            print(f"\t{channel.address}\t{health(channel)}")
    return 0
