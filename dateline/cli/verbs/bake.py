"""Bake pages now. Publishing does it by itself; this mends and renews."""

import sys
from argparse import ArgumentParser, Namespace

from dateline.cli.edge import with_django

HELP = "bake pages again"


def add_arguments(parser: ArgumentParser) -> None:
    """`bake [--all]`, `bake --mend`."""
    parser.add_argument("--all", action="store_true", help="every page (the default)")
    parser.add_argument(
        "--mend", action="store_true", help="only what differs between the list of pages and the disk"
    )


@with_django
def run(options: Namespace) -> int:
    """Bake, with progress."""
    from django.utils import timezone

    from dateline.publishing.actions import bake_everything, mend

    now = timezone.now()
    count = mend(now=now) if options.mend else bake_everything(now=now, progress=_tell)
    print(f"\r{count} files", file=sys.stderr)
    return 0


def _tell(done: int, total: int, _what: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{done}/{total}", end="", file=sys.stderr, flush=True)
