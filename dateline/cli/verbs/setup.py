"""Lay an installation: folders, database, static files, the first account, the sample newsroom. Safe to repeat."""

import json
import os
import secrets
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from dateline.cli.edge import with_django

HELP = "lay the database, the files and the first account (`run` does it by itself)"


def add_arguments(parser: ArgumentParser) -> None:
    """Say what can be chosen."""
    parser.add_argument("--empty", action="store_true", help="without the sample newsroom")
    parser.add_argument(
        "--json", action="store_true", help="print the first account as JSON instead of in words"
    )


@with_django
def run(options: Namespace) -> int:
    """Do what is missing, step by step."""
    from django.conf import settings

    settings.HOME.lay()
    with step("database"):
        lay_database()
    with step("static files"):
        collect_static()
    with step("identity"):
        lay_identity()
    if not options.empty and nobody_works_here():
        with step("sample newsroom"):
            load_sample()
    elif options.empty and nobody_works_here():
        with step("starter pages"):
            lay_starter_pages()
    with step("pages"):
        bake()
    # Last, so that a set-up that was cut off never leaves an account whose password nobody has seen.
    account = first_account()
    remember()
    if options.json:
        print(json.dumps(account))
    elif account:
        print(f"user {account['user']} password {account['password']}")
    return 0


@contextmanager
def step(name: str) -> Iterator[None]:
    """Tell that a step begins and how long it took."""
    begun = monotonic()
    print(f"  {name} …", end="", file=sys.stderr, flush=True)
    yield
    print(f" {monotonic() - begun:.1f} s", file=sys.stderr, flush=True)


def lay_database() -> None:
    """Bring the tables to this version."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


def collect_static() -> None:
    """Put the desk's and the readers' static files where the server finds them."""
    from dateline.publishing.actions import collect_static as collect

    collect()


def nobody_works_here() -> bool:
    """Is this the first set-up?"""
    from dateline.people.models import User

    return not User.objects.staff().exists()


def first_account() -> dict[str, str]:
    """Make the owner's account where there is none, with a password made now. Returns it, or nothing."""
    from dateline.people.actions import take_on

    if not nobody_works_here():
        return {}
    password = secrets.token_urlsafe(12)
    take_on(username="owner", password=password, role="owner")
    return {"user": "owner", "password": password}


def lay_identity() -> None:
    """Make sure that the site has a name and at least one language."""
    from dateline.site.actions import lay_identity as lay

    lay()


def lay_starter_pages() -> None:
    """Lay policies and contact, and a draft of who we are."""
    from dateline.exchange.actions.starter import lay_starter_pages as lay
    from dateline.site.queries import identity, languages

    lay(languages=[row.code for row in languages(identity())])


def load_sample() -> None:
    """Load the sample newsroom, unless a set-up that was cut off has loaded it."""
    from django.utils import timezone

    from dateline.exchange.actions.sample import load_sample as load
    from dateline.exchange.models import SampleRow

    if SampleRow.objects.exists():
        return
    load(now=timezone.now(), say=lambda _line: print(".", end="", file=sys.stderr, flush=True))


def bake() -> None:
    """Bake every page."""
    from django.utils import timezone

    from dateline.publishing.actions import bake_everything

    bake_everything(now=timezone.now())


def remember() -> None:
    """Write down which version was laid on which database, for the next start."""
    from django.conf import settings

    from dateline.lib.files import write_atomically
    from dateline.lib.project import what_is_laid

    write_atomically(settings.HOME.db / "laid.json", json.dumps(what_is_laid(os.environ)).encode())
