"""The store elsewhere: what waits to be brought there, and whether it has what it was given."""

import sys
from argparse import ArgumentParser, Namespace

from dateline.cli.edge import with_django

HELP = "bring the site to the store elsewhere, and see what it has"


def add_arguments(parser: ArgumentParser) -> None:
    """`store`, `store --bring`, `store --check`."""
    parser.add_argument("--bring", action="store_true", help="bring now what differs")
    parser.add_argument(
        "--check",
        action="store_true",
        help="compare with the store's own list first: what it lost is brought again",
    )


@with_django
def run(options: Namespace) -> int:
    """Say how it stands; with a wish, do it first."""
    from django.utils import timezone

    from dateline.publishing.actions.bringing import bring_those_due, compare_elsewhere, compare_with_its_list
    from dateline.publishing.models import Copy
    from dateline.publishing.stores.base import StoreFailed
    from dateline.publishing.stores.elsewhere import elsewhere

    now = timezone.now()
    try:
        store = elsewhere()
        if store is None:
            print("The site stands on this disk alone: DATELINE_STORE is not set.", file=sys.stderr)
            return 1
        if options.check:
            wrong, strangers = compare_with_its_list(now=now)
            print(f"{wrong} files differ there; {len(strangers)} are not ours and stay.", file=sys.stderr)
        if options.bring or options.check:
            compare_elsewhere(now=now)
            print(f"{bring_those_due(now=now)} files were brought.", file=sys.stderr)
    except StoreFailed as error:
        print(f"dateline: {error}", file=sys.stderr)
        return 1
    finally:
        waiting = Copy.objects.filter(is_due=True)
        print(f"{Copy.objects.filter(is_due=False).count()} files stand there, {waiting.count()} wait.")
        for one in waiting.exclude(trouble="")[:20]:
            print(f"{one.name}\t{one.tries}\t{one.trouble}")
    return 0
