"""People with an account at the desk."""

import getpass
import sys
from argparse import ArgumentParser, Namespace

from dateline.cli.edge import with_django
from dateline.people.roles import ROLES

HELP = "add people to the desk, and list them"


def add_arguments(parser: ArgumentParser) -> None:
    """`staff add NAME --role ROLE [--password-stdin]`, `staff list`, `staff reset-second-factor NAME`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser("add", help="make an account")
    add.add_argument("name", help="user name")
    add.add_argument("--role", required=True, choices=list(ROLES), help="what they may do")
    add.add_argument("--email", default="", help="where they are reached")
    add.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    actions.add_parser("list", help="list the accounts")
    reset = actions.add_parser("reset-second-factor", help="let somebody set up a new authenticator app")
    reset.add_argument("name", help="user name")


@with_django
def run(options: Namespace) -> int:
    """Do it."""
    return {"list": _list, "add": _add, "reset-second-factor": _reset}[options.action](options)


def _add(options: Namespace) -> int:
    from dateline.people.actions import take_on

    if options.password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = getpass.getpass(f"Password for {options.name}: ")
    user = take_on(username=options.name, password=password, role=options.role, email=options.email)
    print(f"{user.username} is {options.role} now.")
    return 0


def _list(_options: Namespace) -> int:
    from dateline.people.models import User

    for user in User.objects.staff().prefetch_related("groups").order_by("username"):
        print(user.username, ", ".join(group.name for group in user.groups.all()), sep="\t")
    return 0


def _reset(options: Namespace) -> int:
    from django.utils import timezone

    from dateline.cli.naming import person_called
    from dateline.people.actions import reset_second_factor

    user = person_called(options.name)
    if user is None or not reset_second_factor(user=user, by=None, now=timezone.now()):
        print(f"{options.name} has no second factor.", file=sys.stderr)
        return 1
    print(f"{options.name} sets up a new second factor at the next login.")
    return 0
