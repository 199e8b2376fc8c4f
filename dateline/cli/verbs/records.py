"""Write out the chain of signed records, for an archive or for whoever checks us."""

import sys
from argparse import ArgumentParser, Namespace

from dateline.cli.edge import with_django

HELP = "write out the signed records of what was published"


def add_arguments(parser: ArgumentParser) -> None:
    """`records [--head|--key]`."""
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--head", action="store_true", help="only the head of the chain, as of now")
    kind.add_argument("--key", action="store_true", help="only the public key, in PEM")


@with_django
def run(options: Namespace) -> int:
    """Print the chain, one record a line, oldest first."""
    from django.utils import timezone

    from dateline.publishing.queries import record

    if options.key:
        sys.stdout.write(record.keys().public().decode())
    elif options.head:
        print(record.head_line(now=timezone.now()))
    else:
        for line in record.lines():
            print(line)
    return 0
