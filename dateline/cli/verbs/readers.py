"""Readers' accounts, for who runs the machine: how many there are, close one, open it again, delete it."""

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from dateline.cli.edge import with_django

if TYPE_CHECKING:
    from dateline.people.models import User

HELP = "readers' accounts: how many there are, close one, open it again, delete it"


def add_arguments(parser: ArgumentParser) -> None:
    """`readers count`, `readers close ADDRESS`, `readers open ADDRESS`, `readers delete ADDRESS [--letters]`."""
    parser.add_argument("do", choices=("count", "close", "open", "delete"))
    parser.add_argument("address", nargs="?", default="")
    parser.add_argument("--letters", action="store_true", help="delete: stop and erase their letters as well")


@with_django
def run(options: Namespace) -> int:
    """Do it, and say what was done."""
    from django.utils import timezone

    from dateline.people.models import User
    from dateline.reader.actions import leaving

    if options.do == "count":
        print(User.objects.readers().count())
        return 0
    reader = _reader_at(options.address)
    if reader is None:
        print("dateline: no reader has an account with this address.", file=sys.stderr)
        return 1
    if options.do == "delete":
        leaving.leave(reader=reader, with_letters=options.letters, now=timezone.now())
        print("Deleted.")
        return 0
    reader.is_active = options.do == "open"
    reader.save(update_fields=["is_active"])
    print("Open again." if reader.is_active else "Closed: from the next page on.")
    return 0


def _reader_at(address: str) -> "User | None":
    from dateline.people.models import User

    found: User | None = User.objects.readers().filter(emailaddress__email__iexact=address).first()
    return found
