"""A site, and several workers in processes of their own at it at once. Called with DATELINE_HOME set.

What a worker makes it writes into a file that all of them append to, so that what was made twice stands there twice.
"""

import json
import multiprocessing
import os
import sys
from pathlib import Path

import django
from django.conf import settings


def begin():
    settings.HOME.lay()
    django.setup()
    from django.apps import apps

    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}


def lay(pieces):
    """Make tables and pieces, and have everything due."""
    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", run_syncdb=True, verbosity=0)
    import cast

    from dateline.publishing.actions import mark_due
    from dateline.publishing.actions.making import ask_gate_of_all
    from dateline.publishing.queries.baked import Errand
    from dateline.publishing.queries.press import open_press
    from dateline.publishing.recipes import RECIPES
    from dateline.work.models import Job

    cast.an_identity()
    sections = [cast.a_section() for _ in range(3)]
    made = [
        cast.published(cast.an_exclusive(headline=f"The ferry {number}", section=sections[number % 3]))
        for number in range(pieces)
    ]
    Job.objects.all().delete()
    ask_gate_of_all(pieces=[one.uid for one in made], now=timezone.now())
    press = open_press(now=timezone.now())
    kinds = ("article", "home", "section", "feed", "card")
    mark_due(
        [Errand(kind, key) for kind in kinds for key in RECIPES[kind].keys(press)], why="several workers"
    )


def work(log, began):
    """Make what is due, as a worker's job does, once all have come so far; say which errands. Returns how many files."""
    from django.utils import timezone

    from dateline.publishing.actions import due

    made_of = due.made_of

    def told(press, errands):
        with open(log, "a") as file:  # noqa: PTH123 — appended to by all at once
            file.write("".join(f"{one.kind}:{one.key}\n" for one in errands))
        yield from made_of(press, errands)

    due.made_of = told
    due.TOGETHER = 4
    began.wait()
    return due.drain(now=timezone.now())


def check():
    """Return what is left, how much stands, and how much of it one worker alone would have made otherwise."""
    from django.utils import timezone

    from dateline.publishing.actions import bake_addresses
    from dateline.publishing.models import BakedFile, Due

    lists = BakedFile.objects.filter(kind__in=["home", "section"])  # a feed is sealed with its time
    addresses = list(lists.values_list("path", flat=True))
    standing = BakedFile.objects.count()
    return [Due.objects.count(), standing, bake_addresses(addresses=addresses, now=timezone.now())]


def main(pieces, workers, log, answer):
    """Lay, let the workers work in processes of their own, check."""
    from django.db import connections

    begin()
    lay(pieces)
    connections.close_all()
    here = multiprocessing.get_context("fork")
    began, shares = here.Barrier(workers), here.Queue()
    running = [here.Process(target=lambda: shares.put(work(log, began))) for _ in range(workers)]
    for one in running:
        one.start()
    found = [shares.get() for _ in running]
    for one in running:
        one.join()
    Path(answer).write_text(json.dumps([found, *check()]))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "dateline.config.settings"
    main(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
