"""Kills the press at moments drawn by seed, each in a process of its own, and has each made good. Run by its test.

    python press_moments.py SEED MOMENTS

Each moment: somebody publishes, edits, renames or takes back, and the process that carries it out dies at one of its
crash points; another mends. Every few moments what stands is compared with a bake of everything. Prints how often the
press died at each point, what differed, and what was left to do.
"""

import json
import os
import random
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from itertools import count
from unittest.mock import patch

import django

POINTS = (
    "publishing.file-written", "publishing.before-row", "publishing.set-staged", "publishing.set-half",
    "publishing.file-removed", "publishing.raised-settled", "publishing.before-settled",
)  # fmt: skip
OCCURRENCES = (1, 1, 1, 2, 3, 5, 9, 17)
COMPARED_EVERY = 25
PIECES = 8


def main() -> None:
    seed, moments = int(sys.argv[1]), int(sys.argv[2])
    django.setup()
    draw, died, wrong = random.Random(seed), Counter[str](), []
    in_a_fork(begin)
    number = 0
    while died.total() < moments and number < 20 * moments:
        number += 1
        point = min(POINTS, key=lambda one: (died[one], draw.random()))
        act, which, at = draw.choice(ACTS), draw.randrange(PIECES), draw.choice(OCCURRENCES)
        if number % 2:  # what takes files away comes to the points that others do not
            act = RARE.get(point, act)
        status = in_a_fork(lambda: dying_at(point, at, lambda: act(which, number)))  # noqa: B023 — called at once
        if status and not os.WIFSIGNALED(status):
            wrong.append(f"{number}: {act.__name__} failed by itself")
        died[point] += os.WIFSIGNALED(status)
        is_compared = number % COMPARED_EVERY == 0 or died.total() == moments
        if in_a_fork(lambda: make_good(is_compared=is_compared)):  # noqa: B023 — called at once
            wrong.append(f"{number}: {act.__name__} at {point}:{at} was not made good")
    sys.stdout.write(json.dumps({"died": died, "wrong": wrong}) + "\n")


def in_a_fork(work: Callable[[], None]) -> int:
    """Do something in a process of its own; return how it ended, 0 where well."""
    child = os.fork()
    if not child:
        try:
            work()
        except BaseException:  # noqa: BLE001 — told, and then the process is over
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1]


def dying_at(point: str, occurrence: int, work: Callable[[], None]) -> None:
    """Do something, and die when a crash point is passed for the so-manieth time; it may be done before."""
    from dateline.lib import crash

    with patch.multiple(crash, _WISH=point, _COUNT=str(occurrence)):
        work()


# What happens


def begin() -> None:
    import cast
    from django.utils import timezone

    from dateline.publishing.actions import bake_everything

    cast.an_identity(languages=("en", "fr"))
    topic = cast.a_topic()
    for number in range(PIECES):
        cast.published(cast.an_exclusive(headline=f"Piece {number}", topics=[topic][: number % 2]))
    bake_everything(now=timezone.now())
    settle()


def settle() -> None:
    from datetime import timedelta

    from django.utils import timezone

    from dateline.work.models import Job
    from dateline.work.queue import reap
    from dateline.work.testing import run_all_jobs

    reap(
        now=timezone.now() + timedelta(hours=1), jitter=0
    )  # what the dead had claimed, once its lease is over
    Job.objects.ready().update(run_after=timezone.now())
    run_all_jobs()


def publish(_which: int, number: int) -> None:
    import cast

    from dateline.articles.models import Section

    cast._number = count(number * 1000)  # each process numbers its own
    cast.published(cast.an_exclusive(headline=f"New {number}", section=Section.objects.first()))
    settle()


def edit(which: int, number: int) -> None:
    import cast

    piece = live(which)
    piece.headline = f"Changed {number}"
    piece.save_revision()
    cast.published(piece)
    settle()


def rename(which: int, number: int) -> None:
    from dateline.articles.models import Section

    section = Section.objects.order_by("pk")[which % 2]
    section.name = f"Renamed {number}"
    section.save()
    settle()


def take_back(which: int, _number: int) -> None:
    from django.utils import timezone

    from dateline.articles.actions import unpublish, withdraw

    if which % 2:
        withdraw(article=live(which), reason="Wrong", by=None, now=timezone.now())
    else:
        unpublish(article=live(which), by=None, now=timezone.now())
    settle()
    publish(which, _number)


def live(which: int) -> object:
    from dateline.articles.models import Article

    rows = Article.objects.live().order_by("pk")
    return rows[which % rows.count()]


ACTS = (publish, edit, edit, rename, take_back)
RARE = {
    "publishing.file-removed": take_back,
    "publishing.raised-settled": rename,
    "publishing.before-settled": rename,
}


# What a restart does


def make_good(*, is_compared: bool) -> None:
    from django.conf import settings
    from django.utils import timezone
    from press_tree import tree

    from dateline.publishing.actions import bake_everything, mend, store
    from dateline.publishing.models import BakedFile, Due, PieceDue, Raised

    mend(now=timezone.now())
    settle()
    left = [model.__name__ for model in (Due, PieceDue, Raised) if model.objects.exists()]
    assert not left, f"still to be done: {left}"
    torn = [row.path for row in BakedFile.objects.all() if store().digest(row.file) != row.sha256]
    assert not torn, f"not as written down: {torn[:5]}"
    if not is_compared:
        return
    stands = tree(settings.HOME.site)
    bake_everything(now=timezone.now())
    whole = tree(settings.HOME.site)
    differing = sorted(name for name in {*stands, *whole} if stands.get(name) != whole.get(name))
    assert not differing, f"not as from nothing: {differing[:5]}"


if __name__ == "__main__":
    main()
