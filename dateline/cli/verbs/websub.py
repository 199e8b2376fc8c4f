"""Tell hubs which feeds changed. Publishing does it by itself; this is to look, and to try at once."""

import sys
from argparse import ArgumentParser, Namespace

from dateline.cli.edge import with_django

HELP = "which hubs have still to be told of a feed; try at once"


def add_arguments(parser: ArgumentParser) -> None:
    """`websub`, `websub --now`."""
    parser.add_argument("--now", action="store_true", help="tell them now, those too that were given up")


@with_django
def run(options: Namespace) -> int:
    """List what waits, with the trouble it met; or try it now."""
    from django.conf import settings
    from django.utils import timezone

    from dateline.publishing.actions.hubs import tell_hubs_due
    from dateline.publishing.models import HubPing

    if not settings.DATELINE_HUBS:
        print("dateline: no hub is set: DATELINE_HUBS names them.", file=sys.stderr)
        return 1
    if options.now:
        now = timezone.now()
        HubPing.objects.update(next_at=now)
        print(f"{tell_hubs_due(now=now)} were heard, {HubPing.objects.count()} wait.", file=sys.stderr)
        return 0 if not HubPing.objects.exists() else 1
    for ping in HubPing.objects.all():
        when = f"{ping.next_at:%Y-%m-%d %H:%M:%S}" if ping.next_at else "given up"
        print(f"{ping.hub}\t{ping.path}\t{ping.tries}\t{when}\t{ping.trouble}")
    return 0
