"""Bake pages now. Publishing does it by itself; this mends and renews."""

import sys
import time
from argparse import ArgumentParser, Namespace

from dateline.cli.edge import with_django

HELP = "bake pages again"


def add_arguments(parser: ArgumentParser) -> None:
    """`bake [--all]`, `bake URL…`, `bake --due`, `bake --mend`."""
    parser.add_argument("urls", nargs="*", metavar="URL", help="only these, as `dateline urls` lists them")
    parser.add_argument("--all", action="store_true", help="every page (the default)")
    parser.add_argument(
        "--due", action="store_true", help="only what is due, and what a bake that broke off has left"
    )
    parser.add_argument(
        "--mend", action="store_true", help="only what differs between the list of pages and the disk"
    )


@with_django
def run(options: Namespace) -> int:
    """Bake, with progress."""
    from django.utils import timezone

    from dateline.publishing.actions import bake_addresses, bake_due, bake_everything, mend

    now, tell = timezone.now(), Progress()
    if options.urls:
        count = bake_addresses(addresses=options.urls, now=now)
    elif options.due:
        count = bake_due(now=now, progress=tell)
    elif options.mend:
        count = mend(now=now)
    else:
        count = bake_everything(now=now, progress=tell)
    print(f"\r{count} files changed{' ' * 40}", file=sys.stderr)
    return 0


class Progress:
    """A line that says how far it is, and how long it will take, on a terminal."""

    def __init__(self) -> None:
        self.began = time.monotonic()

    def __call__(self, done: int, total: int, what: str) -> None:
        """Say it."""
        if not sys.stderr.isatty():
            return
        passed = time.monotonic() - self.began
        left = passed / max(done, 1) * (total - done)
        told = f"{left / 60:.0f} min" if left >= 90 else f"{left:.0f} s"  # noqa: PLR2004 - a minute and a half
        print(f"\r{done}/{total}, {told} left ({what[:30]})".ljust(78), end="", file=sys.stderr, flush=True)
